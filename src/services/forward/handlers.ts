import type { Clock } from "../../lib/clock.ts";
import type { Handlers } from "../../lib/contract.ts";
import type { Forwarding } from "../../session/forward/forwarding.ts";
import type { ForwardRelay } from "../../session/forward/relay.ts";
import type { Registry } from "../../session/registry.ts";
import { failure } from "../../station/failure.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import { words } from "../../station/phrases.ts";
import type { Dial } from "../../transports/websocket/client.ts";
import type { ForwardSetup, ForwardState, ForwardTest, forwardContract } from "./contract.ts";
import { addressOf, tidySettings, toHeld } from "./logic.ts";

export type ForwardContext = {
  registry: Registry;
  forwarding: Forwarding;
  clock: Clock;
  dial: Dial;
  /** Bytes. */
  messageLimit: () => number;
};

/** Handlers of forward mode. */
export function forwardHandlers(context: ForwardContext): Handlers<typeof forwardContract> {
  const { registry, forwarding, clock } = context;

  function manOf(identity: string): ForwardRelay {
    const relay = forwarding.relay(registry.require(identity).identity);
    if (!relay) throw failure("conflict", words("not-forwarded", { identity }));
    return relay;
  }
  function setupOf(identity: string): ForwardSetup | null {
    const settings = forwarding.settings(identity);
    if (!settings) return null;
    return { ...settings, hasPassword: forwarding.hasPassword(identity), address: addressOf(settings.url, identity) };
  }
  function stateOf(identity: string): ForwardState {
    const { leg, rule, held } = forwarding.standing(identity);
    return { setup: setupOf(identity), leg, hold: rule, held: held.map(toHeld) };
  }
  function set(identity: string, settings: ForwardSettings, password?: string): ForwardSetup {
    const entry = registry.require(identity);
    const address = addressOf(settings.url, identity);
    forwarding.set(entry, settings, password);
    return { ...settings, hasPassword: forwarding.hasPassword(identity), address };
  }
  function waiting(found: boolean, seq: number): null {
    if (!found) throw failure("not-found", words("not-waiting", { seq }));
    return null;
  }

  return {
    "forward.state": ({ identity }, push) => {
      const listening = forwarding.changed.on((changed) => {
        if (changed === identity) push(() => stateOf(identity));
      });
      return { snapshot: stateOf(identity), close: () => void listening.dispose() };
    },
    "forward.set": ({ identity, password, ...settings }) => set(identity, tidySettings(settings), password),
    "forward.turn": ({ identity, on }) => {
      const settings = forwarding.settings(identity);
      if (!settings) throw failure("conflict", words("no-forward-place", { identity }));
      return set(identity, { ...settings, on });
    },
    "forward.test": ({ identity, password, subprotocol, ...rest }) => {
      const settings = tidySettings({ ...rest, on: false, whenAway: "silent" });
      const station = registry.get(identity)?.state.link.subprotocol;
      return test(identity, settings, subprotocol ?? station ?? "ocpp1.6", password);
    },
    "forward.dial": ({ identity }) => {
      manOf(identity).dial();
      return null;
    },
    "forward.hold": ({ identity, ...rule }) => {
      forwarding.hold(registry.require(identity).identity, rule);
      return null;
    },
    "forward.release": ({ identity, seq, text }) => waiting(manOf(identity).release(seq, text), seq),
    "forward.drop": ({ identity, seq }) => waiting(manOf(identity).drop(seq), seq),
    "forward.inject": ({ identity, to, text }) => {
      const relay = manOf(identity);
      if (to === "station") relay.injectDown(text);
      else if (!relay.injectUp(text)) throw failure("unavailable", words("above-away"));
      return null;
    },
  };

  /** Dials as the station would, and hangs up once it is open. The station's own credentials are known only while it is connected. */
  function test(identity: string, settings: ForwardSettings, subprotocol: string, password?: string) {
    const address = addressOf(settings.url, identity);
    const began = clock.monotonic();
    const ms = () => Math.round(clock.monotonic() - began);
    return new Promise<ForwardTest>((resolve) => {
      const socket = context.dial(
        {
          url: address,
          subprotocol,
          authorization: forwarding.authorization(identity, settings, password),
          ca: settings.ca,
          insecure: settings.insecure,
          messageLimit: context.messageLimit(),
        },
        {
          open(agreed) {
            resolve({ result: "open", address, subprotocol: agreed, ms: ms() });
            socket.close();
          },
          message: () => undefined,
          closed: (end) => resolve({ result: "failed", address, ms: ms(), ...end }),
        },
      );
    });
  }
}
