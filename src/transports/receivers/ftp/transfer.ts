import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";

/** Why a transfer ended, with FTP's reply code. */
export class TransferError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** TLS on a data connection. lftp begins it only after 150 was said. */
export function secureData(socket: Socket, secureContext: SecureContext): Promise<Socket> {
  const secured = new TLSSocket(socket, { isServer: true, secureContext });
  return new Promise((resolve, reject) => {
    secured.once("secure", () => resolve(secured));
    secured.on("error", reject);
    socket.once("close", () => reject(new Error("the data connection closed before TLS was agreed")));
  });
}

/** The bytes of `socket` as they come, at the reader's pace; throws when it is reset, silent for `idleMs`, or sends more than `most`. */
export async function* readData(
  socket: Socket,
  most: number,
  idleMs: number,
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  socket.setTimeout(idleMs, () => socket.destroy(new Error(`no bytes for ${idleMs / 1000} s`)));
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    count.bytes += chunk.length;
    if (count.bytes > most) throw new TransferError(552, `more than the ${most} bytes that there is room for`);
    yield chunk;
  }
}
