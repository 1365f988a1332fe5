import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import { FailureError } from "../../../lib/contract.ts";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { english, words } from "../../../station/phrases.ts";

/** Why a transfer ended, with FTP's reply code. */
export class TransferError extends FailureError {
  readonly reply: number;

  constructor(reply: number, why: Words) {
    super("unavailable", english(why), undefined, why);
    this.reply = reply;
  }
}

/** TLS on a data connection. lftp begins it only after 150 was said. */
export function secureData(socket: Socket, secureContext: SecureContext): Promise<Socket> {
  const secured = new TLSSocket(socket, { isServer: true, secureContext });
  return new Promise((resolve, reject) => {
    secured.once("secure", () => resolve(secured));
    secured.on("error", reject);
    socket.once("close", () => reject(failure("unavailable", words("tls-left"))));
  });
}

/** The bytes of `socket` as they come, at the reader's pace; throws when it is reset, silent for `idleMs`, or sends more than `most`. */
export async function* readData(
  socket: Socket,
  most: number,
  idleMs: number,
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  socket.setTimeout(idleMs, () =>
    socket.destroy(failure("unavailable", words("upload-silent", { seconds: idleMs / 1000 }))),
  );
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    count.bytes += chunk.length;
    if (count.bytes > most) throw new TransferError(552, words("upload-room", { bytes: most }));
    yield chunk;
  }
}
