import type { EventBody, EventKind, LinkClosed, StatusReported } from "../events.ts";
import type { LineFraming, Token } from "../model.ts";
import { closeCodeOf, closingOf } from "../phrases.ts";
import { problemError, shownToken } from "../views.ts";
import { command, outcomeDetails, results } from "./command-sentences.ts";
import { tellConsole } from "./console-sentences.ts";
import { faultDetails, forwarded, injected, tellFault } from "./fault-sentences.ts";
import { cut, maybe, place, type Sentence, type SentenceKey, say, type Told } from "./sentence.ts";

type Teller<K extends EventKind> = (event: Extract<EventBody, { kind: K }>) => Told;

/** A kind of event without a sentence does not compile. */
const tellers: { [K in EventKind]: Teller<K> } = {
  "link-opened": tellOpened,
  "link-closed": (event) => {
    const code = closeCodeOf(event);
    return {
      main: say(closedBy[event.cause]),
      more: [
        ...(code === undefined ? [] : [say("closeCode", { code })]),
        ...(event.reason === "" ? [] : [say("quoted", { text: closingOf(event.reason) })]),
      ],
    };
  },
  booted: (event) => {
    const who = [event.info.vendor, event.info.model].filter((part) => part !== undefined && part !== "").join(" ");
    return {
      main:
        who === "" ? say("booted", { answered: event.answered }) : say("bootedAs", { who, answered: event.answered }),
      more: [
        ...maybe("bootReason", event.reason),
        ...maybe("firmware", event.info.firmwareVersion),
        ...maybe("serial", event.info.serialNumber ?? event.info.boxSerialNumber),
      ],
    };
  },
  identified: ({ info }) => {
    const who = [info.vendor, info.model].filter(Boolean).join(" ");
    return {
      main: who === "" ? say("identifiedInPart") : say("identified", { who }),
      more: [...maybe("firmware", info.firmwareVersion), ...maybe("serial", info.serialNumber)],
    };
  },
  heartbeat: () => ({ main: say("heartbeat"), more: [] }),
  status: tellStatus,
  sampled: (event) => ({
    main: say("sampled", {
      place: place(event.evse, event.connector),
      count: event.groups.reduce((sum, group) => sum + group.samples.length, 0),
    }),
    more: maybe("transaction", event.transaction),
  }),
  "transaction-started": (event) => ({
    main: say("transactionStarted", { id: event.id, place: place(event.evse, event.connector) }),
    more: [
      ...card(event.token),
      ...maybe("tokenStatus", event.tokenStatus),
      ...maybe("chargingState", event.chargingState),
      ...maybe("trigger", event.trigger),
      ...(event.meterStart === undefined ? [] : [say("register", { energy: { wattHours: event.meterStart } })]),
      ...(event.offline ? [say("toldLater")] : []),
    ],
  }),
  "transaction-updated": (event) => ({
    main: event.chargingState
      ? say("transactionState", { id: event.id, state: { state: event.chargingState } })
      : say("transactionUpdated", { id: event.id }),
    more: [...maybe("trigger", event.trigger), ...card(event.token), ...(event.offline ? [say("toldLater")] : [])],
  }),
  "transaction-ended": (event) => ({
    main: event.reason
      ? say("transactionEndedBecause", { id: event.id, reason: event.reason })
      : say("transactionEnded", { id: event.id }),
    more: [
      ...card(event.token),
      ...maybe("trigger", event.trigger),
      ...(event.meterStop === undefined ? [] : [say("register", { energy: { wattHours: event.meterStop } })]),
      ...(event.offline ? [say("toldLater")] : []),
    ],
  }),
  token: (event) => ({
    main: say("token", { token: shownToken(event.token), decision: event.decision }),
    more: [
      ...maybe("inMessage", event.source),
      ...maybe("tokenType", event.token.type),
      ...maybe("group", event.group),
      ...maybe("expiry", event.expiry),
    ],
  }),
  "firmware-status": (event) => ({
    main: say("firmwareStatus", { status: event.status }),
    more: request(event.requestId),
  }),
  "diagnostics-status": (event) => ({
    main: say("diagnosticsStatus", { status: event.status }),
    more: request(event.requestId),
  }),
  "security-event": (event) => ({
    main: say("securityEvent", { type: event.type }),
    more: event.techInfo ? [say("quoted", { text: event.techInfo })] : [],
  }),
  "device-event": (event) => ({
    main: say(event.cleared ? "deviceEventCleared" : "deviceEvent", {
      component: event.component,
      variable: event.variable,
      value: event.value,
    }),
    more: [
      ...(event.evse === undefined ? [] : [place(event.evse, event.connector)]),
      ...maybe("trigger", event.trigger),
      ...maybe("techCode", event.techCode),
      ...(event.techInfo ? [say("quoted", { text: event.techInfo })] : []),
    ],
  }),
  variables: (event) => ({
    main: say("variables", { count: event.variables.length }),
    more: [
      ...request(event.requestId),
      ...(event.part === undefined ? [] : [say("part", { part: event.part + 1 })]),
      ...(event.last ? [] : [say("moreFollows")]),
    ],
  }),
  configuration: (event) => ({
    main: say("configuration", { count: event.keys.length }),
    more: event.unknown.length > 0 ? [say("unknownKeys", { keys: event.unknown.join(", ") })] : [],
  }),
  "signing-requested": (event) => ({
    main: say("signingRequested", { answered: event.answered }),
    more: maybe("certificateType", event.certificateType),
  }),
  "certificates-listed": (event) => ({
    main: say("certificatesListed", { count: event.installed.length }),
    more: event.uses ? maybe("certificateType", event.uses.join(", ")) : [],
  }),
  "fault-injected": (event) => ({
    main: say(injected[event.state], { fault: tellFault(event.fault) }),
    more: faultDetails(event.fault),
  }),
  "own-clock-set": ({ byMs, orSlept }) => ({
    main: say(orSlept ? "ownClockOrSleep" : byMs > 0 ? "ownClockForward" : "ownClockBack", {
      by: { milliseconds: Math.abs(byMs) },
    }),
    more: [],
  }),
  "console-boot": tellConsole,
  "console-fault": tellConsole,
  "console-noted": ({ port, note }) => ({ main: say("consoleNoted", { port, note }), more: [] }),
  "console-heard": ({ port }) => ({ main: say("consoleHeard"), more: [say("onConsole", { port })] }),
  "forward-changed": (event) => ({
    main: say(forwarded[event.state], { url: event.url }),
    more: [
      ...(event.why === undefined ? [] : [say("why", { value: { upstream: event.why } })]),
      ...(event.detail ? [say("quoted", { text: event.detail })] : []),
    ],
  }),
  "vendor-message": (event) => ({
    main: say("vendorMessage", {
      vendor: [event.vendorId, event.messageId].filter((part) => part !== undefined && part !== "").join(" "),
      answered: event.answered,
    }),
    more: event.data ? [say("quoted", { text: cut(event.data) })] : [],
  }),
  "reservation-over": ({ reservation, why }) => ({ main: say("reservationOver", { reservation, why }), more: [] }),
  noticed: (event) => ({
    main:
      event.summary === ""
        ? say("noticed", { action: event.action })
        : say("noticedWith", { action: event.action, summary: event.summary }),
    more: [],
  }),
  "command-sent": (event) => ({ main: say("commandSent", { command: command(event.name, event.args) }), more: [] }),
  "command-done": (event) => ({
    main: say("commandDone", { command: command(event.name, {}), result: say(results[event.outcome.result]) }),
    more: outcomeDetails(event.outcome),
  }),
  found: (event) => ({
    main: wholeFrame.has(event.finding.where)
      ? say("foundAlone", { rule: { rule: event.finding.rule } })
      : say("found", { rule: { rule: event.finding.rule }, where: { place: event.finding.where } }),
    more: [
      ...(event.finding.said === "" ? [] : [say("said", { text: cut(event.finding.said) })]),
      ...maybe("expected", event.finding.expected),
    ],
  }),
};

/** Places that say no more than the rule does. */
const wholeFrame = new Set(["frame", "link"]);

/** The sentence for an event.
 * @param lastedMs how long the problem lasted whose end it is, where that is known */
export function tell(event: EventBody, lastedMs?: number): Told {
  if (event.kind === "device-event" && lastedMs !== undefined) {
    const where = place(event.evse ?? 0, event.connector);
    const { code = "" } = problemError({ ...event, code: event.techCode, info: event.techInfo });
    return { main: say("faultCleared", { place: where, code, time: { milliseconds: lastedMs } }), more: [] };
  }
  const teller = tellers[event.kind] as (event: EventBody) => Told;
  return teller(event);
}

function tellStatus(event: StatusReported): Told {
  const where = place(event.evse, event.connector);
  return {
    main: event.errorCode
      ? say(event.status === "Faulted" ? "statusFaulted" : "statusError", {
          place: where,
          status: { state: event.status },
          code: event.errorCode,
        })
      : say("status", { place: where, status: { state: event.status } }),
    more: [
      ...maybe("vendorError", event.vendorErrorCode),
      ...(event.info ? [say("quoted", { text: cut(event.info) })] : []),
    ],
  };
}

function tellOpened({ ocpp, via }: Extract<EventBody, { kind: "link-opened" }>): Told {
  if (via.kind === "modbus") {
    const { port, unit, profile, baudRate, frame } = via;
    return {
      main: say("linkOpenedModbus", { port, unit }),
      more: [
        say("modbusProfile", { profile }),
        ...(baudRate === undefined || frame === undefined ? [] : [say("lineSettings", { baud: baudRate, frame })]),
      ],
    };
  }
  if (via.kind === "console") {
    const { port, profile, baudRate, frame } = via;
    return {
      main: say("linkOpenedConsole", { port }),
      more: [say("modbusProfile", { profile }), say("lineSettings", { baud: baudRate, frame })],
    };
  }
  if (via.kind === "serial") {
    const { port, baudRate, frame, framing } = via;
    return {
      main: say("linkOpenedSerial", { port, ocpp: ocpp ?? "?" }),
      more: [
        say("lineSettings", { baud: baudRate, frame }),
        say(framingKeys[framing]),
        ...(via.guessed ? [say("versionGuessed")] : []),
      ],
    };
  }
  return {
    main: say(via.secure ? "linkOpenedSecure" : "linkOpened", {
      address: via.remoteAddress,
      ocpp: ocpp ?? "?",
    }),
    more: [
      say("securityProfile", { profile: via.securityProfile }),
      ...(via.subprotocol === undefined ? [say("noSubprotocol")] : []),
    ],
  };
}

const framingKeys = {
  lines: "framingLines",
  length: "framingLength",
  slip: "framingSlip",
  cobs: "framingCobs",
} as const satisfies Record<LineFraming, SentenceKey>;

const closedBy = {
  station: "closedByStation",
  replaced: "closedReplaced",
  "ping-unanswered": "closedPing",
  "over-limit": "closedOverLimit",
  "slow-frame": "closedSlowFrame",
  "protocol-error": "closedProtocolError",
  "not-reading": "closedNotReading",
  shutdown: "closedShutdown",
  lost: "closedLost",
  unplugged: "closedUnplugged",
  silent: "closedSilent",
  asked: "closedAsked",
  fault: "closedFault",
  "own-change": "closedOwnChange",
  "own-end": "closedOwnEnd",
} as const satisfies Record<LinkClosed["cause"], SentenceKey>;

function card(token: Token | undefined): Sentence[] {
  return maybe("card", token && shownToken(token));
}

function request(id: number | string | undefined): Sentence[] {
  return id === undefined ? [] : [say("request", { id })];
}
