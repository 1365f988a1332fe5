import type { SerialSettings } from "../../../station/serial/ports.ts";
import type { OpenPort, PortSignals, SerialBinding } from "../port.ts";
import { portOver } from "./stream-port.ts";

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
  const close = () => new Promise<void>((resolve) => stream.close(() => resolve()));
  const signal = ({ dtr, rts, held }: PortSignals) =>
    new Promise<void>((resolve, reject) =>
      stream.set({ dtr, rts, brk: held }, (error) => (error ? reject(error) : resolve())),
    );
  return portOver({ path, settings, stream, signal, close });
}
