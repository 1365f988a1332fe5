import type { serialPhrases as en } from "../en/serial-phrases.ts";

/** What the core says of serial ports, in Swedish. */
export const serialPhrases: Record<keyof typeof en, string> = {
  "port-denied": "{{port}} kan inte öppnas: den här användaren får inte använda den. {{cure}}",
  "cure-denied-group":
    "Lägg användaren i gruppen {{group}} (sudo usermod -aG {{group}} {{user}}), och logga sedan ut och in igen.",
  "cure-denied-rule":
    "Låt en udev-regel ge porten till en grupp: lägg {{rule}} i /etc/udev/rules.d/60-serial.rules och sätt i adaptern på nytt.",
  "cure-denied-mac": "Ta enheten som börjar med /dev/cu. och kontrollera dess rättigheter med ls -l.",
  "cure-denied-windows": "Ett annat program eller en princip håller den; stäng programmet eller fråga administratören.",
  "port-busy": "{{port}} används av ett annat program. Stäng den där först.",
  "port-busy-by": "{{port}} används av {{program}}. Stäng den där först.",
  "port-missing": "{{port}} finns inte. Sätt i adaptern, eller välj en av dem som plugside ports räknar upp.",
  "port-none": "{{port}} är ingen seriell port. Välj en av dem som plugside ports visar.",
  "port-settings": "{{port}} tar inte de här inställningarna: {{error}}",
  "port-unreachable":
    "{{port}} kan inte nås ({{error}}). Kontrollera adressen, att enheten där är på och att inget annat program har dess port.",
  "port-far-refused": "{{port}} nås, men talar inte RFC 2217. Skriv tcp:// i stället för rfc2217://.",
  "port-far-silent":
    "{{port}} nås, men svarar inte så som RFC 2217 säger. Skriv tcp:// i stället för rfc2217://, eller starta om det som erbjuder porten där.",
  "port-far-left":
    "{{port}} lade på medan den ställdes in. Ett annat program kan ha porten där: stäng det, eller starta om det som erbjuder porten.",
  "port-far-speed":
    "{{port}} stannar på {{baud}} baud, som porten där är inställd på. Välj den hastigheten, eller ställ in den där.",
  "port-failed": "{{port}} kan inte öppnas: systemet säger ”{{error}}”",
  "port-no-place": "{{port}} är ingen port: en nätverksport skrivs tcp://värd:port eller rfc2217://värd:port.",
  "port-baud": "baud kan vara 50 till {{most}}; angivet: ”{{said}}”.",
  "port-frame": "frame anger databitar, paritet och stoppbitar, som 8N1 eller 7E2; angivet: ”{{said}}”.",
  "port-flow": "flow kan vara {{known}}; angivet: ”{{said}}”.",
  "port-first": "Först kommer en port: /dev/ttyUSB0, COM3, tcp://host:port; angivet: ”{{said}}”.",
  "port-setting": "Efter porten kommer inställningar som NAMN=VÄRDE; angivet: ”{{said}}”.",
  "port-own":
    "{{port}} är öppen i Plugside självt: som OCPP-linje, konsol eller buss vars enheter läses som stationer. Stäng den först.",
  "port-lost-by": "{{port}} gick förlorad: systemet säger ”{{error}}”",
  "port-hung-up":
    "{{port}}: den andra änden lade på. Kontrollera att den är på och att inget annat program tog porten där.",
  "port-gone": "{{port}} är borta: adaptern drogs ur. Sätt i den igen.",
  "port-closed": "{{port}} är stängd.",
  "port-no-driver": "{{chip}} är isatt, men ingen drivrutin gör en port av den. {{cure}}",
  "cure-driver-linux":
    "Ladda den med: sudo modprobe {{driver}}. Om porten kommer och genast försvinner tar en annan tjänst den, som brltty gör: ta bort den tjänsten.",
  "no-ports-linux":
    "Det finns ingen serieport. Sätt i adaptern; kommer ingen port så berättar sudo dmesg vad systemet gjorde av den. En USB-serviceport kan vara ett nätverkskort: se Anslutning.",
  "no-ports-windows":
    "Det finns ingen serieport. Om adaptern är isatt: leta efter ett gult märke i Enhetshanteraren och installera tillverkarens drivrutin (FTDI, Silicon Labs CP210x, WCH CH340). En USB-serviceport kan vara ett nätverkskort: se Anslutning.",
  "no-ports-mac":
    "Det finns ingen serieport. Om adaptern är isatt: installera tillverkarens drivrutin (WCH CH340, Prolific) och tillåt den i Systeminställningar, Integritet och säkerhet. En USB-serviceport kan vara ett nätverkskort: se Anslutning.",
  "line-open": "{{port}} är redan en OCPP-linje.",
  "line-too-many": "Högst {{most}} serielinjer samtidigt.",
  "line-identity": "{{identity}} är redan laddstationen på {{port}}.",
  "line-unknown": "{{port}} är ingen OCPP-linje.",
  "line-stretch": "{{count, number}} byte i {{pieces}} bitar: {{why}}",
  "line-check": "kontrollsumman stämmer inte",
  "line-cut": "avkapat",
  "line-coding": "så skriver ingen kodare",
  "line-too-long": "längre än något meddelande får vara",
  "line-plain-text": "klartext",
  "log-over-wire":
    "En seriell linje överför ingen logg: laddstationen skickar den över ett nätverk, där den måste nå den här datorn. Om den inte är på något nätverk: läs dess konsol, eller ta loggen med tillverkarens eget verktyg.",
  "log-without-ocpp":
    "Den tar inte emot OCPP, så ingen logg kan begäras av den. Ta loggen från tillverkarens egen sida eller med dess verktyg, och lägg till den bland filerna.",
};
