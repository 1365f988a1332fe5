import { connect, type Socket } from "node:net";

/** What a virtual station sends up. `stopAfter`: it gives up after so many bytes. */
export type Parcel = { name: string; bytes: Uint8Array; stopAfter?: number };

const patienceMs = 30_000;

/** Uploads by FTP as a station does: log in, EPSV, STOR (RFC 959, 2428).
 * @throws where the server does not say that the file is there */
export async function uploadByFtp(url: URL, { bytes, stopAfter }: Parcel): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const control = connect(Number(url.port || 21), host);
  control.setTimeout(patienceMs, () => control.destroy(new Error("no answer")));
  let data: Socket | null = null;
  try {
    const say = conversation(control);
    await say(null, 220);
    await say(`USER ${decodeURIComponent(url.username)}`, 331);
    await say(`PASS ${decodeURIComponent(url.password)}`, 230);
    await say("TYPE I", 200);
    const port = /\|(\d{1,5})\|/.exec(await say("EPSV", 229))?.[1];
    data = connect(Number(port), host);
    // What goes wrong with it the server says on the control connection.
    data.on("error", () => undefined);
    await say(`STOR ${decodeURIComponent(url.pathname)}`, 150);
    if (stopAfter !== undefined) {
      const half = data;
      await new Promise<void>((sent) => half.write(bytes.subarray(0, stopAfter), () => sent()));
      half.resetAndDestroy();
      throw new Error("given up");
    }
    data.end(bytes);
    await say(null, 226);
    control.end("QUIT\r\n");
  } catch (error) {
    control.destroy();
    throw error;
  } finally {
    if (stopAfter !== undefined) data?.destroy();
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
