import { beforeAll, expect, test } from "vitest";
import { hashOfRoot } from "../../ocpp/certificate-hash.ts";
import { openCertificates } from "./testing/certificates-bench.ts";
import { csrOf, openRoot } from "./testing/signing-bench.ts";

beforeAll(openRoot);

const boot = { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } };

/** A station of 2.0.1 that is asked for its certificates, and says this. */
async function setUp() {
  const bench = await openCertificates("2.0.1");
  bench.tell("boot", "BootNotification", boot);
  const entry = bench.context.registry.require("CP1");
  async function asked(answer: object): Promise<boolean | null> {
    const told = bench.certificates.hasRoot(entry);
    bench.context.recorder.flush();
    const [, id, action] = JSON.parse(bench.sent.at(-1) ?? "[]");
    expect(action).toBe("GetInstalledCertificateIds");
    bench.say(JSON.stringify([3, id, answer]));
    return await told;
  }
  return { ...bench, entry, asked };
}

const installed = (hash: object) => ({
  status: "Accepted",
  certificateHashDataChain: [{ certificateType: "CSMSRootCertificate", certificateHashData: hash }],
});

test("whether our root is in a station is known by its hash, in the algorithm that the station names", async () => {
  const { certificates, asked } = await setUp();
  const root = await certificates.authority.root("ec");
  for (const algorithm of ["SHA256", "SHA512"] as const) {
    expect(await asked(installed(hashOfRoot(root, algorithm)))).toBe(true);
    expect(await asked(installed({ ...hashOfRoot(root, algorithm), serialNumber: "0" }))).toBe(false);
  }
  const old = await certificates.authority.newRoot("ec");
  expect(await asked(installed(hashOfRoot(root)))).toBe(false);
  expect(await asked(installed(hashOfRoot(old)))).toBe(true);
});

test("a station that does not say leaves it open", async () => {
  const { certificates, entry, context, sent, say } = await setUp();
  const told = certificates.hasRoot(entry);
  context.recorder.flush();
  const [, id] = JSON.parse(sent.at(-1) ?? "[]");
  say(JSON.stringify([4, id, "NotSupported", "", {}]));
  expect(await told).toBeNull();
});

test("a station has a certificate of ours when it took one that is still good; more is not known", async () => {
  const { certificates, repository, clock, entry, context } = await setUp();
  const { signing } = certificates;
  expect(await certificates.hasOwn(entry)).toBeNull();
  await signing.sign(await csrOf("CP1"), "CP1", false);
  expect(await certificates.hasOwn(entry)).toBeNull();
  const [issued] = repository.all("station");
  const row = { station: "CP1", at: 1, csr: "", state: "waiting" as const };
  const settle = (result: string, station = "CP1") => {
    const id = repository.addRequest({ ...row, station });
    repository.settle(id, { state: "sent", fingerprint: issued?.fingerprint, outcome: { result } as never });
  };
  settle("rejected");
  settle("accepted", "CP2");
  expect(await certificates.hasOwn(entry)).toBeNull();
  settle("accepted");
  expect(await certificates.hasOwn(entry)).toBe(true);
  expect(await certificates.hasOwn(context.registry.ensure("CP3", 0))).toBeNull();
  clock.set(3 * 365 * 86_400_000);
  expect(await certificates.hasOwn(entry)).toBeNull();
});

test("that others may read the keys is told as it turns out, and the keys for SSH stay the same", async () => {
  const { certificates, mayRead } = await setUp();
  let changes = 0;
  certificates.authority.changed.on(() => changes++);
  expect((await certificates.authority.standing()).keyStore).toBe("file");
  mayRead.now = true;
  mayRead.changed.emit();
  expect([changes, (await certificates.authority.standing()).keyStore]).toEqual([1, "open-file"]);
});
