import { Agent } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { deliveryOf } from "../../../../../test/harness/outbox/delivery.ts";
import { s3Account, startS3 } from "../../../../../test/harness/outbox/s3-stub.ts";
import { systemClock } from "../../../../lib/clock.ts";
import type { S3Destination } from "../../../../station/onward/outbox.ts";
import type { DestinationSecret } from "../sender.ts";
import { s3Sender } from "./s3.ts";

async function bucket(change: Partial<S3Destination> = {}, secret: DestinationSecret = { password: s3Account.secret }) {
  const stub = await startS3();
  onTestFinished(() => stub.close());
  const { region, accessKeyId } = s3Account;
  const more = {
    region,
    bucket: s3Account.bucket,
    prefix: "plugside/",
    site: "Depå 4",
    pathStyle: true,
    user: accessKeyId,
  };
  const destination: S3Destination = { kind: "s3", endpoint: stub.url, ...more, ...change };
  return { stub, sender: s3Sender(destination, { clock: systemClock, secret, learnHost: () => undefined }) };
}

const key = (sha256: string) => `plugside/Depå_4/CP_1/2026-11-27/log å-${sha256.slice(0, 12)}.zip`;

test("a small file arrives with its hash, signed as the specification says, and a manifest beside it", async () => {
  const { stub, sender } = await bucket();
  const delivery = deliveryOf(1000);
  const place = `s3://logs/${key(delivery.sha256)}`;
  expect(await sender.send(delivery)).toEqual({ place, proof: "hash" });
  expect(stub.objects.get(key(delivery.sha256))).toEqual(delivery.content);
  const manifest = stub.objects.get(`${key(delivery.sha256)}.manifest.json`);
  expect(JSON.parse(String(manifest))).toMatchObject({
    site: "Depå 4",
    station: "CP/1",
    date: "2026-11-27",
    key: key(delivery.sha256),
    bytes: 1000,
    sha256: delivery.sha256,
  });
  expect(await sender.send(delivery)).toEqual({ place, proof: "size" });
  expect(stub.stored.filter((one) => one === key(delivery.sha256))).toHaveLength(1);
});

test("a large one goes in parts, and on from those that are there, whatever life sent them", async () => {
  const { stub, sender } = await bucket();
  const delivery = deliveryOf(35_000_000);
  stub.fault = ({ method, query }) => (method === "PUT" && query.get("partNumber") === "4" ? "cut" : null);
  await expect(sender.send(delivery)).rejects.toMatchObject({ code: "unavailable", words: { phrase: "away-broken" } });
  expect(delivery.kept).toEqual(["upload-1"]);
  stub.fault = () => null;
  stub.asked.length = 0;
  expect(await sender.send({ ...delivery, resume: delivery.kept[0] })).toMatchObject({ proof: "hash" });
  expect(stub.objects.get(key(delivery.sha256))?.equals(delivery.content)).toBe(true);
  // HEAD, two pages of the list, two parts, the end, the manifest.
  expect(stub.asked.map((one) => one.slice(0, 4))).toEqual(["HEAD", "GET ", "GET ", "PUT ", "PUT ", "POST", "PUT "]);
});

test("an upload that the server has forgotten begins anew; an end whose answer was lost is found", async () => {
  const { stub, sender } = await bucket();
  const delivery = deliveryOf(9_000_000);
  stub.fault = ({ method, query }) => (method === "POST" && query.has("uploadId") ? "lose-answer" : null);
  await expect(sender.send({ ...delivery, resume: "upload-99" })).rejects.toMatchObject({ code: "unavailable" });
  stub.fault = () => null;
  expect(await sender.send({ ...delivery, resume: "upload-1" })).toMatchObject({ proof: "size" });
  expect(stub.stored.filter((one) => one === key(delivery.sha256))).toHaveLength(1);
});

test("what is taken out of the outbox leaves no parts behind", async () => {
  const { stub, sender } = await bucket();
  const delivery = deliveryOf(9_000_000);
  stub.fault = ({ query }) => (query.get("partNumber") === "2" ? "cut" : null);
  await expect(sender.send(delivery)).rejects.toMatchObject({ code: "unavailable" });
  expect([...stub.uploads.keys()]).toEqual(["upload-1"]);
  await sender.abandon?.({ ...delivery, resume: "upload-1" });
  expect([...stub.uploads.keys()]).toEqual([]);
});

test("where ETags are no MD5s the size is what is known", async () => {
  const { stub, sender } = await bucket();
  stub.encrypted = true;
  expect(await sender.send(deliveryOf(9_000_000))).toMatchObject({ proof: "size" });
});

test("the end of an upload that fails in a success is no success", async () => {
  const { stub, sender } = await bucket();
  const broken = { status: 200, body: "<Error><Code>InternalError</Code></Error>" };
  stub.fault = ({ method, query }) => (method === "POST" && query.has("uploadId") ? broken : null);
  await expect(sender.send(deliveryOf(9_000_000))).rejects.toMatchObject({ words: { phrase: "s3-odd-answer" } });
});

test.each<[string, Partial<S3Destination>, DestinationSecret | undefined, number]>([
  ["s3-no-bucket", { bucket: "other" }, undefined, 0],
  ["s3-unknown-key", { user: "AKIAOTHER" }, undefined, 0],
  ["s3-wrong-secret", {}, { password: "wrong" }, 0],
  ["s3-region", { region: "us-east-1" }, undefined, 0],
  ["away-clock", {}, undefined, 3_600_000],
])("a test says what is wrong: %s", async (phrase, change, secret, aheadMs) => {
  const { stub, sender } = await bucket(change, secret);
  stub.aheadMs = aheadMs;
  const failing = sender.test(AbortSignal.timeout(20_000));
  await expect(failing).rejects.toMatchObject({ code: "not-allowed", words: { phrase } });
});

test.each([
  [403, "AccessDenied", "not-allowed", "s3-denied"],
  [503, "SlowDown", "unavailable", "away-busy"],
  [507, "XMinioStorageFull", "unavailable", "away-full"],
])("a %i of %s is told in words", async (status, code, kind, phrase) => {
  const { stub, sender } = await bucket();
  stub.fault = () => ({ status, body: `<Error><Code>${code}</Code><Message>no</Message></Error>` });
  await expect(sender.test(AbortSignal.timeout(20_000))).rejects.toMatchObject({ code: kind, words: { phrase } });
});

test("a test leaves nothing behind", async () => {
  const { stub, sender } = await bucket();
  await sender.test(AbortSignal.timeout(20_000));
  expect([...stub.objects]).toEqual([]);
  expect(stub.stored).toEqual(["plugside/.plugside-test"]);
});

test.each([429, 500, 503])(
  "a server that cannot tell now, with a %i, whether it has a file is not sent it",
  async (status) => {
    const { stub, sender } = await bucket();
    stub.fault = ({ method }) => (method === "HEAD" ? { status } : null);
    await expect(sender.send(deliveryOf(10))).rejects.toMatchObject({ code: "unavailable" });
    expect(stub.asked.map((one) => one.split(" ")[0])).toEqual(["HEAD"]);
  },
);

test("a file without its manifest did not arrive, and the next try sends that alone", async () => {
  const { stub, sender } = await bucket();
  const delivery = deliveryOf(10);
  stub.fault = ({ method, path }) => (method === "PUT" && path.endsWith(".manifest.json") ? { status: 503 } : null);
  await expect(sender.send(delivery)).rejects.toMatchObject({ code: "unavailable" });
  stub.fault = () => null;
  expect(await sender.send(delivery)).toMatchObject({ proof: "size" });
  expect(stub.stored).toEqual([key(delivery.sha256), `${key(delivery.sha256)}.manifest.json`]);
});

test("an account that may only write is told nothing, and its file is sent", async () => {
  const { stub, sender } = await bucket();
  stub.fault = ({ method }) => (method === "HEAD" ? { status: 403 } : null);
  expect(await sender.send(deliveryOf(10))).toMatchObject({ proof: "hash" });
});

test("a large file whose ETag and size are both others did not arrive", async () => {
  const { stub, sender } = await bucket();
  stub.encrypted = true;
  let looks = 0;
  stub.fault = ({ method }) => (method === "HEAD" && ++looks > 1 ? { status: 404 } : null);
  await expect(sender.send(deliveryOf(9_000_000))).rejects.toMatchObject({ words: { phrase: "sent-differs-there" } });
});

test("once it is done it hangs up, whatever came of it", async () => {
  const hungUp = vi.spyOn(Agent.prototype, "destroy");
  const { sender, stub } = await bucket();
  await sender.send(deliveryOf(1000));
  await sender.test(new AbortController().signal);
  expect(hungUp).toHaveBeenCalledTimes(2);
  stub.fault = () => "cut";
  await expect(sender.send(deliveryOf(1000))).rejects.toMatchObject({ code: "unavailable" });
  expect(hungUp).toHaveBeenCalledTimes(3);
});
