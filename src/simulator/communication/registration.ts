import type { Clock, Timer } from "../../lib/clock.ts";
import type { PeerAnswer } from "../../ocpp/peer.ts";
import { integer, text } from "../../ocpp/read.ts";
import type { BootReason, Request, Speaker } from "../model.ts";

/** The station's standing with the central system: boots, repeats until accepted, then heartbeats. */
export type Registration = {
  readonly accepted: boolean;
  readonly status: "none" | "Accepted" | "Pending" | "Rejected";
  /** Power-up: the next link begins with a boot notification. */
  powerUp(reason: BootReason): void;
  linkUp(): void;
  linkDown(): void;
  /** Boots again on the central system's wish. */
  bootNow(): void;
  /** The heartbeat interval may have changed. */
  rearm(): void;
};

export type RegistrationOptions = {
  clock: Clock;
  speaker: Speaker;
  ask(request: Request): Promise<PeerAnswer>;
  /** Accepted for the first time since power-up. */
  onAccepted(): void;
  /** The link is back and the acceptance still stands. */
  onBack(): void;
  log(line: string): void;
};

/** Station seconds to the next boot notification when the answer names none. */
const defaultRetry = 60;

/** Makes the registration of a station that is switched off. */
export function createRegistration(options: RegistrationOptions): Registration {
  const { clock, speaker } = options;
  let status: Registration["status"] = "none";
  let reason: BootReason = "PowerUp";
  let linked = false;
  let timer: Timer | null = null;

  async function boot(why: BootReason): Promise<void> {
    timer?.stop();
    const answer = await options.ask(speaker.boot(why));
    if (answer.type === "closed") return;
    if (answer.type !== "result") {
      retry(defaultRetry);
      return;
    }
    const before = status;
    const said = text(answer.payload, "status");
    const seconds = integer(answer.payload, "interval") ?? 0;
    status = said === "Accepted" || said === "Pending" ? said : "Rejected";
    options.log(`boot: ${said ?? "no status"}, interval ${seconds} s`);
    if (status !== "Accepted") {
      retry(seconds > 0 ? seconds : defaultRetry);
      return;
    }
    if (seconds > 0) speaker.setHeartbeat(seconds);
    armHeartbeat();
    if (before === "Accepted") options.onBack();
    else options.onAccepted();
  }

  function retry(seconds: number): void {
    if (!linked) return;
    timer = clock.after(seconds * 1000, () => void boot(reason));
  }

  function armHeartbeat(): void {
    timer?.stop();
    timer = null;
    const seconds = speaker.knobs().heartbeatSeconds;
    if (!linked || status !== "Accepted" || seconds <= 0) return;
    timer = clock.after(seconds * 1000, () => {
      void options.ask(speaker.heartbeat());
      armHeartbeat();
    });
  }

  return {
    get accepted() {
      return status === "Accepted";
    },
    get status() {
      return status;
    },
    powerUp(why) {
      status = "none";
      reason = why;
    },
    linkUp() {
      linked = true;
      // A mere loss of the link is no reason to boot again (1.6 4.2; 2.0.1 B01).
      if (status === "Accepted") {
        armHeartbeat();
        options.onBack();
      } else void boot(reason);
    },
    linkDown() {
      linked = false;
      timer?.stop();
      timer = null;
    },
    bootNow() {
      void boot("Triggered");
    },
    rearm() {
      // Until it is accepted the timer is that of the next boot.
      if (status === "Accepted") armHeartbeat();
    },
  };
}
