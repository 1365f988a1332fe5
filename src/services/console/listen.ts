import type { Clock } from "../../lib/clock.ts";
import { type Heard, judgeBytes } from "../../station/serial/guess.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";

const enough = 512;
/** How long a speed is listened to, milliseconds. */
const listenMs = 1500;

/** Opens a port, listens for a while or until enough came, and closes it; sends nothing.
 * @throws FailureError unavailable */
export async function listenAt(open: OpenSerial, port: string, settings: SerialSettings, clock: Clock): Promise<Heard> {
  const opened = await open(port, settings);
  const pieces: Uint8Array[] = [];
  let count = 0;
  await new Promise<void>((resolve) => {
    const timer = clock.after(listenMs, resolve);
    const end = () => {
      timer.stop();
      resolve();
    };
    opened.listen({
      data(bytes) {
        pieces.push(bytes);
        count += bytes.length;
        if (count >= enough) end();
      },
      closed: end,
    });
  });
  await opened.dispose();
  return judgeBytes(Buffer.concat(pieces).subarray(0, enough));
}
