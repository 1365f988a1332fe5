import { randomUUID } from "node:crypto";
import ssh2 from "ssh2";
import type { FailureError } from "../../../../lib/contract.ts";
import { failure } from "../../../../station/failure.ts";
import type { SftpDestination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import { nameWithHash } from "../../names.ts";
import type { Delivered, Delivery, Sender, SenderTools } from "../sender.ts";
import { whatItSays } from "../web/why.ts";
import { openSftp } from "./connection.ts";
import { RemoteFiles, type SftpError } from "./files.ts";

const { STATUS_CODE } = ssh2.utils.sftp;

/** A folder of a server that is reached by SSH. A file is put under a name that is only a draft, gone on with where a link broke, and
 * moved to its own name once it is whole. */
export function sftpSender(destination: SftpDestination, tools: SenderTools): Sender {
  const { host, port, path } = destination;
  const folder = path.endsWith("/") ? path : `${path}/`;

  async function send(files: RemoteFiles, { file, from, sha256, progress }: Delivery): Promise<Delivered> {
    const name = folder + nameWithHash(file.name, sha256);
    const draft = `${folder}.plugside-${sha256.slice(0, 32)}.part`;
    const sent: Delivered = {
      place: `sftp://${host}:${port}${name.startsWith("/") ? "" : "/~/"}${name}`,
      proof: "size",
    };
    const there = (await files.sizeOf(draft)) ?? 0;
    if ((await files.sizeOf(name)) === file.bytes) {
      if (there > 0) await files.remove(draft);
      return sent;
    }
    await inFolder(files, () => files.upload(from, draft, file.bytes, there, progress));
    if ((await files.sizeOf(draft)) !== file.bytes)
      throw failure("unavailable", words("sent-differs-there", { place: sent.place }));
    await files.rename(draft, name);
    if ((await files.sizeOf(name)) !== file.bytes)
      throw failure("unavailable", words("sent-differs-there", { place: sent.place }));
    return sent;
  }

  async function inFolder(files: RemoteFiles, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if ((error as SftpError).code !== STATUS_CODE.NO_SUCH_FILE) throw error;
      await files.makeFolder(path);
      await work();
    }
  }

  async function test(files: RemoteFiles): Promise<void> {
    const name = `${folder}.plugside-test-${randomUUID()}`;
    await inFolder(files, () => files.put(name, Buffer.from("Plugside")));
    await files.remove(name);
  }

  async function open<Done>(signal: AbortSignal, work: (files: RemoteFiles) => Promise<Done>): Promise<Done> {
    const { sftp, lost, close } = await openSftp(destination, tools, signal);
    try {
      return await work(new RemoteFiles(sftp, lost));
    } catch (error) {
      throw typeof (error as SftpError).code === "number" ? refusal(error as SftpError) : error;
    } finally {
      close();
    }
  }

  /** What a status of SFTP means. Version 3 has no code for a full disk: its text may tell. */
  function refusal({ code, message }: SftpError): FailureError {
    const said = whatItSays(message);
    if (code === STATUS_CODE.PERMISSION_DENIED)
      return failure("not-allowed", words("sftp-denied", { host, path, said }));
    if (code === STATUS_CODE.NO_SUCH_FILE) return failure("not-allowed", words("sftp-no-folder", { host, path }));
    return failure("unavailable", words("sftp-failed", { host, path, said }));
  }

  return {
    test: (signal) => open(signal, test),
    send: (delivery) => open(delivery.signal, (files) => send(files, delivery)),
  };
}
