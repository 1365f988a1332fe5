import type { SerialSettings } from "../../../station/serial/ports.ts";
import type { OpenPort, PortSignals, SerialBinding, SerialStream } from "../port.ts";
import { portOver } from "./stream-port.ts";

const lookMs = 500;

/** The library reads on for ever, and tells nobody, where an adapter is pulled out while it reads and has nothing: a port that is gone reads
 * as empty. What it is set to cannot be asked of it any more, which tells (Linux; the other systems do not answer that). */
function closeIfGone(stream: SerialStream): void {
  stream.port?.getBaudRate().catch((error: unknown) => {
    if (stream.port && /input\/output error|no such device/i.test(String(error))) stream.close(() => undefined);
  });
}

/** Opens a port of this laptop. DTR and RTS stay as they are: many boards restart when one of them moves.
 * @throws Error what the library says */
export async function openLocalPort(path: string, settings: SerialSettings, binding: SerialBinding): Promise<OpenPort> {
  const { baudRate, dataBits, parity, stopBits, flow } = settings;
  const stream = binding.create({
    path,
    baudRate,
    dataBits,
    parity,
    stopBits,
    rtscts: flow === "rtscts",
    xon: flow === "xonxoff",
    xoff: flow === "xonxoff",
    hupcl: false,
    autoOpen: false,
  });
  await new Promise<void>((resolve, reject) => stream.open((error) => (error ? reject(error) : resolve())));
  const looking = setInterval(() => closeIfGone(stream), lookMs);
  looking.unref();
  stream.once("close", () => clearInterval(looking));
  const close = () => new Promise<void>((resolve) => stream.close(() => resolve()));
  const signal = ({ dtr, rts, held }: PortSignals) =>
    new Promise<void>((resolve, reject) =>
      stream.set({ dtr, rts, brk: held }, (error) => (error ? reject(error) : resolve())),
    );
  return portOver({ path, settings, stream, signal, close });
}
