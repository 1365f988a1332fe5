import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** How the command line and a core know each other by the secret of `core.json` without sending it: each proves that it has it over
 * numbers that both made for this connection, and over the port. What took a dead core's port learns nothing and is not believed. */

const askHeader = "plugside-ask";
const proofHeader = "plugside-proof";

export type CoreProof = {
  /** A line of the answer to the upgrade. */
  header: string;
  /** True for the one first message of a client that has the secret. */
  accepts(message: string): boolean;
};

/** The client's number in a request to upgrade; null where there is none. */
export function readChallenge(headers: IncomingHttpHeaders): string | null {
  const asked = headers[askHeader];
  return typeof asked === "string" && /^[\w-]{43}$/.test(asked) ? asked : null;
}

/** The core's side of one connection. */
export function proveCore(secret: string, port: number, asked: string): CoreProof {
  const own = makeNumber();
  return {
    header: `${proofHeader}: ${own}.${mark(secret, "core", port, asked, own)}`,
    accepts: (message) => same(message, mark(secret, "client", port, asked, own)),
  };
}

/** The client's side: what it asks, and what it says once the core has proved itself. */
export function askCore(
  secret: string,
  port: number,
): { headers: Record<string, string>; reply(headers: IncomingHttpHeaders): string | null } {
  const asked = makeNumber();
  return {
    headers: { [askHeader]: asked },
    /** The first message to send; null where what answers is not the core. */
    reply(headers) {
      const [own = "", proof = ""] = String(headers[proofHeader] ?? "").split(".");
      return same(proof, mark(secret, "core", port, asked, own)) ? mark(secret, "client", port, asked, own) : null;
    },
  };
}

function makeNumber(): string {
  return randomBytes(32).toString("base64url");
}

function mark(secret: string, who: "core" | "client", port: number, asked: string, own: string): string {
  return createHmac("sha256", secret).update(`${who} ${port} ${asked} ${own}`).digest("base64url");
}

/** Compares without telling by its time how much was right. */
export function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
