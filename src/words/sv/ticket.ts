import type { ticket as en } from "../en/ticket.ts";

export const ticket: typeof en = {
  title: "Avvikelser från OCPP: {{station}}",
  intro: "Vad laddstationen sade, bredvid det som specifikationen väntar sig där. Tiderna är UTC.",
  station: "Laddstation",
  vendor: "Tillverkare",
  model: "Modell",
  serial: "Serienummer",
  firmware: "Programvara",
  version: "OCPP-version",
  made: "Skrivet",
  severities: { error: "Fel", warning: "Varning", notice: "Anmärkning" },
  rule: "Regel",
  clause: "Avsnitt",
  where: "Var",
  said: "Sade",
  expected: "Väntat",
  seen: "Sett {{count}} gånger, från {{first}} till {{last}}",
  seenOnce: "Sett en gång, {{first}}",
  frames: "De senaste meddelandena, som de skickades (← från laddstationen, → till den)",
  noFrames: "Inget meddelande: det syntes på själva förbindelsen.",
  secrets: "Lösenord och nycklar är ersatta med •••.",
};
