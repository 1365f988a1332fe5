import { type Readable, Transform } from "node:stream";

/** The same bytes, with how many have gone through told on the way. */
export function counted(from: Readable, tell: (bytes: number) => void): Readable {
  let count = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      tell(count);
      done(null, chunk);
    },
    destroy(error, done) {
      from.destroy();
      done(error);
    },
  });
  from.on("error", (error) => through.destroy(error));
  return from.pipe(through);
}
