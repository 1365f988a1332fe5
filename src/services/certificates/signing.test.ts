import { X509Certificate } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { words } from "../../station/phrases.ts";
import { longestRequest } from "./csr.ts";
import { answer, ask, csrOf, given, openRoot, type SignCsr, setUp, states, until } from "./testing/signing-bench.ts";

beforeAll(openRoot);

test("a request in order is signed and sent, and what the station said to it is kept", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"), { certificateType: "ChargingStationCertificate", requestId: 41 });
  await answer(set, 1, "Accepted");
  await until(() => set.signing.requests()[0]?.state === "sent");
  const [request] = set.signing.requests();
  const [sent] = given(set);
  const certificate = new X509Certificate(sent?.chain ?? "");
  expect(sent).toMatchObject({ certificateType: "ChargingStationCertificate", requestId: 41 });
  expect(request).toMatchObject({
    station: "CP1",
    outcome: { result: "accepted" },
    fingerprint: certificate.fingerprint256,
  });
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(set.repository.all("station").map(({ station }) => station)).toEqual(["CP1"]);
  set.bench.parts.recorder.flush();
  const [told] = set.bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["command-sent"] }, 1);
  expect(told?.event).toMatchObject({ name: "certificate-signed", args: { by: "core", because: "asked-for" } });
});

test("a certificate that cars are shown as well says so", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"), { certificateType: "V2GCertificate" });
  await answer(set, 1, "Accepted");
  expect(new X509Certificate(given(set)[0]?.chain ?? "").keyUsage).toEqual(["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"]);
});

test("a station that refuses the leaf alone gets it once more, with its root", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"));
  await answer(set, 1, "Rejected");
  await answer(set, 2, "Accepted");
  await until(() => set.signing.requests()[0]?.state === "sent");
  const [leaf, whole] = given(set).map(({ chain }) => chain);
  expect(whole?.startsWith(leaf ?? "?")).toBe(true);
  expect(whole?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(set.signing.requests()[0]?.outcome).toEqual({ result: "accepted" });
});

test("that the chain with its root is not known does not hide that the leaf was refused", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("CP1"));
  await answer(set, 1, "Rejected");
  await until(() => {
    set.bench.parts.recorder.flush();
    return given(set).length === 2;
  });
  set.bench.say(JSON.stringify([4, given(set).at(-1)?.id, "NotImplemented", "", {}]));
  await until(() => set.signing.requests()[0]?.state === "sent");
  expect(set.signing.requests()[0]?.outcome).toMatchObject({ result: "rejected", why: expect.anything() });
});

test.each<[SignCsr, unknown[][]]>([
  ["ask", [["waiting", undefined]]],
  ["refuse", [["refused", "policy"]]],
])("where one is to %s, nothing goes out by itself", async (signCsr, expected) => {
  const set = await setUp("2.1", signCsr);
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 1);
  await until(() => JSON.stringify(states(set)) === JSON.stringify(expected));
  await until(() => set.changes.count === 1);
  expect(given(set)).toEqual([]);
});

test("one that waits is out of date when the same station asks for the same again", async () => {
  const set = await setUp("2.1", "ask");
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 1);
  ask(set, await csrOf("CP1"), { certificateType: "V2GCertificate" });
  await until(() => states(set).length === 2);
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 3);
  expect(states(set)).toEqual([
    ["waiting", undefined],
    ["waiting", undefined],
    ["failed", "asked-again"],
  ]);
});

test("one that waits is decided once: signed, refused, or signed although its names are others", async () => {
  const set = await setUp("2.1", "ask");
  ask(set, await csrOf("OTHER"));
  await until(() => states(set).length === 1);
  const id = set.signing.requests()[0]?.id ?? 0;
  await expect(set.signing.decide(id, true, false)).rejects.toMatchObject({
    ...{ code: "invalid-input", details: { problem: "other-common-name", said: "OTHER" } },
  });
  const deciding = set.signing.decide(id, true, true);
  await answer(set, 1, "Accepted");
  expect(await deciding).toMatchObject({ state: "sent", outcome: { result: "accepted" } });
  await expect(set.signing.decide(id, false, false)).rejects.toMatchObject({ code: "conflict" });
  await expect(set.signing.decide(99, true, false)).rejects.toMatchObject({ code: "not-found" });
  ask(set, await csrOf("CP1"));
  await until(() => states(set).length === 2);
  const second = set.signing.requests()[0]?.id ?? 0;
  const before = set.changes.count;
  expect(await set.signing.decide(second, false, false)).toMatchObject({ state: "refused", problem: "by-hand" });
  expect(set.changes.count).toBe(before + 1);
  expect(given(set)).toHaveLength(1);
});

test("what is wrong with a request, and what it says, stands with it", async () => {
  const set = await setUp("2.1", "auto");
  ask(set, await csrOf("OTHER"));
  await until(() => states(set)[0]?.[0] === "refused");
  expect(set.signing.requests()[0]).toMatchObject({ problem: "other-common-name", said: "OTHER" });
  set.broken.authority = true;
  const logged = vi.spyOn(set.bench.parts.log, "error");
  ask(set, await csrOf("CP1"));
  await until(() => states(set)[0]?.[0] === "failed");
  expect(logged.mock.calls).toEqual([
    ["a certificate could not be signed", { station: "CP1", error: new Error("no keys") }],
  ]);
  expect(set.signing.requests()[0]).toMatchObject({ problem: "no-authority" });
  expect(given(set)).toEqual([]);
});

test("one that was not taken on because it cannot be read is shown with why; one that was refused otherwise is not", async () => {
  const set = await setUp("2.1", "auto", false);
  ask(set, "no request at all");
  ask(set, "x".repeat(longestRequest + 1));
  ask(set, await csrOf("CP1"));
  expect(set.signing.requests()).toMatchObject([
    { state: "refused", problem: "too-long", said: String(longestRequest + 1) },
    { state: "refused", problem: "unreadable" },
  ]);
  expect(set.repository.requests().map(({ csr }) => csr.length)).toEqual([longestRequest + 1, 17]);
  expect(set.signing.requests().map(({ at }) => at)).toEqual([
    set.bench.clock.now() - 1000,
    set.bench.clock.now() - 2000,
  ]);
  expect(set.changes.count).toBe(2);
});

test("a request from a file is signed for whom it is for", async () => {
  const { signing, repository, changes } = await setUp("1.6", "auto");
  await expect(signing.sign(await csrOf("OTHER"), "CP1", false)).rejects.toMatchObject({ code: "invalid-input" });
  const pem = await signing.sign(await csrOf("OTHER"), undefined, false);
  expect(new X509Certificate(pem).subject).toBe("CN=OTHER");
  await signing.sign(await csrOf("OTHER"), "CP1", true);
  expect(changes.count).toBe(2);
  expect(repository.all("station").map(({ station }) => station)).toEqual(["CP1", undefined]);
});

test("a station may be called what it is connected as, or by either serial number that it booted with", async () => {
  const { bench, signing } = await setUp("1.6", "auto");
  const numbers = { chargePointSerialNumber: "SN-1", chargeBoxSerialNumber: "BOX-7" };
  const boot = { chargePointVendor: "V", chargePointModel: "M", ...numbers };
  const sign = async (name: string) => signing.sign(await csrOf(name), "CP1", false);
  await expect(sign("BOX-7")).rejects.toMatchObject({ details: { problem: "other-common-name", said: "BOX-7" } });
  bench.say(JSON.stringify([2, "boot", "BootNotification", boot]));
  for (const name of ["CP1", "SN-1", "BOX-7"]) {
    expect(new X509Certificate(await sign(name)).subject).toBe(`CN=${name}`);
  }
  await expect(sign("V")).rejects.toMatchObject({ details: { problem: "other-common-name", said: "V" } });
});

test("a request is told with the certificate that was made for it, whatever else is signed at the same time", async () => {
  const set = await setUp("2.1", "auto");
  const gate = Promise.withResolvers<void>();
  set.making.until = gate.promise;
  ask(set, await csrOf("CP1"));
  await until(() => set.making.count === 1);
  const other = set.signing.sign(await csrOf("OTHER"), undefined, true);
  await until(() => set.making.count === 2);
  gate.resolve();
  await other;
  await answer(set, 1, "Accepted");
  await until(() => set.signing.requests()[0]?.state === "sent");
  const { fingerprint256 } = new X509Certificate(given(set)[0]?.chain ?? "");
  expect(set.signing.requests()[0]?.fingerprint).toBe(fingerprint256);
});

test.each(["ask", "auto"] as const)(
  "one that is being signed, where one is to %s, is not decided on once more",
  async (signCsr) => {
    const set = await setUp("2.1", signCsr);
    const gate = Promise.withResolvers<void>();
    set.making.until = gate.promise;
    ask(set, await csrOf("CP1"));
    await until(() => states(set).length === 1);
    const id = set.signing.requests()[0]?.id ?? 0;
    const first = signCsr === "ask" ? set.signing.decide(id, true, false) : null;
    await until(() => set.making.count === 1);
    const decided = { code: "conflict", words: words("request-decided") };
    for (const sign of [true, false]) await expect(set.signing.decide(id, sign, false)).rejects.toMatchObject(decided);
    gate.resolve();
    await answer(set, 1, "Accepted");
    await first;
    await until(() => states(set)[0]?.[0] === "sent");
    expect([given(set).length, set.repository.all("station").length]).toEqual([1, 1]);
  },
);

test("one that could not be signed for its names can be decided on again", async () => {
  const set = await setUp("2.1", "ask");
  ask(set, await csrOf("OTHER"));
  await until(() => states(set).length === 1);
  const id = set.signing.requests()[0]?.id ?? 0;
  await expect(set.signing.decide(id, true, false)).rejects.toMatchObject({ code: "invalid-input" });
  expect(await set.signing.decide(id, false, false)).toMatchObject({ state: "refused", problem: "by-hand" });
});

test("of those that come while one is made, the newest alone is served after it", async () => {
  const set = await setUp("2.1", "auto");
  const gate = Promise.withResolvers<void>();
  set.making.until = gate.promise;
  for (const requestId of [1, 2, 3]) ask(set, await csrOf("CP1"), { requestId });
  await until(() => set.making.count === 1);
  gate.resolve();
  await answer(set, 1, "Accepted");
  await answer(set, 2, "Accepted");
  await until(() => set.changes.count === 2);
  expect(given(set).map(({ requestId }) => requestId)).toEqual([1, 3]);
  expect(states(set)).toEqual([
    ["sent", undefined],
    ["sent", undefined],
  ]);
});

test("one that cannot be kept does not keep the next one out", async () => {
  const set = await setUp("2.1", "auto");
  const { addRequest } = set.repository;
  set.repository.addRequest = () => {
    throw new Error("the disk is full");
  };
  const logged = vi.spyOn(set.bench.parts.log, "error");
  ask(set, await csrOf("CP1"));
  await until(() => set.changes.count === 1);
  expect(logged.mock.calls).toEqual([
    ["a signing request could not be served", { station: "CP1", error: new Error("the disk is full") }],
  ]);
  set.repository.addRequest = addRequest;
  ask(set, await csrOf("CP1"));
  await answer(set, 1, "Accepted");
  await until(() => set.changes.count === 2);
  expect(states(set)).toEqual([["sent", undefined]]);
});

test("what is wrong is told with what the request says, where it says something, and a newer word for it as it stands", async () => {
  const { signing, repository } = await setUp("1.6", "auto");
  const refusal = (text: string) => signing.sign(text, "CP1", false).catch(({ code, words: told }) => [code, told]);
  expect(await refusal("hello")).toEqual(["invalid-input", words("request-unreadable")]);
  expect(await refusal(await csrOf("OTHER"))).toEqual([
    "invalid-input",
    words("request-says", { problem: words("request-other-common-name"), said: "OTHER" }),
  ]);
  const id = repository.addRequest({ station: "CP1", at: 5, csr: "x", state: "waiting" });
  repository.settle(id, { state: "refused", why: "too-old: 1999" });
  expect(signing.requests()).toEqual([{ id, station: "CP1", at: 5, state: "refused", said: "too-old: 1999" }]);
});
