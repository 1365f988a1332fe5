import type { Rule } from "../../../src/station/findings.ts";

/** What each finding's rule says, and its cure, in Swedish. The English texts stand beside the rules themselves. */
export const findings: Record<Rule, { title: string; cure: string }> = {
  "not-json": {
    title: "Meddelandet är inte JSON",
    cure: "Fråga tillverkaren: laddstationen klipper av eller förvanskar meddelanden. Råtexten visar var det brister.",
  },
  "not-array": {
    title: "Meddelandet är JSON men ingen lista",
    cure: "Fråga tillverkaren: varje meddelande är en JSON-lista som börjar med sin typ.",
  },
  "unknown-message-type": {
    title: "Okänd meddelandetyp",
    cure: "Fråga tillverkaren: första elementet är 2, 3 eller 4 (i 2.1 även 5 och 6). Kontrollera att båda sidor talar samma version.",
  },
  "bad-message-shape": {
    title: "Meddelandet har fel delar",
    cure: "Fråga tillverkaren: ett CALL är [2, id, action, payload], ett CALLRESULT är [3, id, payload].",
  },
  "bad-message-id": {
    title: "Meddelandets id är inte en text på 1 till 36 tecken",
    cure: "Fråga tillverkaren: id är text; tal och långa texter förvirrar andra system.",
  },
  "payload-null": {
    title: "Innehållet är null eller saknas",
    cure: "Fråga tillverkaren: tomt innehåll skrivs {}.",
  },
  "duplicate-id": {
    title: "Samma meddelande-id användes två gånger i en anslutning",
    cure: "Fråga tillverkaren: ett id får bara återkomma när samma meddelande sänds om.",
  },
  "unsolicited-answer": {
    title: "Ett svar på något som ingen frågat",
    cure: "Fråga tillverkaren. Ofta blandar laddstationen ihop sina meddelande-id.",
  },
  "late-answer": {
    title: "Ett svar kom efter att tiden gått ut",
    cure: "Laddstationen eller förbindelsen är långsam. Höj väntetiden för svar i Inställningar.",
  },
  "mismatched-answer-id": {
    title: "Svaret har ett annat meddelande-id än frågan",
    cure: "Togs som svar på den enda frågan på väg. Fråga tillverkaren.",
  },
  "binary-frame": {
    title: "En binär WebSocket-ram",
    cure: "Fråga tillverkaren: OCPP sänds som text.",
  },
  "invalid-utf8": {
    title: "Texten är inte UTF-8",
    cure: "Fråga tillverkaren: oftast ett namn eller en text i en lokal teckenkod.",
  },
  "over-limit": {
    title: "Meddelandet är större än gränsen",
    cure: "Förbindelsen stängdes. Höj gränsen i Inställningar om laddstationen gör rätt.",
  },
  "unknown-action": {
    title: "En action som den här versionen av OCPP inte har",
    cure: "Besvarades med NotImplemented. Kontrollera vilken version laddstationen avser att tala.",
  },
  "no-subprotocol": {
    title: "Inget OCPP-subprotokoll erbjöds",
    cure: "Togs som OCPP 1.6. Fråga tillverkaren: laddstationen ska sända Sec-WebSocket-Protocol: ocpp1.6.",
  },
  "unknown-subprotocol": {
    title: "Bara okända subprotokoll erbjöds",
    cure: "Välj OCPP 1.6, 2.0.1 eller 2.1 i laddstationens inställningar.",
  },
  "early-call": {
    title: "Ett meddelande innan uppstarten var besvarad",
    cure: "Ofarligt här. Andra centralsystem kan vägra ta emot det.",
  },
  "wrong-type": {
    title: "Ett värde har fel typ",
    cure: "Lästes så långt det gick. Fråga tillverkaren.",
  },
  "too-long": {
    title: "En text är längre än tillåtet",
    cure: "Behölls hel. Strikta centralsystem vägrar ta emot den.",
  },
  "missing-field": {
    title: "Ett obligatoriskt fält saknas",
    cure: "Behandlades utan det. Fråga tillverkaren.",
  },
  "unknown-value": {
    title: "Ett värde är inte ett av de tillåtna",
    cure: "Behölls som det kom. Fråga tillverkaren.",
  },
  "unknown-field": {
    title: "Ett fält som specifikationen inte har",
    cure: "Finns kvar i loggen. Strikta centralsystem vägrar ta emot det.",
  },
  "bad-format": {
    title: "En text har fel form",
    cure: "Lästes så långt det gick. Fråga tillverkaren.",
  },
  "empty-list": {
    title: "En lista som måste innehålla något är tom",
    cure: "Hoppades över.",
  },
  "out-of-range": {
    title: "Ett tal ligger utanför det tillåtna",
    cure: "Behölls som det kom. Fråga tillverkaren.",
  },
  "bad-answer": {
    title: "Ett svar följer inte sitt schema",
    cure: "Lästes så långt det gick. Fråga tillverkaren.",
  },
  "time-without-zone": {
    title: "En tid utan tidszon",
    cure: "Togs som UTC. Ställ in laddstationens tidszon, eller fråga tillverkaren: tider slutar med Z.",
  },
  "time-implausible": {
    title: "Laddstationens klocka går långt fel",
    cure: "Kontrollera att laddstationen tar sin tid ur svaret på uppstart eller hjärtslag, eller ställ in dess tidsserver.",
  },
  "time-unreadable": {
    title: "En tid som inte går att läsa",
    cure: "Vår egen tid används. Fråga tillverkaren.",
  },
  "empty-value": {
    title: "Ett mätvärde är tomt",
    cure: "Hoppades över. Kontrollera vilka mätstorheter mätaren stöder.",
  },
  "unreadable-value": {
    title: "Ett mätvärde är inget tal",
    cure: "Hoppades över. Det finns kvar i det råa meddelandet.",
  },
  "wrong-unit": {
    title: "En enhet som inte passar mätstorheten",
    cure: "Behölls under mätstorhetens egen enhet, siffrorna som de sändes. Kontrollera mätarens inställningar.",
  },
  "unknown-phase": {
    title: "En okänd fas",
    cure: "Behölls som den kom.",
  },
  "faulted-without-error": {
    title: "Fel (Faulted), men inget fel anges",
    cure: "Fråga laddstationen: hämta dess diagnostik, eller läs dess display och logg.",
  },
  "unknown-error-code": {
    title: "En felkod som OCPP inte har",
    cure: "Lästes som OtherError; tillverkarens kod är kvar.",
  },
  "unknown-transaction": {
    title: "En transaktion som aldrig startades här",
    cure: "Oftast en från tidigare, eller från ett annat centralsystem. Den tar slut av sig själv, eller vid en omstart.",
  },
  "odd-transaction-id": {
    title: "Ett transaktions-id som inget centralsystem gett",
    cure: "Behölls exakt. Laddstationen hittade på det medan den var frånkopplad, eller miste svaret.",
  },
  "repeated-start": {
    title: "Samma transaktionsstart kom igen",
    cure: "Besvarades med samma id. Det första svaret gick förlorat, eller kom för sent för laddstationen.",
  },
  "register-backwards": {
    title: "Energimätaren gick baklänges",
    cure: "Kontrollera mätarens inkoppling och inställningar: värdet kan vara laddningens energi i stället för mätarställningen.",
  },
  "no-boot": {
    title: "Inget BootNotification i den här anslutningen",
    cure: "Vanligt efter ett kort avbrott. Begär BootNotification med TriggerMessage för att få veta vem det är.",
  },
  "other-version": {
    title: "Ett meddelande i en annan OCPP-versions form",
    cure: "Lästes som den versionen menar det. Laddstationen blandar versioner: fråga tillverkaren, eller låt den tala den andra.",
  },
  "call-error": {
    title: "Laddstationen svarade med en felkod som dess version inte har",
    cure: "Behölls som den kom. Fråga tillverkaren.",
  },
};
