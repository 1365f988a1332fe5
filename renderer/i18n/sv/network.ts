import type { network as english } from "../en/network.ts";

export const network: typeof english = {
  likelihood: { likely: "troligast", possible: "möjlig", unlikely: "sällan den rätta" },
  mode: { both: "ws och wss", ws: "bara ws", wss: "bara wss" },
  problem: {
    EADDRINUSE: "ett annat program har porten",
    EACCES: "systemet tillåter det inte; portar under 1024 kräver ofta rättigheter",
    EADDRNOTAVAIL: "datorn har inte den adressen nu",
    ENOTFOUND: "namnet är inte känt",
  },
  qr: "QR-kod",
  qrOf: "QR-kod för {{text}}",
  selfTest: "Prova adresserna",
  selfTestBusy: "Knackar på vid varje adress",
  selfTestFailed: "Adresserna kunde inte provas.",
  selfTestOk: "svarar på {{ms}}",
  selfTestBad: "svarar inte ({{why}})",
  selfTestNote: "Det visar att Plugside lyssnar där. En brandvägg kan ändå stänga ute laddstationer: se nedan.",
  guide: "Ingen kontakt? Brandvägg och direkt kabel, steg för steg",
  system: "Datorns operativsystem",
  firewall: {
    title: "Släpp fram laddstationer genom brandväggen",
    windows: [
      "Windows frågar vid första starten: tillåt Plugside på privata och offentliga nätverk. En direkt kabel räknas som offentlig.",
      "Svarade du nej? Windows-säkerhet, Brandvägg, Tillåt en app: kryssa i båda rutorna vid Plugside.",
      "Eller i PowerShell som administratör: New-NetFirewallRule -DisplayName Plugside -Direction Inbound -Protocol TCP -LocalPort {{port}} -Action Allow",
    ],
    macos: [
      "Systeminställningar, Nätverk, Brandvägg: av, eller Alternativ, och Plugside på ”Tillåt inkommande anslutningar”.",
      "Lokalt nätverk under Integritet och säkerhet måste vara på för Plugside.",
    ],
    linux: ["Ubuntu: sudo ufw allow {{port}}/tcp", "Fedora, RHEL: sudo firewall-cmd --add-port={{port}}/tcp"],
  },
  cable: {
    title: "En kabel direkt från datorn till laddstationen",
    lead: "Då finns ingen router, och ingen delar ut adresser. Ett av dessa tre sätt fungerar:",
    ways: [
      "Länklokalt: låt båda ändarna stå på automatiskt. Efter ungefär en minut tar var och en själv en adress 169.254.x.x. Alla laddstationer kan inte det.",
      "Fast adress: ge datorn 192.168.50.1 med masken 255.255.255.0 och laddstationen 192.168.50.2 med samma mask. Skriv sedan {{scheme}}://192.168.50.1:{{port}}/ i laddstationen.",
      "Delning: låt datorn dela ut adresser, enligt nedan. Laddstationen står kvar på automatiskt (DHCP).",
    ],
    windows: [
      "Fast adress: Inställningar, Nätverk, Ethernet, IP-tilldelning, Redigera, Manuell.",
      "Delning: Kontrollpanelen, Nätverksanslutningar, högerklicka på kortet med internet (eller ett annat), Egenskaper, Delning. Datorn blir 192.168.137.1.",
    ],
    macos: [
      "Fast adress: Systeminställningar, Nätverk, Ethernet, Detaljer, TCP/IP, Manuellt.",
      "Delning: Systeminställningar, Allmänt, Delning, Internetdelning, till Ethernet. Datorn blir 192.168.2.1.",
    ],
    linux: [
      "Fast adress: nmcli con add type ethernet ifname eth0 ip4 192.168.50.1/24",
      "Delning: nmcli con add type ethernet ifname eth0 ipv4.method shared. Datorn blir 10.42.0.1.",
    ],
    usb: "En ”USB-serviceport” är ofta ett nätverkskort över USB: den visas ovan som ett eget nätverk.",
  },
};
