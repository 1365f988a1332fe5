import { stationUrl } from "../../transports/addresses.ts";
import type { ListenMode } from "../../transports/attempts/diagnose.ts";
import type { Listening, ListenPlace } from "../../transports/websocket/listeners.ts";
import type { Settings } from "../settings/contract.ts";

/** Where to listen, as a caller of the core says it. Without a port, that of the settings; port 0 picks one. */
export type ListenAt = { host: string; port?: number; mode?: ListenMode };

/** Where stations connect: what the caller says, or else what the settings say. */
export function placesOf(
  asked: ListenAt | readonly ListenAt[] | undefined,
  { port, listeners }: Pick<Settings, "port" | "listeners">,
): ListenPlace[] {
  if (asked !== undefined) {
    const list = "host" in asked ? [asked] : asked;
    return list.map((one) => ({ host: one.host, port: one.port ?? port, mode: one.mode ?? "both", nextFree: true }));
  }
  if (listeners.length > 0) return listeners;
  return [{ host: "0.0.0.0", port, mode: "both", nextFree: true }];
}

/** The same places with the ports that were picked the last time, where any would do. */
export function samePorts(
  asked: ListenAt | readonly ListenAt[] | undefined,
  ports: readonly number[],
): readonly ListenAt[] | undefined {
  if (asked === undefined) return undefined;
  const list = "host" in asked ? [asked] : asked;
  return list.map((one, index) => (one.port === 0 ? { ...one, port: ports[index] ?? 0 } : one));
}

/** The URL that this machine itself reaches each port at, ws where it takes both; the identity comes after the slash. */
export function ownUrls(listening: readonly Listening[]): string[] {
  return listening
    .filter(({ problem }) => problem === undefined)
    .map(({ host, port, mode }) => {
      const any = host === "0.0.0.0" || host === "::" || host === "";
      const name = any ? "127.0.0.1" : host;
      return stationUrl(name, name.includes(":") ? 6 : 4, port, mode === "wss");
    });
}
