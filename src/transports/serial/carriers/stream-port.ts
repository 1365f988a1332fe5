import type { Duplex } from "node:stream";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { SerialSettings } from "../../../station/serial/ports.ts";
import type { OpenPort, PortListener, PortSignals } from "../port.ts";

export type StreamPortOptions = {
  path: string;
  settings: SerialSettings;
  stream: Duplex;
  /** What is said on the stream for these bytes; as they are by default. */
  encode?: (bytes: Uint8Array) => Uint8Array;
  /** What these bytes of the stream mean; as they are by default. */
  decode?: (bytes: Uint8Array) => Uint8Array;
  /** Bytes of the port that came while it was opened. */
  early?: Uint8Array;
  /** Sets DTR, RTS and break, where the carrier has them. */
  signal?: (signals: PortSignals) => Promise<void>;
  /** Ends the stream and waits until it is closed; also one that has ended by itself, or half. Never rejects. */
  close(): Promise<void>;
};

/** What the system says of a device that is not there any more; of one that we closed for that, as it was being written to. */
const noDevice = /input\/output error|no such device|bad file descriptor|\b(?:EIO|ENXIO|ENODEV|EBADF)\b/i;

/** An open port over a stream that is open already. */
export function portOver(options: StreamPortOptions): OpenPort {
  const { path, settings, stream, signal, encode = same, decode = same } = options;
  const pending = new Set<(why: Words) => void>();
  let listener: PortListener | null = null;
  let over: Words | null = null;
  let told = false;
  let ours = false;
  let held = false;
  let closing: Promise<void> | null = null;

  function tell(): void {
    if (told || ours || !listener || !over) return;
    told = true;
    listener.closed(over);
  }
  function end(why: Words): void {
    if (over) return;
    over = why;
    for (const reject of pending) reject(why);
    pending.clear();
    // What has ended at one side, or failed, may hold the port open still: an adapter that comes back would be another one.
    closing ??= options.close();
    tell();
  }
  const lost = ({ message }: Error) =>
    end(
      noDevice.test(message)
        ? words("port-gone", { port: path })
        : words("port-lost-by", { port: path, error: message }),
    );
  stream.on("error", lost);
  stream.on("end", () => end(words("port-hung-up", { port: path })));
  stream.on("close", () => end(words("port-gone", { port: path })));

  return {
    path,
    settings,
    get isOpen() {
      return over === null;
    },
    listen(given) {
      listener = given;
      if (options.early?.length) given.data(options.early);
      if (over) queueMicrotask(tell);
      stream.on("data", (chunk: Buffer) => {
        const bytes = decode(chunk);
        if (!ours && !over && bytes.length > 0) given.data(bytes);
      });
      // What was paused while it was opened does not flow by itself.
      if (!held) stream.resume();
    },
    write(bytes) {
      return new Promise((resolve, reject) => {
        const fail = (why: Words) => reject(failure("unavailable", why));
        if (over) return fail(over);
        pending.add(fail);
        stream.write(encode(bytes), (error) => {
          if (error) return lost(error);
          pending.delete(fail);
          resolve();
        });
      });
    },
    hold(wanted) {
      held = wanted;
      if (held) stream.pause();
      else if (listener) stream.resume();
    },
    ...(signal && {
      async signal(signals) {
        if (over) throw failure("unavailable", over);
        try {
          await signal(signals);
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error);
          throw failure("unavailable", over ?? words("port-no-signals", { port: path, error: said }));
        }
      },
    }),
    async dispose() {
      ours = true;
      end(words("port-closed", { port: path }));
      await closing;
    },
  };
}

function same(bytes: Uint8Array): Uint8Array {
  return bytes;
}
