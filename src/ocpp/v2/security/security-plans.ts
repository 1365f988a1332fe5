import type { JsonObject } from "../../../lib/json.ts";
import type { SecurityCommand, SecurityFacts } from "../../../station/commands.ts";
import { words } from "../../../station/phrases.ts";
import type { Plan } from "../../dialect.ts";
import { asNumber, object, objects, text } from "../../read.ts";

/** The commands that bring a 2.x station to another profile (A05, B09, B10): the network profile is written beside the one in
 * use, preferred, and used from the next start. */
export const profileChange2 = ["set-security-profile", "prefer-network-profile", "reset"] as const;

/** What differs between the versions in them. */
export type SecurityForm = {
  /** OCPPVersionEnumType. */
  ocppVersion: string;
  /** Longest BasicAuthPassword. */
  longestPassword: number;
};

const communication = "OCPPCommCtrlr";
const messageTimeoutSeconds = 30;

/** The requests of guarded procedures. */
export function planSecurity2(command: SecurityCommand, form: SecurityForm): Plan {
  switch (command.name) {
    case "read-security": {
      const asked = [
        variable("SecurityCtrlr", "SecurityProfile"),
        variable(communication, "NetworkConfigurationPriority"),
      ];
      return { action: "GetVariables", payload: { getVariableData: asked } };
    }
    case "set-password": {
      const { length } = command.password;
      if (command.form === "hex") return { unsupported: words("password-not-hex") };
      if (length < 16 || length > form.longestPassword) {
        const most = form.longestPassword;
        return { unsupported: words("password-length", { field: "BasicAuthPassword", least: 16, most, length }) };
      }
      return set("SecurityCtrlr", "BasicAuthPassword", command.password);
    }
    case "set-security-profile":
      return {
        action: "SetNetworkProfile",
        payload: {
          configurationSlot: command.slot,
          connectionData: {
            ocppVersion: form.ocppVersion,
            ocppTransport: "JSON",
            ocppCsmsUrl: command.url,
            messageTimeout: messageTimeoutSeconds,
            securityProfile: command.profile,
            ocppInterface: "Wired0",
          },
        },
      };
    case "prefer-network-profile": {
      const slot = String(command.slot);
      const others = (command.before ?? "").split(",").map((other) => other.trim());
      // Those of before stay behind it: a station that fails with the first falls back by itself (B10.FR.03).
      const order = [slot, ...others.filter((other) => other !== "" && other !== slot)].join(",");
      return set(communication, "NetworkConfigurationPriority", order);
    }
  }
}

function variable(component: string, name: string): JsonObject {
  return { component: { name: component }, variable: { name } };
}

function set(component: string, name: string, attributeValue: string): Plan {
  return { action: "SetVariables", payload: { setVariableData: [{ ...variable(component, name), attributeValue }] } };
}

/** What the answer to read-security tells. */
export function readSecurity2(answer: JsonObject): SecurityFacts {
  const results = objects(answer, "getVariableResult");
  const value = (name: string) => {
    const found = results.find((result) => text(object(result, "variable"), "name") === name);
    return found && text(found, "attributeStatus") === "Accepted" ? text(found, "attributeValue") : undefined;
  };
  const facts: SecurityFacts = {};
  const profile = asNumber(value("SecurityProfile"));
  if (profile !== undefined) facts.profile = profile;
  const priority = value("NetworkConfigurationPriority");
  if (priority !== undefined) facts.priority = priority;
  return facts;
}
