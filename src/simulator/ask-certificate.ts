import { text } from "../ocpp/read.ts";
import type { Machine } from "./model.ts";

/** Asks the central system for a certificate of the station's own (1.6 security whitepaper, A02; 2.0.1 A02). */
export async function askForCertificate({ own, speaker, mail, log }: Machine): Promise<void> {
  const csr = await own.request(speaker.knobs().organisation);
  const answer = await mail.ask(speaker.signCertificate(csr));
  const said = answer.type === "result" ? text(answer.payload, "status") : answer.type;
  log(`asked for a certificate: ${said ?? "no status"}`);
}
