import { type LocalAddress, likelihood, stationUrl } from "../../transports/addresses.ts";
import type { CoreStatus, OwnAddress } from "./contract.ts";

/** The addresses that lead to where the core listens, and what to type for each.
 * @param secure whether TLS is spoken, where a place takes it */
export function ownAddresses(
  listening: CoreStatus["listening"],
  secure: boolean,
  local: readonly LocalAddress[],
): OwnAddress[] {
  const open = listening.filter(({ problem }) => problem === undefined);
  return open.flatMap(({ host, port, mode }) =>
    local
      .filter(({ address, family }) => {
        if (host === "::") return true;
        if (host === "0.0.0.0") return family === 4;
        return host === address || (host === "localhost" && address === "127.0.0.1");
      })
      .map((own) => {
        const urls: OwnAddress["urls"] = {};
        if (mode !== "wss") urls.ws = stationUrl(own.address, own.family, port);
        if (mode !== "ws" && secure) urls.wss = stationUrl(own.address, own.family, port, true);
        const url = stationUrl(own.address, own.family, port, mode === "wss");
        return { ...own, likelihood: likelihood(own), url, urls };
      }),
  );
}
