import type { commands as en } from "../en/commands.ts";

export const commands: typeof en = {
  reset: "Omstart",
  unlock: "Lås upp",
  start: "Starta",
  stop: "Stoppa",
  availability: "Tillgänglighet",
  trigger: "Begäran",
  "read-configuration": "Läs konfigurationen",
  "clear-cache": "Töm kortminnet",
  raw: "Rått anrop",
  "certificates-list": "Lista certifikat",
  "certificate-install": "Installera ett certifikat",
  "certificate-delete": "Ta bort ett certifikat",
  "certificate-signed": "Sänd ett signerat certifikat",
  "get-log": "Hämta loggen",
  "read-file-protocols": "Läs sätten att ladda upp",
  "read-security": "Läs säkerhetsinställningar",
  "set-password": "Byt lösenord",
  "set-security-profile": "Skriv säkerhetsprofil",
  "prefer-network-profile": "Föredra den nya anslutningen",
};
