import type { Clock } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import { failure } from "../../station/failure.ts";
import { type Heard, judgeBytes } from "../../station/serial/guess.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";

const enough = 512;
/** How long a speed is listened to, milliseconds. */
const listenMs = 1500;

/** Opens a port, listens for a while or until enough came, and closes it; sends nothing.
 * @throws FailureError unavailable, also when it goes meanwhile: what was heard until then tells of no speed */
export async function listenAt(open: OpenSerial, port: string, settings: SerialSettings, clock: Clock): Promise<Heard> {
  const opened = await open(port, settings);
  const pieces: Uint8Array[] = [];
  let count = 0;
  const gone = await new Promise<Words | null>((resolve) => {
    const timer = clock.after(listenMs, () => resolve(null));
    const end = (why: Words | null) => {
      timer.stop();
      resolve(why);
    };
    opened.listen({
      data(bytes) {
        pieces.push(bytes);
        count += bytes.length;
        if (count >= enough) end(null);
      },
      closed: end,
    });
  });
  await opened.dispose();
  if (gone) throw failure("unavailable", gone);
  const heard = judgeBytes(Buffer.concat(pieces).subarray(0, enough));
  return opened.signal ? heard : { ...heard, plain: true };
}
