import ssh2, { type SFTPWrapper } from "ssh2";
import type { Parcel } from "./ftp.ts";

const patienceMs = 30_000;
/** What is written at a time: all servers take so much (draft-ietf-secsh-filexfer-02, 3). */
const piece = 32_768;

/** Uploads by SFTP as a station does: log in, whatever host key it is shown, open, write, close.
 * @throws where the server does not say that the file is there */
export async function uploadBySftp(url: URL, { bytes, stopAfter }: Parcel): Promise<void> {
  const client = new ssh2.Client();
  try {
    const sftp = await connected(client, url);
    const file = await answer<Buffer>((done) => sftp.open(decodeURIComponent(url.pathname), "w", done));
    const most = stopAfter ?? bytes.length;
    for (let at = 0; at < most; at += piece) {
      const length = Math.min(piece, most - at);
      await answer<void>((done) => sftp.write(file, Buffer.from(bytes), at, length, at, (error) => done(error)));
    }
    if (stopAfter !== undefined) throw new Error("given up");
    await answer<void>((done) => sftp.close(file, done));
    client.end();
  } finally {
    client.destroy();
  }
}

function connected(client: InstanceType<typeof ssh2.Client>, url: URL): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.on("error", reject).on("close", () => reject(new Error("the server hung up")));
    client.on("ready", () => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
    client.connect({
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: Number(url.port || 22),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      readyTimeout: patienceMs,
    });
  });
}

/** What a request of SFTP gives. */
function answer<T>(ask: (done: (error?: Error | null, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => ask((error, value) => (error ? reject(error) : resolve(value as T))));
}
