import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deliveryOf } from "../../../../../test/harness/outbox/delivery.ts";
import { hasSshd, startSshd } from "../../../../../test/harness/outbox/sshd.ts";
import { mustSkip } from "../../../../../test/harness/required.ts";
import { systemClock } from "../../../../lib/clock.ts";
import type { SftpDestination } from "../../../../station/onward/outbox.ts";
import type { DestinationSecret } from "../sender.ts";
import { sftpSender } from "./sftp.ts";

const withServer = test.skipIf(
  mustSkip("sshd", hasSshd, "OpenSSH's server is not at /usr/sbin/sshd (Debian: openssh-server)."),
);
const signal = () => AbortSignal.timeout(20_000);

function senderTo(change: Partial<SftpDestination>, secret: DestinationSecret) {
  const learnt: string[] = [];
  const destination: SftpDestination = {
    kind: "sftp",
    host: "127.0.0.1",
    port: 22,
    path: "/",
    user: "nobody",
    ...change,
  };
  const learnHost = (hostKey: string) => void learnt.push(hostKey);
  return { learnt, sender: sftpSender(destination, { clock: systemClock, secret, learnHost }) };
}

withServer(
  "a file arrives at OpenSSH whole, in a folder made for it, once; what broke off is gone on with",
  async () => {
    const { port, user, privateKey, folder } = await startSshd();
    const path = join(folder, "a", "b");
    const { sender, learnt } = senderTo({ port, user, path }, { privateKey });
    await sender.test(signal());
    expect(learnt).toEqual([expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/)]);
    expect(readdirSync(path)).toEqual([]);

    const delivery = deliveryOf(5_000_000);
    const name = `log å-${delivery.sha256.slice(0, 12)}.zip`;
    const draft = join(path, `.plugside-${delivery.sha256.slice(0, 32)}.part`);
    // What a killed life left: its last writes may have holes.
    const left = Buffer.from(delivery.content.subarray(0, 3_000_000));
    left.fill(0, 2_600_000, 2_700_000);
    writeFileSync(draft, left);
    const done: number[] = [];
    const sent = { place: `sftp://127.0.0.1:${port}${join(path, name)}`, proof: "size" };
    expect(await sender.send({ ...delivery, progress: (bytes) => void done.push(bytes) })).toEqual(sent);
    expect(readFileSync(join(path, name)).equals(delivery.content)).toBe(true);
    expect(done[0]).toBeGreaterThan(2_400_000);
    expect(readdirSync(path)).toEqual([name]);
    const slashed = senderTo({ port, user, path: `${path}/` }, { privateKey });
    expect(await slashed.sender.send(delivery)).toEqual(sent);
    done.length = 0;
    expect(await sender.send({ ...delivery, progress: (bytes) => void done.push(bytes) })).toEqual(sent);
    expect(done).toEqual([]);
  },
);

withServer("what is wrong is told in words, and a server with another key gets nothing", async () => {
  const server = await startSshd();
  const { port, user, privateKey, folder } = server;
  const place = { port, user, path: folder };
  const failing = async (change: Partial<SftpDestination>, secret: DestinationSecret) => {
    const error = await senderTo({ ...place, ...change }, secret)
      .sender.test(signal())
      .then(
        () => null,
        (one) => one,
      );
    return error?.words?.phrase;
  };
  const { sender, learnt } = senderTo(place, { privateKey });
  await sender.test(signal());
  const [hostKey = ""] = learnt;
  expect(await failing({ hostKey }, { privateKey })).toBeUndefined();
  expect(await failing({}, { password: "wrong" })).toBe("sftp-credentials");
  expect(await failing({}, { privateKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA" })).toBe("sftp-key-unreadable");
  expect(await failing({ path: "/proc/none" }, { privateKey })).toBe("sftp-no-folder");
  expect(await failing({ host: "no-such-name.invalid" }, { privateKey })).toBe("away-name");
  server.newHostKey();
  await server.restart();
  expect(await failing({ hostKey }, { privateKey })).toBe("sftp-other-key");
  await server.stop();
  expect(await failing({}, { privateKey })).toBe("away-refused");
});
