import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { SerialSettings } from "../../../station/serial/ports.ts";
import type { OpenPort, PortSignals } from "../port.ts";
import { portOver } from "./stream-port.ts";
import { answerOffset, comPort, comPortCommand, escapeTelnet, TelnetReader, telnetOpening } from "./telnet.ts";

const connectMs = 10_000;
/** How long nothing may come before the system asks whether the far end is there: a cable that is pulled says nothing. */
const aliveMs = 10_000;
const agreeMs = 5_000;
/** How long what is on its way may take to leave, once the port is closed: a far end that reads nothing would hold it for ever. */
const leaveMs = 1_000;

/** A place on the network that is a port. */
export type NetworkPlace = { kind: "tcp" | "rfc2217"; host: string; port: number };

/** Reads tcp://host:port and rfc2217://host:port; null for what is neither. */
export function networkPlace(path: string): NetworkPlace | null {
  const match = /^(tcp|rfc2217):\/\/(\[[0-9a-f:.]+(?:%[\w.-]+)?\]|[^:/\s]+):(\d{1,5})\/?$/i.exec(path);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65_535) return null;
  const host = (match[2] ?? "").replace(/^\[|\]$/g, "");
  return { kind: match[1]?.toLowerCase() === "tcp" ? "tcp" : "rfc2217", host, port };
}

/** Opens a port over the network: bytes as they are, or with the far port's settings (RFC 2217).
 * @throws Error what the system says
 * @throws FailureError unavailable, when the far end is no such port */
export async function openNetworkPort(path: string, place: NetworkPlace, settings: SerialSettings): Promise<OpenPort> {
  const socket = await dial(place);
  const close = () => leave(socket);
  if (place.kind === "tcp") return portOver({ path, settings, stream: socket, close });
  try {
    const { reader, early } = await agree(path, socket, settings);
    const decode = (bytes: Uint8Array) => reader.read(bytes);
    const signal = async (signals: PortSignals) => {
      for (const value of controlsOf(signals)) socket.write(comPortCommand(comPort.control, [value]));
    };
    return portOver({ path, settings, stream: socket, encode: escapeTelnet, decode, early, signal, close });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function leave(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = Promise.withResolvers<void>();
  socket.once("close", () => closed.resolve());
  const late = setTimeout(() => socket.destroy(), leaveMs);
  socket.destroySoon();
  await closed.promise;
  clearTimeout(late);
}

async function dial({ host, port }: NetworkPlace): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: aliveMs });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(connectMs) });
    return socket;
  } catch (error) {
    socket.on("error", () => undefined);
    socket.destroy();
    if (error instanceof Error && error.name === "AbortError") throw new Error(`ETIMEDOUT ${host}:${port}`);
    throw error;
  }
}

const parities: Record<SerialSettings["parity"], number> = { none: 1, odd: 2, even: 3, mark: 4, space: 5 };
const stops: Record<string, number> = { 1: 1, 2: 2, 1.5: 3 };
const flows: Record<SerialSettings["flow"], number> = { none: 1, xonxoff: 2, rtscts: 3 };

/** SET-CONTROL's values for break, DTR and RTS (RFC 2217, 3). */
function controlsOf({ held, dtr, rts }: PortSignals): number[] {
  return [held ? 5 : 6, dtr ? 8 : 9, rts ? 11 : 12];
}

/** Tells the far port how it is to be set, and waits for its word on the speed (RFC 2217, 3). */
async function agree(
  path: string,
  socket: Socket,
  settings: SerialSettings,
): Promise<{ reader: TelnetReader; early: Uint8Array }> {
  const done = Promise.withResolvers<void>();
  const fail = (why: Words) => done.reject(failure("unavailable", why));
  const early: Uint8Array[] = [];
  const reader = new TelnetReader({
    reply: (bytes) => void socket.write(bytes),
    answer: (command, value) => {
      if (command !== answerOffset + comPort.baudRate) return;
      const [a = 0, b = 0, c = 0, d = 0] = value;
      const said = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      if (said === settings.baudRate) done.resolve();
      else fail(words("port-far-speed", { port: path, baud: said }));
    },
    refused: () => fail(words("port-far-refused", { port: path })),
  });
  const listen = (chunk: Buffer) => {
    const bytes = reader.read(chunk);
    if (bytes.length > 0) early.push(bytes);
  };
  const ended = () => fail(words("port-far-left", { port: path }));
  const late = setTimeout(() => fail(words("port-far-silent", { port: path })), agreeMs);
  socket.on("data", listen);
  socket.once("close", ended);
  socket.on("error", ended);
  const { baudRate, dataBits, parity, stopBits, flow } = settings;
  const speed = [baudRate >>> 24, (baudRate >>> 16) & 255, (baudRate >>> 8) & 255, baudRate & 255];
  socket.write(telnetOpening());
  socket.write(comPortCommand(comPort.baudRate, speed));
  socket.write(comPortCommand(comPort.dataSize, [dataBits]));
  socket.write(comPortCommand(comPort.parity, [parities[parity]]));
  socket.write(comPortCommand(comPort.stopSize, [stops[String(stopBits)] ?? 1]));
  socket.write(comPortCommand(comPort.control, [flows[flow]]));
  try {
    await done.promise;
  } finally {
    clearTimeout(late);
    socket.pause();
    socket.off("data", listen);
    socket.off("close", ended);
  }
  return { reader, early: Buffer.concat(early) };
}
