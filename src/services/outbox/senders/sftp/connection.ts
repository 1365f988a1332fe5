import { createHash } from "node:crypto";
import { connect } from "node:net";
import ssh2, { type Client, type SFTPWrapper } from "ssh2";
import { FailureError } from "../../../../lib/contract.ts";
import { failure } from "../../../../station/failure.ts";
import type { SftpDestination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import { disagreement } from "../../../../transports/receivers/sftp/disagreement.ts";
import type { SenderTools } from "../sender.ts";
import { awayFailure, whatItSays } from "../web/why.ts";

type SshError = Error & { level?: string; code?: string };

/** How long a log-in may take, and how often a link is asked for a sign of life, ms. */
const loginMs = 30_000;
const aliveMs = 15_000;

/** Logs in to a server by SSH and opens SFTP there. The key of the server is remembered when it is seen first, and must be the same
 * since.
 * @throws FailureError */
export async function openSftp(
  destination: SftpDestination,
  { secret, learnHost }: SenderTools,
  signal: AbortSignal,
): Promise<{ sftp: SFTPWrapper; lost: Promise<never>; close(): void }> {
  signal.throwIfAborted();
  const { host, port, user, hostKey } = destination;
  const { Client } = ssh2;
  const client: Client = new Client();
  const socket = connect({ host, port });
  let seen = "";
  const lost = new Promise<never>((_, reject) => {
    const fail = (error: SshError) => reject(signal.aborted ? signal.reason : sshFailure(destination, error, seen));
    socket.on("error", fail);
    client.on("error", fail);
    client.on("close", () => fail(new Error("the connection was closed")));
  });
  // It is waited for where something is under way.
  lost.catch(() => undefined);
  const close = () => {
    client.end();
    socket.destroy();
  };
  signal.addEventListener("abort", close, { once: true });
  const ready = new Promise<SFTPWrapper>((resolve, reject) => {
    client.on("ready", () => client.sftp((error, sftp) => (error ? reject(noSftp(host)) : resolve(sftp))));
    client.on("keyboard-interactive", (_name, _text, _language, prompts, answer) =>
      answer(prompts.map(() => secret.password ?? "")),
    );
    try {
      client.connect({
        sock: socket,
        username: user,
        ident: "Plugside",
        readyTimeout: loginMs,
        keepaliveInterval: aliveMs,
        tryKeyboard: secret.privateKey === undefined,
        ...(secret.privateKey === undefined
          ? { password: secret.password ?? "" }
          : { privateKey: secret.privateKey, ...(secret.password !== undefined && { passphrase: secret.password }) }),
        hostVerifier: (key: Buffer) => {
          seen = `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
          return hostKey === undefined || hostKey === seen;
        },
      });
    } catch (error) {
      reject(keyUnreadable(error));
    }
  });
  try {
    const sftp = await Promise.race([ready, lost]);
    if (hostKey === undefined) learnHost(seen);
    return { sftp, lost, close };
  } catch (error) {
    close();
    throw error;
  }
}

function noSftp(host: string): FailureError {
  return failure("not-allowed", words("sftp-none", { host }));
}

function keyUnreadable(error: unknown): FailureError {
  return failure("not-allowed", words("sftp-key-unreadable", { error: whatItSays(String((error as Error).message)) }));
}

function sshFailure({ host, port, hostKey }: SftpDestination, error: SshError, seen: string): FailureError {
  if (error instanceof FailureError) return error;
  const place = { host: `${host}:${port}` };
  if (hostKey !== undefined && seen !== "" && seen !== hostKey)
    return failure("not-allowed", words("sftp-other-key", { host: place.host, seen, known: hostKey }));
  const nothingInCommon = disagreement(error);
  if (nothingInCommon) return failure("not-allowed", words("sftp-no-agreement", { host, what: nothingInCommon }));
  if (error.level === "client-authentication") return failure("not-allowed", words("sftp-credentials", { host }));
  if (error.level === "client-timeout") return failure("unavailable", words("away-silent", place));
  if (error.level === "protocol" || error.level === "handshake")
    return failure("unavailable", words("sftp-no-ssh", { host: place.host, error: whatItSays(error.message) }));
  return awayFailure(place, error);
}
