import type { Duplex } from "node:stream";

/** Stands between a socket and the WebSocket library: what comes goes to `take` first, and on from there.
 * @param stream the socket that the library was given; nothing else may listen to its data
 * @param take gets each chunk, and what hands bytes on to the library
 * @param ending nothing more comes; what is left can still be handed on
 * @throws Error when the library listens in another way than it does now */
export function tap(
  stream: Duplex,
  take: (chunk: Buffer, handOn: (bytes: Buffer) => void) => void,
  ending: () => void,
): void {
  const [library, ...others] = stream.listeners("data") as ((this: Duplex, chunk: Buffer) => void)[];
  if (!library || others.length > 0) throw new Error("the WebSocket library is expected to listen to its socket alone");
  let over = false;
  const handOn = (bytes: Buffer) => {
    if (!over && bytes.length > 0) library.call(stream, bytes);
  };
  stream.off("data", library);
  stream.on("data", (chunk: Buffer) => take(chunk, handOn));
  stream.prependListener("close", () => {
    ending();
    over = true;
  });
}
