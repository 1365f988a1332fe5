import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { request as secureRequest } from "node:https";
import type { Spoken } from "../../lib/words.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { LocalAddress } from "../../transports/addresses.ts";
import type { AccessControl } from "../../transports/admission.ts";
import type { OwnAddress, SelfTestResult } from "./contract.ts";

const waitMs = 3000;
const prefix = "plugside-self-test-";

/** A name that no station has: the door lets it knock and makes no station of it. */
function selfTestIdentity(): string {
  return `${prefix}${randomBytes(6).toString("hex")}`;
}

/** True for the name of a self-test. */
export function isSelfTest(identity: string): boolean {
  return identity.startsWith(prefix);
}

/** An access control that lets self-tests through, whoever else it keeps out. */
export function letSelfTestsIn(accessControl: AccessControl): AccessControl {
  return {
    admit: (knock) =>
      isSelfTest(knock.identity) ? { allow: true, securityProfile: 0, causes: [] } : accessControl.admit(knock),
  };
}

/** Knocks at each of our own addresses as a station would, by ws and by wss where it takes both, with a WebSocket handshake. Any answer
 * of ours proves the way in; what a firewall does to others is not seen from here. */
export function selfTest(addresses: readonly OwnAddress[]): Promise<SelfTestResult[]> {
  return Promise.all(
    addresses.flatMap((own) => [own.urls.ws ?? [], own.urls.wss ?? []].flat().map((url) => knock({ ...own, url }))),
  );
}

/** Where to knock: a link-local IPv6 address leads nowhere without its zone, which Windows knows by its number and others by its name. */
export function hostOf(
  { address, family, linkLocal, network, scope }: LocalAddress,
  platform = process.platform,
): string {
  if (family !== 6 || !linkLocal) return address;
  return `${address}%${platform === "win32" ? (scope ?? network) : network}`;
}

function knock({ url, ...own }: OwnAddress): Promise<SelfTestResult> {
  const began = performance.now();
  const { port, protocol } = new URL(url);
  const secure = protocol === "wss:";
  const host = hostOf(own);
  return new Promise((resolve) => {
    const done = (result: { ok: true } | { ok: false; why: Spoken }) => {
      asked.destroy();
      resolve({ url, ms: Math.round(performance.now() - began), ...result });
    };
    const asked = (secure ? secureRequest : request)({
      host,
      family: own.family,
      port: port || (secure ? 443 : 80),
      // Whether the port answers is asked here, not whose certificate it shows.
      rejectUnauthorized: false,
      path: `/${selfTestIdentity()}`,
      timeout: waitMs,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        "sec-websocket-protocol": "ocpp1.6",
      },
    });
    asked.on("upgrade", () => done({ ok: true }));
    asked.on("response", () => done({ ok: true }));
    asked.on("timeout", () => done({ ok: false, why: words("no-answer-in-time", { seconds: waitMs / 1000 }) }));
    asked.on("error", (error: NodeJS.ErrnoException) => done({ ok: false, why: error.code ?? whyOf(error) }));
    asked.end();
  });
}
