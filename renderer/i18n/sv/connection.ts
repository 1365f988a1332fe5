import type { connection as en } from "../en/connection.ts";

export const connection: typeof en = {
  waitingTitle: "Väntar på en laddstation",
  title: "Anslutning",
  lead: "Skriv in en av de här adresserna i laddstationen som centralsystem (back office, OCPP-server).",
  ws: {
    title: "Utan kryptering (ws)",
    when: "För säkerhetsprofil 0 och 1. Börja med den: den kräver inget i laddstationen.",
  },
  wss: {
    title: "Krypterat (wss)",
    when: "För säkerhetsprofil 2 och 3. Laddstationen måste först ha Plugsides rotcertifikat:",
    root: "Certifikat",
  },
  loading: "Tar reda på datorns adresser",
  failed: "Datorns adresser kan inte visas.",
  identityPart: "Skriv laddstationens identitet efter sista snedstrecket, om den inte lägger till den själv.",
  kind: {
    ethernet: "Nätverkskabel ({{network}})",
    wifi: "Wi-Fi ({{network}})",
    usb: "USB-nätverk ({{network}})",
    virtual: "Virtuellt nätverk ({{network}})",
    loopback: "Bara den här datorn ({{network}})",
    other: "Nätverk {{network}}",
  },
  linkLocal: "bara över en direkt kabel",
  more_one: "{{count}} adress till",
  more_other: "{{count}} adresser till",
  none: "Datorn är inte på något nätverk",
  noneHint: "Sätt i en nätverkskabel eller anslut till laddstationens Wi-Fi. Adressen visas här av sig själv.",
  unreached: "Ingen laddstation når den här datorn",
  unreachedHint:
    "Plugside lyssnar bara på en adress som inte hör till något av datorns nätverk. Välj 0.0.0.0 eller en av datorns adresser i Inställningar.",
  shadowed:
    "Ett annat program har port {{port}} på 127.0.0.1: laddstationer når Plugside på de andra adresserna, men virtuella laddstationer på den här datorn gör det inte. Avsluta programmet, eller välj en annan port i Inställningar.",
  portTaken: "Port {{wanted}} var upptagen av ett annat program: laddstationer ansluter till port {{port}}.",
  portShut: "{{place}} kan inte öppnas: {{problem}}. Nya försök görs med några sekunders mellanrum.",
  noTls: "{{place}} tar inga krypterade anslutningar än: servercertifikat saknas. Se Certifikat.",
  notListening: "Ingen port är öppen för laddstationer. Starta om Plugside, eller välj en annan port i Inställningar.",
  stepsTitle: "Så här",
  step1: "Sätt datorn och laddstationen på samma nätverk: en kabel mellan dem räcker.",
  step2:
    "Välj OCPP 1.6 JSON, 2.0.1 eller 2.1 och säkerhetsprofil i laddstationens inställningar, och skriv in den adress ovan som hör till.",
  step3: "Spara och starta om laddstationen. Den visas här av sig själv.",
  virtual: "Prova med den virtuella laddstationen",
  virtualHint: "En laddstation av programvara ansluter till den här datorn och lever genom en dag.",
  virtualFailed: "Den virtuella laddstationen startade inte.",
  starting: "Startar den virtuella laddstationen",
  listening: "Laddstationer ansluter till",
  data: "Loggen finns i",
  version: "Plugside",
  running: "Igång sedan",
};
