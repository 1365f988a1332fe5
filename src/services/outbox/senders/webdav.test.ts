import { expect, onTestFinished, test } from "vitest";
import { davAccount, startDav } from "../../../../test/harness/outbox/dav-stub.ts";
import { deliveryOf } from "../../../../test/harness/outbox/delivery.ts";
import { systemClock } from "../../../lib/clock.ts";
import { webdavSender } from "./webdav.ts";

async function folder(password = davAccount.password) {
  const stub = await startDav();
  onTestFinished(() => stub.close());
  const destination = { name: "dav", kind: "webdav" as const, url: `${stub.url}/team/logs`, user: davAccount.user };
  return { stub, sender: webdavSender(destination, { clock: systemClock, secret: { password } }) };
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
