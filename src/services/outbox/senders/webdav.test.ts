import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { davAccount, startDav } from "../../../../test/harness/outbox/dav-stub.ts";
import { deliveryOf } from "../../../../test/harness/outbox/delivery.ts";
import { hasRclone, startRcloneDav } from "../../../../test/harness/outbox/rclone.ts";
import { mustSkip } from "../../../../test/harness/required.ts";
import { systemClock } from "../../../lib/clock.ts";
import { webdavSender } from "./webdav.ts";

async function folder(password = davAccount.password) {
  const stub = await startDav();
  onTestFinished(() => stub.close());
  const destination = { name: "dav", kind: "webdav" as const, url: `${stub.url}/team/logs`, user: davAccount.user };
  return {
    stub,
    sender: webdavSender(destination, { clock: systemClock, secret: { password }, learnHost: () => undefined }),
    learnHost: () => undefined,
  };
}

test("a file arrives whole in a folder that is made for it, and is not sent again", async () => {
  const { stub, sender } = await folder();
  const delivery = deliveryOf(100_000);
  const path = `/team/logs/log å-${delivery.sha256.slice(0, 12)}.zip`;
  const sent = { place: `${stub.url}${encodeURI(path)}`, proof: "size" };
  expect(await sender.send(delivery)).toEqual(sent);
  expect([...stub.files]).toEqual([[path, delivery.content]]);
  expect(await sender.send(delivery)).toEqual(sent);
  expect(stub.stored).toEqual([path]);
});

test("what broke off half way, and a move whose answer was lost, come right", async () => {
  const { stub, sender } = await folder();
  const delivery = deliveryOf(300_000);
  stub.fault = ({ method }) => (method === "PUT" ? "cut" : null);
  await expect(sender.send(delivery)).rejects.toMatchObject({ words: { phrase: "away-broken" } });
  stub.fault = ({ method }) => (method === "MOVE" ? "lose-answer" : null);
  await expect(sender.send(delivery)).rejects.toMatchObject({ code: "unavailable" });
  stub.fault = () => null;
  expect(await sender.send(delivery)).toMatchObject({ proof: "size" });
  expect(stub.stored).toHaveLength(1);
  expect([...stub.files.keys()]).toHaveLength(1);
});

test("a folder that another has made meanwhile is taken as it is", async () => {
  const { stub, sender } = await folder();
  let refusals = 1;
  stub.fault = ({ method }) => {
    if (method !== "PUT" || refusals-- !== 1) return null;
    for (const path of ["/team/", "/team/logs/"]) stub.folders.add(path);
    return { status: 409 };
  };
  const delivery = deliveryOf(1000);
  expect(await sender.send(delivery)).toMatchObject({ proof: "size" });
  expect([...stub.files.values()]).toEqual([delivery.content]);
});

test("a test makes the folder, leaves nothing in it, and says what is wrong", async () => {
  const signal = AbortSignal.timeout(20_000);
  const { stub, sender } = await folder();
  await sender.test(signal);
  expect(stub.folders.has("/team/logs/")).toBe(true);
  expect([...stub.files]).toEqual([]);
  stub.fault = ({ method }) => (method === "PROPFIND" ? { status: 200, body: "<html>" } : null);
  await expect(sender.test(signal)).rejects.toMatchObject({ words: { phrase: "no-webdav" } });
  const wrong = await folder("wrong");
  await expect(wrong.sender.test(signal)).rejects.toMatchObject({
    code: "not-allowed",
    words: { phrase: "away-credentials" },
  });
});

test.skipIf(mustSkip("rclone", hasRclone, "rclone is not installed (Debian: rclone)."))(
  "rclone takes a file, once, and is asked for its password",
  async () => {
    const { url, folder: served } = await startRcloneDav(davAccount.user, "secret");
    const secret = { password: "secret" };
    const tools = { clock: systemClock, secret, learnHost: () => undefined };
    const destination = { name: "dav", kind: "webdav" as const, url: `${url}/team`, user: davAccount.user };
    const sender = webdavSender(destination, tools);
    await sender.test(AbortSignal.timeout(20_000));
    const delivery = deliveryOf(20_000_000);
    expect(await sender.send(delivery)).toMatchObject({ proof: "size" });
    const [name = ""] = readdirSync(join(served, "team"));
    expect(readFileSync(join(served, "team", name)).equals(delivery.content)).toBe(true);
    expect(await sender.send(delivery)).toMatchObject({ proof: "size" });
    const wrong = webdavSender(destination, { ...tools, secret: { password: "wrong" } });
    await expect(wrong.send(delivery)).rejects.toMatchObject({ words: { phrase: "away-credentials" } });
  },
);
