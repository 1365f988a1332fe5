import type { Handlers } from "../../lib/contract.ts";
import { likelihood, localAddresses, stationUrl } from "../../transports/addresses.ts";
import type { ServiceContext } from "../context.ts";
import type { CoreStatus, connectionContract, OwnAddress } from "./contract.ts";
import { selfTest } from "./self-test.ts";

/** What only the core that wires everything knows. */
export type Host = {
  version: string;
  startedAt: number;
  dataFolder: string;
  listening: () => CoreStatus["listening"];
  newLink: () => string | null;
};

const watchMs = 2000;

/** Handlers of the connection: where the core listens, and under which addresses it is reached. */
export function connectionHandlers(
  { clock, recorder }: ServiceContext,
  host: Host,
): Handlers<typeof connectionContract> {
  function status(): CoreStatus {
    const listening = host.listening();
    const value: CoreStatus = {
      version: host.version,
      startedAt: host.startedAt,
      dataFolder: host.dataFolder,
      listening,
      addresses: ownAddresses(listening),
    };
    if (recorder.trouble !== null) value.storeProblem = recorder.trouble;
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
      const listening = recorder.problem.on(tell);
      return {
        snapshot: last,
        close() {
          timer.stop();
          void listening.dispose();
        },
      };
    },
    "connection.selfTest": () => selfTest(ownAddresses(host.listening())),
    "connection.link": () => ({ url: host.newLink() }),
  };
}

/** The addresses that lead to where the core listens. */
function ownAddresses(listening: CoreStatus["listening"]): OwnAddress[] {
  return listening.flatMap(({ host, port }) =>
    localAddresses()
      .filter(({ address, family }) => {
        if (host === "::") return true;
        if (host === "0.0.0.0") return family === 4;
        return host === address || (host === "localhost" && address === "127.0.0.1");
      })
      .map((own) => ({ ...own, likelihood: likelihood(own), url: stationUrl(own.address, own.family, port) })),
  );
}
