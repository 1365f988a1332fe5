import type { settings as en } from "../en/settings.ts";

export const settings: typeof en = {
  intro: "En ändring sparas genast.",
  loading: "Läser inställningarna",
  failed: "Inställningarna gick inte att läsa.",
  groups: { screen: "Skärm", stations: "Laddstationer", about: "Om Plugside" },
  saving: "Sparar",
  savedAt: "Sparat {{time}}",
  notSaved: "Inte sparat.",
  asBefore: "Inställningen är som förut.",
  outOfRange: "Inte sparat: ett heltal från {{min}} till {{max}}.",
  outOfRangeKib: "Inte sparat: ett tal från {{min}} till {{max}}.",
  range: "{{min}} till {{max}}",
  byDefault: "vanligen {{value}}",
  decimal: ",",
  units: { seconds: "s", kib: "KiB" },
  language: {
    label: "Språk",
    help: "System: det första av systemets språk som Plugside kan.",
    system: "System",
    en: "English",
    sv: "Svenska",
  },
  theme: {
    label: "Tema",
    help: "Solljus: starkast kontrast, större text och större knappar.",
    system: "System",
    light: "Ljust",
    dark: "Mörkt",
    sunlight: "Solljus",
  },
  bootStatus: {
    label: "Svar på BootNotification",
    help: "Vad en laddstation får veta när den startar. Accepted är det vanliga.",
    now: "Nu: {{status}}",
    apply: "Svara {{status}}",
  },
  on: "På",
  off: "Av",
  unknownStations: {
    label: "Okända laddstationer",
    help: {
      accept: "En laddstation som aldrig varit här släpps in.",
      ask: "En laddstation som aldrig varit här hålls vid dörren tills du släpper in eller nekar den.",
      refuse: "En laddstation som aldrig varit här nekas. De som nekats står under Åtkomst.",
    },
    accept: "Släpp in",
    ask: "Fråga",
    refuse: "Neka",
  },
  triggerAfterConnect: {
    label: "Fråga efter en anslutning",
    help: "En laddstation som inte skickar BootNotification inom 10 s, eller ingen status för ett uttag, ombeds om det, en gång per anslutning.",
  },
  timeMilliseconds: {
    label: "Millisekunder i vår tid",
    help: "Hur tiden sägs till laddstationer: 10:02:11.388Z, eller 10:02:11Z. Vissa laddstationer läser bara den ena formen.",
  },
  heartbeatSeconds: {
    label: "Intervall för Heartbeat",
    help: "Står i svaret på BootNotification. Laddstationen tar till sig det vid nästa start.",
  },
  pingSeconds: {
    label: "WebSocket-ping",
    help: "Hur ofta varje förbindelse prövas. 0 skickar ingen. Ett kortare intervall hindrar routrar från att släppa en tyst förbindelse.",
  },
  answerSeconds: {
    label: "Väntetid för svar",
    help: "Därefter räknas ett kommando som obesvarat. Vissa laddstationer behöver 60 s.",
  },
  frameLimit: {
    label: "Största meddelande",
    help: "Ett större avslutar förbindelsen.",
  },
  port: {
    label: "Port som laddstationer ansluter till",
    help: "Gäller genast; den som är ansluten stannar. Är den upptagen används nästa lediga. En plats som angavs vid starten (--listen) går före.",
  },
  strict: {
    label: "Behandla laddstationer strikt",
    help: "För laddstationer utan eget val. På: det som avviker avvisas så som specifikationen säger, och sådana laddstationer kan sluta fungera. Av: det läses som det är menat, och blir en avvikelse.",
  },
  warnings: {
    pingOff: "Utan ping märks en död förbindelse först när något skickas.",
    pingLong: "Många routrar släpper en förbindelse som är tyst i 1 till 5 minuter.",
    answerShort: "Långsamma laddstationer kommer att se ut att inte svara.",
    frameLimitSmall: "Vanliga laddstationers rapporter och certifikat kan vara större. Då stängs förbindelsen.",
    bootPending:
      "Laddstationerna får vänta: de flesta rapporterar ingen status och startar ingen laddning förrän svaret åter är Accepted.",
    bootRejected:
      "Laddstationerna fungerar inte förrän svaret åter är Accepted. De försöker igen efter intervallet för Heartbeat.",
  },
  about: {
    version: "Version",
    listening: "Lyssnar på",
    listeningTaken: "{{wanted}} var upptagen",
    notListening: "Lyssnar inte: ingen laddstation kan ansluta.",
    dataFolder: "Datamapp",
    dataHelp: "Här ligger loggen och filerna.",
    copyFolder: "Kopiera sökvägen",
    started: "Startad",
    loading: "Frågar Plugside",
    failed: "Plugside svarade inte.",
  },
};
