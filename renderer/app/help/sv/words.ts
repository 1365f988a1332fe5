import type { HelpContent } from "../model.ts";

/** The glossary. */
export const words: HelpContent["words"] = {
  attempt: {
    word: "Anslutningsförsök",
    means:
      "Ett försök att ansluta: från första paketet till att laddstationen startat upp, eller till där det tog stopp och varför.",
  },
  basicAuth: {
    word: "Lösenord (basic authentication)",
    means:
      "Det som laddstationen visar från säkerhetsprofil 1 och uppåt. En del stationer vill ha det som text, andra som hexadecimala siffror.",
  },
  boot: {
    word: "Uppstart",
    means:
      "Laddstationens första meddelande (BootNotification): vem den är och varför den startade. Centralsystemet svarar Accepted, Pending eller Rejected.",
  },
  call: {
    word: "Anrop",
    means: "En fråga i OCPP. Den besvaras med ett resultat eller ett fel, med samma meddelande-id.",
  },
  centralSystem: {
    word: "Centralsystem",
    means: "Den som laddstationen talar med: operatörens system, eller här den här datorn. I OCPP 2.x heter det CSMS.",
  },
  certificate: {
    word: "Certifikat",
    means: "Visar vem någon är. En server har ett för wss; en laddstation har ett eget från säkerhetsprofil 3.",
  },
  clockOffset: {
    word: "Klockans avvikelse",
    means:
      "Hur mycket laddstationens klocka skiljer sig från datorns. Tiderna på skärmen är våra; det som stationen sade står bredvid.",
  },
  configurationKey: {
    word: "Konfigurationsnyckel, variabel",
    means: "En inställning i laddstationen. I OCPP 1.6 en nyckel med ett värde; i 2.x en variabel i en komponent.",
  },
  connector: { word: "Uttag", means: "Uttaget eller kabeln som bilen kopplas till." },
  evse: {
    word: "EVSE",
    means:
      "Ett laddställe som laddar en bil åt gången; det kan ha flera uttag. OCPP 1.6 har inga: dess uttag n är EVSE n här.",
  },
  faultOnPurpose: {
    word: "Avsiktligt fel",
    means:
      "Något fel som vi gör mot en laddstation för att se hur den tar det: sena svar, fel, en bruten förbindelse. Det slutar av sig självt.",
  },
  finding: {
    word: "Avvikelse",
    means:
      "Något som skiljer sig från OCPP men ändå gick att förstå. Den namnger regeln, platsen, vad som sades och väntades, och vad man gör åt det.",
  },
  forward: {
    word: "Vidarekoppling",
    means:
      "Datorn står mellan laddstationen och dess riktiga centralsystem, skickar allt vidare och sparar båda riktningarna.",
  },
  frame: { word: "Meddelande", means: "En text på ledningen, sparad byte för byte. Varje meddelande har ett nummer." },
  guardedChange: {
    word: "Säkrat byte",
    means:
      "En ändring som kunde låsa ute laddstationen, gjord steg för steg: den gamla vägen in är öppen tills den nya har fungerat.",
  },
  heartbeat: {
    word: "Heartbeat",
    means: "Ett kort livstecken från laddstationen med jämna mellanrum. Svaret säger vad klockan är.",
  },
  identity: {
    word: "Identitet",
    means: "Laddstationens namn mot centralsystemet: sista delen av adressen som den ansluter till.",
  },
  late: {
    word: "Berättat i efterhand",
    means:
      "Det som laddstationen sparade medan den var offline och skickade senare. Det står vid tiden då det hände och tas aldrig för nu.",
  },
  measurand: {
    word: "Mätstorhet",
    means: "Det som mäts: effekt, energi, ström, spänning, frekvens, batterinivå, temperatur.",
  },
  outcome: {
    word: "Utfall",
    means:
      "Vad som blev av ett kommando: godtaget, planerat, avvisat, stöds inte, oläsligt, inget svar, eller laddstationen är offline. Godtaget är inte utfört: vad som följde står under.",
  },
  phase: { word: "Fas", means: "L1, L2, L3 och nollan N. Värdet för en fas är inte värdet för alla." },
  record: {
    word: "Allt som sparats",
    means:
      "Allt som kom och gick, i en mapp på den här datorn. Det sparas innan det besvaras, och det som syns på skärmen är gjort av det.",
  },
  register: {
    word: "Mätarställning",
    means: "Mätarens tal som bara räknar uppåt. En laddnings energi är skillnaden mellan två ställningar.",
  },
  root: {
    word: "Rotcertifikat",
    means:
      "Det som måste finnas i laddstationen för att den ska lita på datorn över wss. Certifikat lämnar ut det som fil och som QR-kod.",
  },
  reservation: {
    word: "Reservation",
    means:
      "Ett uttag som hålls åt ett kort till en viss tid, under ett nummer som centralsystemet ger. Det visas som Reserved.",
  },
  sample: { word: "Mätvärde", means: "Ett uppmätt värde med tid, plats och fas." },
  securityProfile: {
    word: "Säkerhetsprofil",
    means: "0: ingenting. 1: ett lösenord. 2: TLS och ett lösenord. 3: TLS och ett eget certifikat i laddstationen.",
  },
  signingRequest: {
    word: "Begäran om signering",
    means: "Laddstationen ber om ett eget certifikat (SignCertificate). En människa här säger ja eller nej.",
  },
  status: {
    word: "Status",
    means:
      "Det ett uttag säger om sig självt: Available, Preparing, Charging, Suspended, Finishing, Reserved, Unavailable, Faulted.",
  },
  strict: {
    word: "Strikt",
    means:
      "Det som schemat förbjuder avvisas, som specifikationen vill. Annars läses det som det var menat och visas som en avvikelse.",
  },
  subprotocol: {
    word: "Subprotokoll",
    means: "ocpp1.6, ocpp2.0.1 eller ocpp2.1: så säger laddstationen från början vilken version den talar.",
  },
  token: { word: "Tagg", means: "Ett kort, en bricka eller en app som får ladda; idTag i OCPP 1.6, idToken i 2.x." },
  transaction: { word: "Transaktion", means: "En laddning från början till slut, med ett eget nummer." },
  upstream: { word: "Centralsystemet ovanför", means: "Vid vidarekoppling: det som datorn skickar allt vidare till." },
  virtualStation: {
    word: "Virtuell laddstation",
    means: "En laddstation av programvara i Plugside. Den talar OCPP som en riktig och kan fås att bete sig illa.",
  },
  ws: { word: "ws och wss", means: "Vägen in utan och med kryptering (TLS). Båda delar en port på datorn." },
};
