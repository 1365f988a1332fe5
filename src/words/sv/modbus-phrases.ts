import type { modbusPhrases as en } from "../en/modbus-phrases.ts";

/** What the core says of Modbus devices and their profiles, in Swedish. */
export const modbusPhrases: Record<keyof typeof en, string> = {
  "modbus-no-answer": "Inget svar kom.",
  "modbus-silent-line":
    "Inget svarar på adress {{unit}}. Adressen, hastigheten eller ramen kan vara en annan: Leta efter enheter provar dem. Annars är enheten avstängd, eller så är A och B förväxlade.",
  "modbus-silent-host":
    "Inget svarar på adress {{unit}}. Adressen kan vara en annan: Leta efter enheter provar dem. Vissa enheter släpper in en master i taget: avsluta den andra.",
  "modbus-cut": "Ett svar började och bröts efter {{count, number}} byte.",
  "modbus-bad-check": "{{count, number}} byte kom vars kontrollsumma inte stämmer.",
  "modbus-echo":
    "Bara vår egen fråga kom tillbaka: adaptern hör sig själv, eller så är bussens båda ledare ihopkopplade.",
  "modbus-other-unit": "Adress {{unit}} svarade fast den inte var tillfrågad.",
  "modbus-no-fit": "Svaret passar inte till frågan.",
  "modbus-no-tcp": "Det som svarar där talar inte Modbus TCP.",
  "modbus-exception-function": "Enheten känner inte till funktionen (undantag 1).",
  "modbus-exception-address": "Enheten har inget sådant register (undantag 2).",
  "modbus-exception-value": "Enheten tar inte det värdet eller så många register (undantag 3).",
  "modbus-exception-failure": "Enheten misslyckades (undantag 4).",
  "modbus-exception-acknowledge": "Enheten har börjat och behöver lång tid (undantag 5).",
  "modbus-exception-busy": "Enheten är upptagen (undantag 6).",
  "modbus-exception-memory": "Enheten hittade ett fel i sitt minne (undantag 8).",
  "modbus-exception-gateway": "Slussen har ingen väg dit (undantag 10).",
  "modbus-exception-target": "Slussen fick inget svar från enheten bakom sig (undantag 11).",
  "modbus-exception-other": "Enheten vägrade med undantag {{code}}.",
  "modbus-value-needed": "Ett värde behövs: {{least}} till {{most}}.",
  "modbus-value-outside": "{{value}} tas inte emot: {{least}} till {{most}}. Inget skrevs.",
  "modbus-write-unknown": "{{why}} Om enheten tog värdet är inte känt: läs av det igen.",
  "modbus-no-place":
    "”{{place}}” är ingen plats för en Modbus-enhet: en port (/dev/ttyUSB0, COM3, tcp://host:port) eller en värd (192.168.1.20, 192.168.1.20:502).",
  "modbus-listen-port":
    "Bara en seriell linje kan avlyssnas: en port (/dev/ttyUSB0, COM3), eller tcp://värd:port med RTU.",
  "modbus-no-profile":
    "Det finns ingen profil {{name}}; plugside modbus profiles listar dem som finns. En egen fil anges med sökväg.",
  "modbus-profile-faults": "Profilen kan inte användas: {{faults}}",
  "modbus-no-command": "Profilen {{profile}} har inget kommando {{command}}.",
  "modbus-identity": "{{identity}} är redan en laddstation.",
  "modbus-not-attached": "{{identity}} läses inte över Modbus.",
  "modbus-other-settings":
    "{{identity}} läses på den här porten med andra inställningar: en buss har en hastighet och en ram.",
  "modbus-same-device":
    "{{identity}} läses redan där, med samma adress: en enhet är en laddstation. Sluta läsa den först, eller ange en annan adress.",
  "modbus-no-commands":
    "Den talar Modbus och tar inte emot OCPP. Vad profilen kan skriva finns på skärmen Modbus och i plugside modbus write.",
  "modbus-verdict-found": "Hittat. Vad var och en är: läs den med dess adress.",
  "modbus-verdict-nothing":
    "Ingen svarade. Kontrollera matningen, att A och B inte är förväxlade (tillverkare namnger dem åt båda hållen), att 0 V är anslutet och att Modbus är påslaget i enheten.",
  "modbus-verdict-nothing-at-host":
    "Porten släpper in, och ingen svarar på någon av de här adresserna. Adressen kan vara en annan; vissa enheter släpper in en master i taget: avsluta den andra. Är det en sluss, titta på bussen bakom den.",
  "modbus-verdict-gateway-silent":
    "En sluss svarar, men ingen på de här adresserna bakom den. Kontrollera bussen bakom slussen: matning, A och B, hastighet och paritet i slussen, och adresserna.",
  "modbus-all-refused": "Den nekar allt som profilen läser: {{why}} Profilen gäller troligen en annan enhet.",
  "modbus-other-transaction": "Svar kom som inte hör till någon av våra frågor: deras transaktionsnummer är andra.",
  "modbus-verdict-echo":
    "Bara våra egna frågor kom tillbaka: adaptern hör sig själv, eller så ligger A och B ihop. Ingen enhet svarade.",
  "modbus-verdict-noise":
    "Byte kom, och inget av det är Modbus: linjen svävar eller är störd, eller så talar någon på den med en annan hastighet. Kontrollera 0 V, avslutningen (120 ohm i båda ändar) och skärmen.",
  "modbus-verdict-swapped": "Det som kom är bara ettor eller nollor: A och B är troligen förväxlade.",
  "modbus-verdict-wrong-setting":
    "Något svarar men går inte att läsa med någon av de här inställningarna: dess hastighet eller paritet är en annan. Manualen eller menyn säger vilken.",
  "modbus-verdict-another-master":
    "Någon talar redan på linjen: en annan master (mätinsamling, lastbalansering). Avlyssna den med plugside modbus listen, eller koppla bort den först.",
  "modbus-verdict-no-modbus":
    "Det som svarar på porten talar inte Modbus TCP. En sluss som bär RTU skrivs tcp://VÄRD:PORT.",
  "modbus-verdict-two":
    "Svar från adress {{units}} kommer skadade medan andra är hela: två enheter har troligen samma adress. Anslut dem en i taget och ge den ena en annan adress.",
  "modbus-verdict-nobody-on-network":
    "Ingen på det här nätverket släpper in på port 502. Kontrollera att Modbus TCP är påslaget i enheten, att den är på nätverket och att dess adress hör dit.",
  "modbus-no-network":
    "Datorn är inte i något nätverk som går att leta igenom (högst 1022 värdar). Ange ett: 192.168.1.0/24.",
  "modbus-network-large": "{{network}} är för stort att leta igenom: högst /{{shortest}} (1022 värdar).",
  "modbus-unidentified":
    "Ingen känd profil passar det som svarar där. Ange en med --profile, eller läs register efter nummer.",
  "modbus-one-of": "Det är en av {{names}}: de delar register. Ange vilken det är.",
  "profile-fault": "rad {{line}}{{place}}: {{why}}",
  "profile-faults": "{{one}}; {{rest}}",
  "profile-faults-more": "{{one}}; och {{count}} till",
  "profile-number": "ett tal",
  "profile-whole": "ett heltal",
  "profile-text": "en text",
  "profile-truth": "true eller false",
  "profile-list": "en lista",
  "profile-mapping": "en uppsättning nycklar",
  "profile-unknown-key": "”{{key}}” betyder inget här",
  "profile-missing": "det saknas",
  "profile-kind": "{{expected}} väntas, inte {{said}}",
  "profile-one-of": "{{said}} är inget av {{known}}",
  "profile-least": "{{said}} är för lite: minst {{limit}}",
  "profile-most": "{{said}} är för mycket: högst {{limit}}",
  "profile-not-taken": "{{said}} går inte att använda här",
  "profile-name": "ett namn består av små bokstäver, siffror och bindestreck, som acme-w22; inte {{said}}",
  "profile-means":
    "{{said}} är varken status, error, note, vendor, model, serial, firmware, meter-type, meter-serial eller skrivet som en mätstorhet i OCPP",
  "profile-tab": "en tabb står före: YAML tar mellanslag där",
  "profile-key-twice": "det här sägs två gånger på samma ställe",
  "profile-no-number": "{{key}} är inget tal, och ett register rymmer ett tal",
  "profile-no-code": "{{said}} är ingen felkod i OCPP: {{known}}. Utelämna den och kolonet om ingen passar",
  "profile-overlap": "det delar register med värdet på {{at}}, som tar {{count}}",
  "profile-twice": "registret på {{at}} anger redan {{means}}",
  "profile-bounds": "{{least}} är mer än ”most”, {{most}}",
  "profile-no-bounds": "det behöver ”value”, eller ”least” och ”most”",
  "profile-outside": "register {{said}} ligger utanför vad Modbus har (0 till 65535, och inte under ”first”)",
  "profile-too-wide": "det tar fler register än en fråga får gälla (most: {{limit}})",
  "profile-text-length": "en text behöver ”length”: hur många register den tar",
  "profile-text-measured": "{{means}} mäts: det är ett tal, ingen text",
  "profile-no-unit": "OCPP har ingen mätstorhet {{means}}: ange dess enhet",
  "profile-no-values": "en status behöver ”values”: vilket tal som betyder vad",
  "profile-no-status":
    "{{key}}: ”{{said}}” är ingen status: Available, Preparing, Charging, SuspendedEV, SuspendedEVSE, Finishing, Reserved, Unavailable, Faulted eller Occupied",
  "profile-bits-of-text": "en text har inga bitar",
  "profile-no-bit": "{{key}} är ingen bit i det: 0 till {{limit}}",
  "profile-quoted": "ett tal väntas, och ”{{said}}” inom citattecken är en text: ta bort dem",
  "profile-above":
    "{{said}} är för lite: det måste vara över {{limit}}. Det som räknas åt andra hållet är negative: true",
  "profile-is-or-range": "det behöver ”is”, eller ”least” och ”most”",
  "profile-alias": "ett alias (*namn) går inte att använda: skriv ut det",
  "profile-open": "en { eller [ är inte stängd, här eller på raden före",
  "profile-no-colon": "en nyckel saknar kolon och mellanslag efter sig, här eller på raden före",
  "profile-indent": "det börjar i en annan kolumn än det som det hör till: räkna mellanslagen före",
  "profile-colon": "en text med kolon i måste stå inom citattecken",
  "profile-documents": "en profil är ett dokument: det som följer efter --- hör hemma i en egen fil",
  "profile-other-unit": "{{means}} mäts i {{unit}}: utelämna ”unit” och låt ”scale” räkna om registret",
  "profile-signed": "{{said}} i ett register av typen {{type}} läses som {{turned}}: skriv det",
  "profile-not-held": "{{said}} står aldrig där: {{type}}, {{least}} till {{most}}",
  "profile-length-of-number": "bara en text har ”length”: ta bort det, eller ange type: text",
  "profile-mask-of": "{{type}} har inga bitar som en mask kan gälla: den gäller bitarna i ett heltal",
  "profile-plain-number": "det förekommer aldrig som {{key}}: skriv {{value}}, eller utan citattecken",
  "profile-read-only": "tabellen {{table}} går bara att läsa: ett kommando behöver holding eller coil",
  "profile-command-twice": "det finns redan ett kommando {{name}}",
  "profile-is-number": "”{{said}}” är en text, och registret rymmer ett tal: ange type: text, eller ett tal",
  "profile-is-text": "{{said}} är ett tal, och registren rymmer en text: sätt det inom citattecken",
  "profile-bits-table": "tabellen {{table}} rymmer enstaka bitar: type: bit",
  "profile-bit-of-register":
    "ett register rymmer 16 bitar: ange vilka med ”mask” och utelämna typen; eller så är tabellen coil eller discrete",
  "profile-tens": "ingen i16 står på {{at}} i dess tabell: ta med även det registret, med means: note",
};
