import { connect, type Socket } from "node:net";
import { connect as connectSecure } from "node:tls";

/** What a virtual station sends up. `stopAfter`: it gives up after so many bytes. */
export type Parcel = { name: string; bytes: Uint8Array; stopAfter?: number };

const patienceMs = 30_000;

/** Uploads by FTP as a station does: log in, EPSV, STOR (RFC 959, 2428); by FTPS with TLS from the first byte (RFC 4217 knows it, and
 * discourages it).
 * @throws where the server does not say that the file is there */
export async function uploadByFtp(url: URL, { bytes, stopAfter }: Parcel): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "ftps:";
  const port = Number(url.port || (secure ? 990 : 21));
  // It has no list of roots: it takes the certificate as it takes the central system's.
  const control = secure ? connectSecure({ port, host, rejectUnauthorized: false }) : connect(port, host);
  control.setTimeout(patienceMs, () => control.destroy(new Error("no answer")));
  let raw: Socket | null = null;
  try {
    const say = conversation(control);
    await say(null, 220);
    await say(`USER ${decodeURIComponent(url.username)}`, 331);
    await say(`PASS ${decodeURIComponent(url.password)}`, 230);
    await say("TYPE I", 200);
    if (secure) {
      await say("PBSZ 0", 200);
      await say("PROT P", 200);
    }
    const dataPort = /\|(\d{1,5})\|/.exec(await say("EPSV", 229))?.[1];
    raw = connect(Number(dataPort), host);
    // What goes wrong with it the server says on the control connection.
    raw.on("error", () => undefined);
    await say(`STOR ${decodeURIComponent(url.pathname)}`, 150);
    const data = secure ? connectSecure({ socket: raw, rejectUnauthorized: false }) : raw;
    data.on("error", () => undefined);
    if (stopAfter !== undefined) {
      await new Promise<void>((sent) => data.write(bytes.subarray(0, stopAfter), () => sent()));
      raw.resetAndDestroy();
      throw new Error("given up");
    }
    data.end(bytes);
    await say(null, 226);
    control.end("QUIT\r\n");
  } catch (error) {
    control.destroy();
    throw error;
  } finally {
    if (stopAfter !== undefined) raw?.destroy();
  }
}

/** Says a line, or none, and waits for the reply.
 * @returns the last line of it, which has the wanted code */
function conversation(control: Socket): (line: string | null, code: number) => Promise<string> {
  const lines = control.setEncoding("utf8")[Symbol.asyncIterator]() as AsyncIterator<string>;
  let rest = "";
  return async (line, code) => {
    if (line !== null) control.write(`${line}\r\n`);
    for (;;) {
      const reply = /^(?:.*\r\n)*?(\d{3}) .*\r\n/.exec(rest);
      if (reply) {
        rest = rest.slice(reply[0].length);
        if (Number(reply[1]) !== code) throw new Error(reply[0].trim());
        return reply[0];
      }
      const next = await lines.next();
      if (next.done) throw new Error("the server hung up");
      rest += next.value;
    }
  };
}
