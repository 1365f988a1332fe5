import type { Timer } from "../../lib/clock.ts";
import type { Link } from "../communication/link.ts";
import type { BootReason, Machine, StopCause } from "../model.ts";
import type { Charging } from "./charging.ts";

/** Power and restarts. */
export type Power = {
  /** Ends transactions, lets their messages out, and restarts. */
  restart(cause: Extract<StopCause, "soft-reset" | "hard-reset">): void;
  /** Restarts as soon as no transaction runs. */
  restartWhenIdle(): void;
  /** Carries out a restart that waited, when its time has come. */
  check(): void;
};

/** Station time in seconds: how long a soft reset waits for its messages to go out, and how long the station is away. */
const patience = 5;
const away = 8;

/** Makes the power switch of a station.
 * @param boot called when the station is back, with the reason it will give */
export function createPower(
  machine: Machine,
  charging: Charging,
  link: Pick<Link, "open" | "close">,
  boot: (reason: BootReason) => void,
): Power {
  const { clock, mail } = machine;
  let waiting: Timer | null = null;
  let idleWanted = false;

  function off(reason: BootReason): void {
    machine.powered = false;
    for (const outlet of machine.outlets) {
      // One may have begun in the last second.
      charging.end(outlet, "hard-reset");
      outlet.presented = null;
      outlet.told = null;
    }
    machine.log("restarts");
    link.close(false);
    machine.refresh();
    waiting = clock.after(away * 1000, () => {
      waiting = null;
      machine.speaker.restarted();
      machine.powered = true;
      boot(reason);
      link.open();
      machine.refresh();
    });
  }

  function offWhenSaid(reason: BootReason, giveUpAt: number): void {
    if (mail.queued === 0 || clock.now() >= giveUpAt) off(reason);
    else waiting = clock.after(500, () => offWhenSaid(reason, giveUpAt));
  }

  function check(): void {
    if (!idleWanted || machine.outlets.some((outlet) => outlet.transaction)) return;
    idleWanted = false;
    waiting = clock.after(1000, () => offWhenSaid("ScheduledReset", clock.now() + patience * 1000));
  }

  return {
    check,
    restart(cause) {
      if (!machine.powered) return;
      waiting?.stop();
      idleWanted = false;
      for (const outlet of machine.outlets) charging.end(outlet, cause);
      // A hard reset does not wait for its messages: they are queued, and go out after the boot.
      const wait = cause === "soft-reset" ? patience : 0;
      waiting = clock.after(1000, () => offWhenSaid("RemoteReset", clock.now() + wait * 1000));
    },
    restartWhenIdle() {
      idleWanted = true;
      check();
    },
  };
}
