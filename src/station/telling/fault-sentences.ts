import type { FaultInjected, ForwardChanged } from "../events.ts";
import type { Fault } from "../faults.ts";
import { maybe, type Sentence, type SentenceKey, say } from "./sentence.ts";

/** A fault on purpose in words. */
export function tellFault(fault: Fault): Sentence {
  switch (fault.kind) {
    case "delay":
      return say("faultDelay", { time: { set: fault.ms } });
    case "silence":
      return say("faultSilence");
    case "error":
      return say("faultError", { code: fault.code });
    case "drop":
      return fault.everySeconds === undefined
        ? say("faultDrop")
        : say("faultDropEvery", { time: { set: fault.everySeconds * 1000 } });
    case "time":
      return say("faultTime", { time: { set: fault.offsetSeconds * 1000 } });
    case "refuse":
      return say("faultRefuse");
  }
}

/** The messages that it is for, where it is not for all. */
export function faultDetails(fault: Fault): Sentence[] {
  return "actions" in fault && fault.actions ? maybe("faultActions", fault.actions.join(", ")) : [];
}

export const injected = {
  on: "faultOn",
  off: "faultOff",
  over: "faultOver",
  once: "faultOnce",
} as const satisfies Record<FaultInjected["state"], SentenceKey>;

export const forwarded = {
  on: "forwardOn",
  off: "forwardOff",
  connected: "forwardConnected",
  away: "forwardAway",
} as const satisfies Record<ForwardChanged["state"], SentenceKey>;
