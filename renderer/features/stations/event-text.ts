import type { TFunction } from "i18next";
import {
  type CommandName,
  type CommandOutcome,
  commandNames,
  type SecurityCommand,
  securityCommandNames,
} from "../../../src/station/commands.ts";
import type { StationEvent } from "../../../src/station/events.ts";
import { shownToken } from "../../../src/station/views.ts";
import { type Language, ruleText, spokenText } from "../../../src/words/spoken.ts";
import { durationText } from "../../ui/format/format.ts";
import { isStateName } from "../../ui/status.ts";
import { faultWords } from "../faults/words.ts";

/** The verb of a command, or its name where it is not ours. */
export function commandWord(t: TFunction, name: string): string {
  return isCommand(name) ? t(`stations.command.${name}`) : name;
}

function isCommand(name: string): name is CommandName | SecurityCommand["name"] {
  return ([...commandNames, ...securityCommandNames] as readonly string[]).includes(name);
}

function place(t: TFunction, evse: number | undefined): string {
  return evse ? t("stations.connector", { number: evse }).toLowerCase() : t("stations.whole").toLowerCase();
}

/** One event in a few words. */
export function eventText(t: TFunction, language: Language, event: StationEvent): string {
  switch (event.kind) {
    case "link-opened":
      return t("stations.event.link-opened", { address: event.remoteAddress });
    case "link-closed":
      return t("stations.event.link-closed", { cause: t(`stations.closed.${event.cause}`) });
    case "booted":
      return t("stations.event.booted", { answered: event.answered });
    case "status": {
      const word = isStateName(event.status) ? t(`common.status.${event.status}`) : event.status;
      const status = event.errorCode ? `${word}, ${event.errorCode}` : word;
      if (event.evse === 0) return t("stations.event.stationStatus", { status });
      return t("stations.event.status", { number: event.evse, status });
    }
    case "transaction-started":
      return t("stations.event.transaction-started", { number: place(t, event.evse) });
    case "transaction-updated":
    case "transaction-ended":
      return t(`stations.event.${event.kind}`, { id: event.id });
    case "token":
      return t("stations.event.token", { token: shownToken(event.token), decision: event.decision });
    case "firmware-status":
    case "diagnostics-status":
      return t(`stations.event.${event.kind}`, { status: event.status });
    case "security-event":
      return t("stations.event.security-event", { type: event.type });
    case "device-event":
      return t("stations.event.device-event", {
        component: event.component,
        variable: event.variable,
        value: event.value,
      });
    case "variables":
      return t("stations.event.variables", { count: event.variables.length });
    case "configuration":
      return t("stations.event.configuration", { count: event.keys.length });
    case "fault-injected":
      return t(`stations.event.fault.${event.state}`, { fault: faultWords(t, event.fault) });
    case "forward-changed":
      return t(`stations.event.forward.${event.state}`);
    case "certificates-listed":
      return t("stations.event.certificates-listed", { count: event.installed.length });
    case "vendor-message":
      return t("stations.event.vendor-message", { vendor: event.vendorId });
    case "noticed":
      return event.summary ? `${event.action}: ${spokenText(event.summary, language)}` : event.action;
    case "command-sent": {
      const command = commandWord(t, event.name);
      return t(event.args.by === "core" ? "stations.event.own-sent" : "stations.event.command-sent", { command });
    }
    case "command-done": {
      const result = t(`stations.result.${event.outcome.result}`);
      return t("stations.event.command-done", { command: commandWord(t, event.name), result });
    }
    case "found":
      return t("stations.event.found", { title: ruleText(event.finding.rule, language).title });
    case "own-clock-set":
      return t(event.byMs > 0 ? "stations.event.own-clock.forward" : "stations.event.own-clock.back", {
        by: durationText(Math.abs(event.byMs)),
      });
    case "heartbeat":
    case "sampled":
    case "signing-requested":
      return t(`stations.event.${event.kind}`);
  }
}

/** Why a command ended as it did: the station's own words as such, or ours; empty where nobody said. */
export function reasonText(t: TFunction, language: Language, { error, why }: CommandOutcome): string {
  const said = error ? `${error.code} ${error.description}`.trim() : why;
  if (!said) return "";
  return typeof said === "string"
    ? t("stations.outcome.why", { why: said })
    : `${upperFirst(spokenText(said, language))}.`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
