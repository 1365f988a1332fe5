import type { Transform } from "node:stream";
import zlib from "node:zlib";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { ByteReader } from "../bytes/reader.ts";
import type { Bytes } from "../bytes/source.ts";

/** What may come of one piece before it is passed on. */
const burst = 8 * 1024 * 1024;
const pieceSize = 64 * 1024;

/** For the transforms of Node: what comes of them comes in pieces of this size, and not of 16 kB. */
export const inLargePieces = { chunkSize: 256 * 1024 };

/** Unpacks with a transform of Node's, and passes on all that came before an error: of a file that is cut off, the last words matter most.
 * @param onUnused is given what stands behind the end of what was packed, of the piece at hand; the rest of the input is not asked for
 * @throws what the transform says */
export async function* unpackWith(
  input: Bytes,
  transform: Transform & { bytesWritten: number },
  onUnused?: (unused: Buffer) => void,
): Bytes {
  let out: Buffer[] = [];
  let size = 0;
  let failed: Error | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const turn = () => wake?.();
  transform.on("data", (piece: Buffer) => {
    out.push(piece);
    size += piece.length;
    if (size < burst) return;
    transform.pause();
    turn();
  });
  transform.on("end", () => {
    ended = true;
    turn();
  });
  transform.on("error", (error) => {
    failed = error;
    turn();
  });
  async function* drained(work: (done: () => void) => void): Bytes {
    let worked = false;
    work(() => {
      worked = true;
      turn();
    });
    while (!worked && !failed && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (worked || failed || ended || size >= burst) resolve();
      });
      const full = out;
      out = [];
      size = 0;
      yield* full;
      transform.resume();
    }
    yield* out;
    out = [];
    size = 0;
    if (failed) throw failed;
  }
  try {
    let given = 0;
    for await (const piece of input) {
      given += piece.length;
      for (let at = 0; at < piece.length && !ended; at += pieceSize) {
        const part = piece.subarray(at, at + pieceSize);
        yield* drained((done) => transform.write(part, done));
      }
      if (ended) {
        onUnused?.(piece.subarray(piece.length - (given - transform.bytesWritten)));
        return;
      }
    }
    yield* drained((done) => transform.end(() => done()));
    // What the end itself gives comes after it was taken.
    while (!ended && !failed) yield* drained(() => undefined);
  } finally {
    transform.destroy();
  }
}

/** Unpacks zstd, where this Node knows it: of one frame, or of several behind each other.
 * @throws FailureError where it does not */
export async function* zstd(input: Bytes): Bytes {
  if (!zlib.createZstdDecompress) throw failure("invalid-input", words("log-packing-unknown", { packing: "zstd" }));
  const from = new ByteReader(input);
  for (let unused: Buffer | undefined = Buffer.alloc(0); unused; ) {
    from.putBack(unused);
    unused = undefined;
    yield* unpackWith(from.stream(), zlib.createZstdDecompress(inLargePieces), (rest) => {
      unused = rest.length > 0 ? rest : undefined;
    });
  }
  await from.close();
}

/** What is so small is unpacked at once, if no more than this comes of it: a stream for each of a hundred thousand entries is dear. */
const smallPacked = 32 * 1024;
const smallUnpacked = 1024 * 1024;

/** Unpacks what is deflated without a head, as in a zip.
 * @throws what the transform says */
export async function* inflate(input: Bytes): Bytes {
  const pieces = input[Symbol.asyncIterator]();
  const { value: first = Buffer.alloc(0) } = await pieces.next();
  const second = first.length <= smallPacked ? await pieces.next() : undefined;
  const whole = second?.done ? inflatedAtOnce(first) : undefined;
  if (whole) {
    yield whole;
    return;
  }
  async function* all() {
    yield first;
    if (second && !second.done) yield second.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  yield* unpackWith(all(), zlib.createInflateRaw(inLargePieces));
}

/** Undefined where it is too much, or damaged: a stream gives what can be had. */
function inflatedAtOnce(bytes: Buffer): Buffer | undefined {
  try {
    return zlib.inflateRawSync(bytes, { maxOutputLength: smallUnpacked });
  } catch {
    return undefined;
  }
}
