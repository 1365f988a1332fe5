import { readdirSync, readFileSync } from "node:fs";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
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

/** A server that answers each method by a script, and what it was asked. */
async function scripted(answers: Record<string, number[]>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { method = "", url, headers } = request;
      const { destination, overwrite, depth } = headers;
      asked.push([method, url, destination, overwrite, depth].filter((one) => one !== undefined).join(" "));
      const status = answers[method]?.shift() ?? (method === "PROPFIND" ? 404 : 201);
      response.writeHead(status).end(status === 207 ? "<D:getcontentlength> 5 </D:getcontentlength>" : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tools = { clock: systemClock, secret: {}, learnHost: () => undefined };
  return { asked, url, sender: webdavSender({ name: "dav", kind: "webdav", url: `${url}/a/b` }, tools) };
}

test.each([404, 409])(
  "where the folder is not there, told by a %i, it is made from above, and the file is put again",
  async (missing) => {
    const delivery = deliveryOf(5);
    const { asked, url, sender } = await scripted({
      PUT: [missing, 201],
      PROPFIND: [404, 207, 207],
      MKCOL: [405, 201],
    });
    const name = `/a/b/log%20%C3%A5-${delivery.sha256.slice(0, 12)}.zip`;
    const draft = `/a/b/.plugside-${delivery.sha256.slice(0, 32)}.part`;
    expect(await sender.send(delivery)).toEqual({ place: url + name, proof: "size" });
    expect(asked).toEqual([
      `PROPFIND ${name} 0`,
      `PUT ${draft}`,
      "MKCOL /a/",
      "MKCOL /a/b/",
      `PUT ${draft}`,
      `PROPFIND ${draft} 0`,
      `MOVE ${draft} ${url}${name} T`,
      `PROPFIND ${name} 0`,
    ]);
  },
);

test.each<[string, Record<string, number[]>, string]>([
  ["the last folder cannot be made", { PUT: [409], MKCOL: [405, 403] }, "away-permission"],
  ["it cannot be put again", { PUT: [409, 507] }, "away-full"],
  ["a refusal is no missing folder", { PUT: [401] }, "away-credentials"],
  ["what lies there cannot be looked at", { PROPFIND: [500] }, "away-answers"],
  ["the draft is not there", { PROPFIND: [404, 404] }, "sent-differs-there"],
  ["it cannot be moved", { PROPFIND: [404, 207], MOVE: [403] }, "away-permission"],
  ["it is not there after it was moved", { PROPFIND: [404, 207, 409] }, "sent-differs-there"],
])("a file did not arrive where %s", async (_why, answers, phrase) => {
  const { sender } = await scripted(answers);
  await expect(sender.send(deliveryOf(5))).rejects.toMatchObject({ words: { phrase } });
});

test("a test that cannot take away what it put says so", async () => {
  const signal = AbortSignal.timeout(20_000);
  const { sender, asked } = await scripted({ PROPFIND: [207], DELETE: [403] });
  await expect(sender.test(signal)).rejects.toMatchObject({ words: { phrase: "away-permission" } });
  expect(asked.map((one) => one.split(" ")[0])).toEqual(["PUT", "PROPFIND", "DELETE"]);
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

test("once it is done it hangs up, whatever came of it", async () => {
  const hungUp = vi.spyOn(Agent.prototype, "destroy");
  await (await folder()).sender.send(deliveryOf(1000));
  await (await folder()).sender.test(new AbortController().signal);
  expect(hungUp).toHaveBeenCalledTimes(2);
  await expect((await folder("wrong")).sender.send(deliveryOf(1000))).rejects.toMatchObject({ code: "not-allowed" });
  expect(hungUp).toHaveBeenCalledTimes(3);
});
