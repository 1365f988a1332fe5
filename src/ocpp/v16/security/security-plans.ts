import type { JsonObject } from "../../../lib/json.ts";
import type { SecurityCommand, SecurityFacts } from "../../../station/commands.ts";
import { words } from "../../../station/phrases.ts";
import type { Plan } from "../../dialect.ts";
import { asNumber, objects, text } from "../../read.ts";

/** The commands that bring a 1.6 station to another profile: it leaves by itself and comes back (whitepaper, A05). */
export const profileChange16 = ["set-security-profile"] as const;

/** The requests of guarded procedures (security whitepaper, edition 3, A01 and A05). */
export function planSecurity16(command: SecurityCommand): Plan {
  switch (command.name) {
    case "read-security":
      return { action: "GetConfiguration", payload: { key: ["SecurityProfile"] } };
    case "set-password":
      return planPassword(command);
    case "set-security-profile":
      return change("SecurityProfile", String(command.profile));
    case "prefer-network-profile":
      return { unsupported: words("no-network-profiles") };
  }
}

/** AuthorizationKey: 16 to 40 characters, or 16 to 20 bytes as 32 to 40 hex digits (OCPP-J 1.6, 6.2). */
function planPassword({ password, form }: Extract<SecurityCommand, { name: "set-password" }>): Plan {
  const length = password.length;
  if (form === "hex" && !/^([0-9a-f]{2}){16,20}$/i.test(password)) {
    return { unsupported: words("key-digits", { length }) };
  }
  if (length < 16 || length > 40) {
    return { unsupported: words("password-length", { field: "AuthorizationKey", least: 16, most: 40, length }) };
  }
  return change("AuthorizationKey", password);
}

function change(key: string, value: string): Plan {
  return { action: "ChangeConfiguration", payload: { key, value } };
}

/** What the answer to read-security tells. */
export function readSecurity16(answer: JsonObject): SecurityFacts {
  const entry = objects(answer, "configurationKey").find((item) => text(item, "key") === "SecurityProfile");
  const profile = asNumber(entry?.value);
  return profile === undefined ? {} : { profile };
}
