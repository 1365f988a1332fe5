import { type Finding, finding, observed } from "../station/findings.ts";
import type { OcppVersion } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import type { Dialect } from "./dialect.ts";
import { v21, v201 } from "./v2/dialect.ts";
import { v16 } from "./v16/dialect.ts";

const dialects: Record<OcppVersion, Dialect> = { "1.6": v16, "2.0.1": v201, "2.1": v21 };

/** The dialect of a version. */
export function dialectOf(version: OcppVersion): Dialect {
  return dialects[version];
}

const bySubprotocol: Record<string, OcppVersion> = {
  "ocpp1.6": "1.6",
  "ocpp2.0.1": "2.0.1",
  "ocpp2.1": "2.1",
};

/** The subprotocol to agree on: the first in the station's own order that we speak (RFC 6455 4.2.2, OCPP-J 1.6 3.1.2).
 * Letter case is forgiven. Undefined when none fits. */
export function chooseSubprotocol(offered: readonly string[]): string | undefined {
  return offered.find((name) => Object.hasOwn(bySubprotocol, name.toLowerCase()));
}

/** The version spoken on a connection, with a finding where it had to be assumed. */
export function versionOf(
  subprotocol: string | undefined,
  offered: readonly string[],
): { version: OcppVersion; findings: Finding[] } {
  const version = subprotocol === undefined ? undefined : bySubprotocol[subprotocol.toLowerCase()];
  const expected = Object.keys(bySubprotocol).join(", ");
  if (version && subprotocol && Object.hasOwn(bySubprotocol, subprotocol)) return { version, findings: [] };
  if (version) {
    return { version, findings: [finding("unknown-subprotocol", "link", subprotocol, expected)] };
  }
  const found =
    offered.length === 0
      ? observed("no-subprotocol", "link", words("nothing"), expected)
      : finding("unknown-subprotocol", "link", offered.join(", "), expected);
  return { version: "1.6", findings: [found] };
}
