import type { HelpContent } from "../model.ts";

/** What each screen is for. */
export const pages: HelpContent["pages"] = {
  overview: {
    purpose: "Hur laddstationen i fokus mår just nu, och kommandona för den.",
    steps: [
      "Ett fel står i en ruta med sin kod, vad den betyder och vad man kontrollerar.",
      "Starta, stoppa, lås upp och ta ur drift står under varje uttag; vad det senaste kommandot ledde till står under dem.",
      "Omstart, begäran och rått anrop står överst. Ett kommando som avbryter en laddning säger det innan det skickas.",
      "Offline: sedan när, hur det bröts och vad som försökts sedan dess. Värden bär då tiden då de berättades.",
    ],
    words: ["status", "evse", "connector", "reservation", "transaction", "outcome", "clockOffset", "late"],
  },
  meters: {
    purpose: "Allt som laddstationen mäter, över tid.",
    steps: [
      "Välj hur långt tillbaka: 10 minuter till allt. Dra i ett diagram för att se närmare; Pausa håller stilla.",
      "Markören är densamma i alla diagram; ett märke är en status, ett kommando, ett fel eller en tagg.",
      "Varje tal i tabellen leder till meddelandet som berättade det. Grått är äldre än det borde.",
    ],
    words: ["sample", "measurand", "phase", "register", "late"],
  },
  history: {
    purpose: "Vad som hänt laddstationen, i ord, längs en tidslinje.",
    steps: [
      "Begränsa efter slag: fel, omstarter, förbindelse, kommandon, transaktioner, taggar.",
      "Skriv en tid eller en dag för att gå dit.",
      "Numret till höger öppnar meddelandet.",
    ],
    words: ["status", "boot", "attempt", "transaction", "finding", "late"],
  },
  messages: {
    purpose: "Varje meddelande mellan laddstationen och datorn: fråga och svar på en rad.",
    steps: [
      "Tryck / och skriv: vanliga ord, eller fält som action:MeterValues dir:in at:14:10 day:2026-11-20.",
      "Listan följer med tills man bläddrar; då står den still och räknar det nya.",
      "Tryck r på en rad för att räkna tider från den; #4711 i filtret går till meddelande 4711.",
      "Enter öppnar ett meddelande: uppställt, rått, med sin andra halva, sina avvikelser och vad det betydde.",
    ],
    words: ["frame", "call", "heartbeat", "finding", "subprotocol", "late"],
  },
  findings: {
    purpose: "Var laddstationen avviker från OCPP: efter regel, det värsta först, med meddelandena som visar det.",
    steps: [
      "Öppna en regel för att se platserna, vad som sades och väntades, och vad man gör åt det.",
      "Kopiera som ett ärende till tillverkaren: avvikelserna med sina meddelanden, utan hemligheter.",
      "Nedanför: hur strikt den här laddstationen behandlas.",
    ],
    words: ["finding", "strict", "frame"],
  },
  transactions: {
    purpose: "Laddstationens laddningar: de som pågår och de som finns sparade.",
    steps: [
      "En rad säger när den började, var, vilken tagg, hur länge, hur mycket och hur den slutade.",
      "Öppna en för att se vad som berättats om den, med sina meddelanden, och vad stationens egen klocka sade.",
      "Därifrån till dess meddelanden, och till mätvärdena under tiden.",
    ],
    words: ["transaction", "register", "token", "evse", "late"],
  },
  tokens: {
    purpose: "Taggar som visats, och vad var och en får till svar: för att prova behörigheten vid laddstationen.",
    steps: [
      "Håll en tagg mot laddstationen: den dyker upp här direkt.",
      "Spärra eller godta den på dess rad; nästa gång den visas är det svaret.",
      "Läroläget lägger till det som kommer; en tagg kan också skrivas in.",
    ],
    words: ["token", "transaction", "outcome"],
  },
  configuration: {
    purpose: "Hur laddstationen är inställd, så som den berättat det.",
    steps: [
      "Begär allt; vad den utelämnade eller inte känner till sägs.",
      "Filtrera på namn eller värde; varje värde leder till meddelandet som berättade det.",
    ],
    words: ["configurationKey", "outcome"],
  },
  diagnostics: {
    purpose: "Hämtar laddstationens logg; den här datorn är servern som den laddar upp till.",
    steps: [
      "”Hämta loggen” frågar och öppnar en plats för den; när ett protokoll inte går prövas nästa av sig självt.",
      "Varje sätt berättar vad som syntes i båda ändar; det sista ordet säger vad det blev och vad man kan göra.",
      "Det som kom ligger nedanför: öppna en fil för att döpa den, spara en kopia eller ta bort den.",
    ],
    words: ["outcome", "record"],
  },
  files: {
    purpose: "Loggar, foton och konfigurationer som hör till laddstationen.",
    steps: [
      "Lägg till filer från datorn; de sparas hela, med storlek och SHA-256.",
      "Öppna en för att döpa den, anteckna något, spara en kopia eller ta bort den.",
    ],
    words: ["record"],
  },
  access: {
    purpose: "Vad en laddstation måste visa för att släppas in, och ändringar av det som inte låser ute den.",
    steps: [
      "Sätt lösenord och lägsta säkerhetsprofil för en laddstation.",
      "Ett byte av lösenord eller profil i laddstationen går steg för steg; varje steg säger vad som gäller nu.",
      "Förbered en laddstation som inte varit här: dess lösenord, och hur dess första uppstarter besvaras.",
    ],
    words: ["identity", "securityProfile", "basicAuth", "guardedChange", "boot"],
  },
  forward: {
    purpose: "Stå mellan laddstationen och dess riktiga centralsystem, och se båda sidor.",
    steps: [
      "Skriv centralsystemets adress och hur man visar vem man är där.",
      "Håll kvar meddelanden, ändra dem, släpp dem, eller skjut in ett.",
      "Välj vad som händer när centralsystemet är borta.",
    ],
    words: ["forward", "centralSystem", "upstream", "frame"],
  },
  faults: {
    purpose: "Gör något fel med avsikt, för att se hur laddstationen tar det.",
    steps: [
      "Välj ett fel och hur länge. Så länge det varar står en röd rad på varje skärm.",
      "Avsluta det när som helst; det slutar också av sig självt.",
    ],
    words: ["faultOnPurpose", "call", "outcome"],
  },
  simulator: {
    purpose: "En laddstation av programvara, för att prova utan laddstation.",
    steps: [
      "Välj identitet, version och en dag att gå igenom; starta den.",
      "Koppla in, visa en tagg, väck ett fel, bryt förbindelsen; eller låt den bete sig illa som riktiga har setts göra.",
    ],
    words: ["virtualStation", "status", "token"],
  },
  connection: {
    purpose: "Hur en laddstation kommer hit: adressen att skriva in i den, och vem som har försökt.",
    steps: [
      "Skriv in adressen för laddstationens nätverk i laddstationen, eller låt den läsa QR-koden.",
      "Försöken står här när de kommer: hur långt vart och ett kom, orsaken och vad man gör åt det.",
      "Prova adresserna; se om brandväggen släpper in laddstationer.",
    ],
    words: ["attempt", "identity", "ws", "subprotocol", "securityProfile"],
  },
  console: {
    purpose: "En seriekonsol: texten som ett kort skriver ut, och det du skriver till det.",
    steps: [
      "Välj en port och dess hastighet, eller låt båda hittas genom att lyssna; DTR och RTS rörs inte.",
      "Skriv i terminalen; Skift+Tabb lämnar den. Det som kom och gick är sparat med våra tider.",
      "Starter, omstarter och krascher känns igen, och står i historiken för den laddstation som anges.",
      "OCPP-meddelanden som skrivs ut står i Meddelanden och läses bara: inget besvaras, inget tillstånd görs av dem.",
      "En adapter som dras ur berättas det om, och den tas upp igen när den kommer tillbaka.",
    ],
    words: ["frame", "identity"],
  },
  serial: {
    purpose: "Vad som sitter i den här datorn, och laddstationer som talar OCPP över en ledning.",
    steps: [
      "Portarna kommer och går här som adaptrarna gör. En som inte kan öppnas säger varför, och vad man gör åt det.",
      "Öppna en linje: port och hastighet; ramning, version och identitet säger laddstationen eller dess första meddelande.",
      "Skadade stycken räknas här, och vart och ett är en avvikelse; inget tas för ett meddelande.",
      "Formatet står på en sida för den som skriver fast programvara, med en referens i C: SERIAL.md i källkoden.",
    ],
    words: ["identity", "frame", "finding"],
  },
  modbus: {
    purpose: "Laddare och mätare som talar Modbus i stället för OCPP.",
    steps: [
      "Leta efter enheter: en port provas med vanliga hastigheter, och utlåtandet säger vad som troligen är fel när ingen svarar.",
      "Läs en enhet som laddstation: välj vad den är, eller låt den hittas; den syns sedan på Översikt, Mätvärden och Historik.",
      "En enhetsprofil säger hur långt den är provad. En egen profil är en fil: den tas här, och fel i den sägs med sina rader.",
      "Avlyssna en annan master: vem som tillfrågas om vad, hur ofta, och vad som svaras. Plugside säger då inget på linjen.",
      "Register visar värden på alla sätt de kan läsas; bevakade märks det som ändras.",
    ],
    words: ["identity", "frame", "finding", "register"],
  },
  certificates: {
    purpose: "Certifikat för wss: våra, och de som laddstationer ber om.",
    steps: [
      "Installera rotcertifikatet i laddstationen innan den ansluter över wss.",
      "Signera eller avvisa det som laddstationer ber om.",
      "Se vad laddstationen har installerat; installera och ta bort där.",
    ],
    words: ["certificate", "root", "signingRequest", "ws", "securityProfile"],
  },
  settings: {
    purpose: "Hur Plugside ser ut och beter sig på den här datorn.",
    steps: [
      "Tema och språk; solljustemat har mer kontrast och större ytor att träffa.",
      "Hur okända laddstationer bemöts, hur strikt meddelanden läses, och när datorn säger till om vad som händer dem.",
      "Om: version, datamapp, och vad Plugside har sagt om sig självt.",
    ],
    words: ["strict", "record", "boot"],
  },
  reader: {
    purpose: "En sparad logg eller ett arkiv, läst där den ligger: inget packas upp på disken.",
    steps: [
      "I korthet: tid, antal fel, omstarter, hopp i klockan, rader som upprepas.",
      "Sök i alla rader, med ord eller ett reguljärt uttryck; gå till en tid.",
      "Klicka på en rad för att se OCPP-meddelandena i den och vad som gick på ledningen i samma minut.",
    ],
    words: ["frame", "clockOffset", "record"],
  },
  stations: {
    purpose: "Alla laddstationer på en sida, den värsta först.",
    steps: ["Ett klick tar en laddstation i fokus.", "Det som görs med avsikt mot en står på dess rad."],
    words: ["status", "forward", "faultOnPurpose"],
  },
};
