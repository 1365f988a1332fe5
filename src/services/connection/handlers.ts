import type { Bugs } from "../../lib/bugs.ts";
import type { Handlers } from "../../lib/contract.ts";
import type { Attempt } from "../../station/attempts.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { AttemptsRepository } from "../../store/attempts.ts";
import type { Notices } from "../../store/notices.ts";
import type { LocalAddress } from "../../transports/addresses.ts";
import type { AttemptTracker } from "../../transports/attempts/tracker.ts";
import type { ServiceContext } from "../context.ts";
import type { CoreStatus, connectionContract, PortReport } from "./contract.ts";
import type { Firewall } from "./firewall/firewall.ts";
import { ownAddresses } from "./own-addresses.ts";
import { selfTest } from "./self-test.ts";

/** What only the core that wires everything knows. */
export type Host = {
  version: string;
  startedAt: number;
  dataFolder: string;
  logFile?: string;
  listening: () => CoreStatus["listening"];
  secure: () => boolean;
  attempts: { tracker: AttemptTracker; repository: AttemptsRepository };
  newLink: () => string | null;
  stop: () => void;
  bugs: Bugs;
  startedAgain: boolean;
  notices: Notices;
  firewall: Firewall;
  /** This laptop's addresses, the likeliest first. */
  addresses: () => LocalAddress[];
};

const watchMs = 2000;

/** Handlers of the connection: where the core listens, and under which addresses it is reached. */
export function connectionHandlers(
  { clock, recorder }: ServiceContext,
  host: Host,
): Handlers<typeof connectionContract> {
  const { tracker, repository } = host.attempts;

  function port(): PortReport {
    const listening = host.listening();
    const attempts = tracker.recent().reverse();
    const own = new Set(host.addresses().map(({ address }) => address));
    return {
      open: listening.some(({ problem }) => problem === undefined),
      listening,
      addresses: ownAddresses(listening, host.secure(), host.addresses()).filter(({ kind }) => kind !== "loopback"),
      lastFromOutside: attempts.find(({ remoteAddress }) => !own.has(withoutZone(remoteAddress))) ?? null,
      last: attempts[0] ?? null,
    };
  }

  function status(): CoreStatus {
    const listening = host.listening();
    const value: CoreStatus = {
      version: host.version,
      startedAt: host.startedAt,
      dataFolder: host.dataFolder,
      listening,
      secure: host.secure(),
      addresses: ownAddresses(listening, host.secure(), host.addresses()),
      notices: [...host.notices.list()],
    };
    if (host.logFile !== undefined) value.logFile = host.logFile;
    if (recorder.trouble !== null) value.storeProblem = recorder.trouble;
    if (host.startedAgain) value.startedAgain = true;
    if (host.bugs.first) value.bug = host.bugs.first;
    return value;
  }
  return {
    "connection.status": (_input, push) => {
      let last = status();
      const tell = () => {
        const next = status();
        if (JSON.stringify(next) === JSON.stringify(last)) return;
        last = next;
        push(next);
      };
      // No system tells of a changed network in the same way on all three; looking is cheap.
      const timer = clock.every(watchMs, tell);
      const listening = [recorder.problem.on(tell), host.bugs.met.on(tell), host.notices.changed.on(tell)];
      return {
        snapshot: last,
        close() {
          timer.stop();
          for (const one of listening) void one.dispose();
        },
      };
    },
    "connection.selfTest": () => selfTest(ownAddresses(host.listening(), host.secure(), host.addresses())),
    "connection.firewall": (_input, push) => {
      const listening = host.firewall.changed.on(push);
      void host.firewall.look();
      const networksNow = () => JSON.stringify(host.addresses().map(({ network, address }) => [network, address]));
      let networks = networksNow();
      const timer = clock.every(watchMs, () => {
        const now = networksNow();
        if (now === networks) return;
        networks = now;
        void host.firewall.look();
      });
      return {
        snapshot: host.firewall.last(),
        close() {
          timer.stop();
          void listening.dispose();
        },
      };
    },
    "connection.askFirewall": () => host.firewall.look(),
    "connection.attempts": (_input, push) => {
      const listening = tracker.changed.on((rows) => push(rows.map(withoutRaw)));
      return { snapshot: tracker.recent().map(withoutRaw), close: () => void listening.dispose() };
    },
    "connection.attempt": ({ id }) => {
      const attempt = tracker.get(id) ?? repository.get(id);
      if (!attempt) throw failure("not-found", words("no-attempt", { id }));
      return attempt;
    },
    "connection.port": port,
    "connection.noticeSeen": ({ id }) => {
      host.notices.remove(id);
      return null;
    },
    "connection.stop": () => {
      // The answer goes out first.
      clock.after(0, host.stop);
      return null;
    },
    "connection.link": () => ({ url: host.newLink() }),
  };
}

function withoutRaw({ raw: _raw, ...attempt }: Attempt): Attempt {
  return attempt;
}

/** An address of IPv6 as it stands among our own, without `%eth0`. */
function withoutZone(address: string): string {
  return address.split("%", 1)[0] ?? address;
}
