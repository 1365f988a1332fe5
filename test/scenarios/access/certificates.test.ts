import { X509Certificate } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CallInput } from "../../../src/api/contract.ts";
import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import { startVirtualStation, type VirtualStationOptions } from "../../../src/simulator/virtual-station.ts";
import type { StationState } from "../../../src/station/model.ts";
import { snapshot, type TestCore, testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

type Command = CallInput<"stations.command">["command"];

function station(core: TestCore, options: Pick<VirtualStationOptions, "ocpp"> & Partial<VirtualStationOptions>) {
  const handle = startVirtualStation({ url: core.url, identity: "CP1", ...options });
  onTestFinished(() => handle.stop());
  return handle;
}

function state(core: TestCore, wanted: (state: StationState) => boolean): Promise<StationState | null> {
  return until(core.client, "stations.state", { identity: "CP1" }, (value) => value !== null && wanted(value));
}

function booted(core: TestCore) {
  return state(core, ({ link, boot }) => link.state === "online" && boot?.answered === "Accepted");
}

function overview(core: TestCore, wanted: (value: CertificatesOverview) => boolean): Promise<CertificatesOverview> {
  return until(core.client, "certificates.overview", {}, wanted);
}

function command(core: TestCore, wanted: Command) {
  return core.client.call("stations.command", { identity: "CP1", command: wanted });
}

/** Where stations connect by wss, and the root that they must have. */
async function secure(core: TestCore) {
  const { roots } = await overview(core, ({ wss }) => wss.state === "ready");
  return { url: core.url.replace("ws:", "wss:"), ca: roots[0]?.pem ?? "" };
}

const askForOne: Command = { name: "trigger", message: "SignChargePointCertificate" };

describe.each(["1.6", "2.0.1", "2.1"] as const)("certificates in OCPP %s", (ocpp) => {
  it("signs what a station asks for, and hands the certificate over", async () => {
    const core = await testCore();
    station(core, { ocpp });
    await booted(core);
    expect(await command(core, askForOne)).toMatchObject({ result: "accepted" });
    const { requests, issued, roots } = await overview(core, (value) => value.requests[0]?.state === "sent");
    expect(requests).toMatchObject([{ station: "CP1", state: "sent", outcome: { result: "accepted" } }]);
    expect(issued).toMatchObject([
      { station: "CP1", commonName: "CP1", fingerprint: requests[0]?.fingerprint, issuer: roots[0]?.subject },
    ]);
    // The answer to the request goes out before the certificate does.
    const { commands } = (await state(core, ({ commands: all }) => all.length === 2)) ?? { commands: [] };
    expect(commands.map(({ name, outcome }) => [name, outcome?.result])).toEqual([
      ["trigger", "accepted"],
      ["certificate-signed", "accepted"],
    ]);
    const sent = commands[1]?.args.chain;
    const leaf = new X509Certificate(String(sent));
    expect(leaf.verify(new X509Certificate(roots[0]?.pem ?? "").publicKey)).toBe(true);
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  });

  it("waits for a decision where the settings say so, and signs nothing where they refuse", async () => {
    const core = await testCore();
    await core.client.call("settings.change", { signCsr: "ask" });
    station(core, { ocpp });
    await booted(core);
    await command(core, askForOne);
    const waiting = await overview(core, (value) => value.requests[0]?.state === "waiting");
    const decided = await core.client.call("certificates.decide", { id: waiting.requests[0]?.id ?? 0, sign: true });
    expect(decided).toMatchObject({ state: "sent", outcome: { result: "accepted" } });

    await core.client.call("settings.change", { signCsr: "refuse" });
    await command(core, askForOne);
    const told = await until(core.client, "history.live", { station: "CP1", groups: ["other"] }, (entries) =>
      entries.some(({ event }) => event.kind === "signing-requested" && event.answered === "Rejected"),
    );
    const answers = told.flatMap(({ event }) => (event.kind === "signing-requested" ? event.answered : []));
    expect(answers).toEqual(["Accepted", "Rejected"]);
  });

  it("lists, installs and deletes roots on a station", async () => {
    const core = await testCore();
    station(core, { ocpp });
    await booted(core);
    const list: Command = { name: "certificates-list", use: "CSMSRootCertificate" };
    expect(await command(core, list)).toMatchObject({ result: "accepted", why: expect.stringMatching(/^NotFound/) });
    expect((await state(core, ({ certificates }) => certificates !== undefined))?.certificates?.installed).toEqual([]);

    expect(await core.client.call("certificates.install", { identity: "CP1" })).toMatchObject({ result: "accepted" });
    expect(await command(core, list)).toMatchObject({ result: "accepted" });
    const { roots } = await overview(core, (value) => value.roots.length > 0);
    const hash = roots[0]?.hash;
    if (!hash) throw new Error("no root");
    const told = await state(core, ({ certificates }) => certificates?.installed.length === 1);
    expect(told?.certificates?.installed).toEqual([{ use: "CSMSRootCertificate", hash }]);

    const remove: Command = { name: "certificate-delete", hash };
    expect(await command(core, remove)).toMatchObject({ result: "accepted" });
    expect(await command(core, remove)).toMatchObject({ result: "rejected", why: expect.stringMatching(/^NotFound/) });
    await command(core, list);
    expect((await state(core, ({ certificates }) => certificates?.installed.length === 0))?.certificates).toBeDefined();
  });

  it("lets a station in by password over TLS (security profile 2)", async () => {
    const core = await testCore();
    const { url, ca } = await secure(core);
    const password = "correct horse battery";
    await core.client.call("access.setPassword", { identity: "CP1", form: "text", password });
    station(core, { ocpp, url, ca, password });
    const { link } = (await booted(core)) ?? {};
    expect(link).toMatchObject({ secure: true, securityProfile: 2 });
  });

  it("lets a station in by the certificate that it asked for, and nobody else (security profile 3)", async () => {
    const core = await testCore();
    const { url, ca } = await secure(core);
    const virtual = station(core, { ocpp, url, ca });
    await booted(core);
    await command(core, askForOne);
    await overview(core, (value) => value.requests[0]?.state === "sent");
    await core.client.call("access.change", { identity: "CP1", profile: 3 });
    virtual.act("drop-link", 1);
    await state(core, ({ link }) => link.state === "offline");
    virtual.act("restore-link", 1);
    const { link } = (await state(core, (value) => value.link.state === "online")) ?? {};
    expect(link).toMatchObject({ secure: true, securityProfile: 3 });
    const protocol = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" }[ocpp];
    await expect(rawStation(`${url}CP1`, [protocol], { ca })).rejects.toThrow("403");
  });

  it("gives a station nothing that asks in another's name", async () => {
    const core = await testCore();
    const theirs = startVirtualStation({ url: core.url, identity: "CP2", ocpp });
    onTestFinished(() => theirs.stop());
    await until(core.client, "stations.state", { identity: "CP2" }, (value) => value?.boot?.answered === "Accepted");
    await core.client.call("settings.change", { signCsr: "ask" });
    await core.client.call("stations.command", { identity: "CP2", command: askForOne });
    await overview(core, (value) => value.requests[0]?.state === "waiting");
    const frames = await core.client.call("messages.frames", { station: "CP2", since: 0, limit: 500 });
    const asked = frames.find(({ action, direction }) => action === "SignCertificate" && direction === "in");
    const csr = JSON.parse(asked?.text ?? "[]")[3]?.csr;

    await core.client.call("settings.change", { signCsr: "auto" });
    const protocol = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" }[ocpp];
    const mine = await rawStation(`${core.url}CP1`, [protocol]);
    expect(await mine.ask("SignCertificate", { csr })).toMatchObject({ status: "Accepted" });
    const { requests, issued } = await overview(core, (value) => value.requests[0]?.state === "refused");
    expect(requests[0]).toMatchObject({ state: "refused", problem: "other-common-name", said: "CP2" });
    expect(issued).toEqual([]);

    // Its own way: it takes a certificate with the root behind it, and none alone.
    const lone = await rawStation(`${core.url}CP2`, [protocol]);
    const given: number[] = [];
    lone.socket.on("message", (data) => {
      const [type, id, action, payload] = JSON.parse(String(data)) as [number, string, string, Record<string, string>];
      if (type !== 2 || action !== "CertificateSigned") return;
      const count = payload.certificateChain?.match(/BEGIN CERTIFICATE/g)?.length ?? 0;
      given.push(count);
      lone.send(JSON.stringify([3, id, { status: count > 1 ? "Accepted" : "Rejected" }]));
    });
    lone.send(JSON.stringify([2, "again", "SignCertificate", { csr }]));
    const taken = await overview(core, (value) => value.requests[0]?.state === "sent");
    expect([given, taken.requests[0]?.outcome?.result]).toEqual([[1, 2], "accepted"]);
  });
});

it("survives hostile requests for a certificate", async () => {
  const core = await testCore();
  const mine = await rawStation(`${core.url}CP1`);
  const hostile = ["", "x".repeat(60_000), Buffer.from("3080".repeat(2000), "hex").toString("base64")];
  for (const [at, csr] of hostile.entries()) {
    expect(await mine.ask("SignCertificate", { csr })).toEqual({ status: "Rejected" });
    await overview(core, ({ requests }) => requests[at]?.state === "refused" && requests[0]?.state === "refused");
  }
  const { requests } = await overview(core, () => true);
  expect(requests.map(({ problem }) => problem)).toEqual(["unreadable", "too-long", "unreadable"]);
});

it("trusts certificates of an imported root, and refuses what is none", async () => {
  const [mine, other] = [await testCore(), await testCore()];
  const { url, ca } = await secure(mine);
  const { ca: theirs } = await secure(other);
  const trust = (pem: string) => mine.client.call("certificates.trust", { pem });
  await expect(trust("hello")).rejects.toThrow("This is no readable certificate.");
  const own = await other.client.call("certificates.root", {});
  expect(await trust(theirs)).toMatchObject([{ fingerprint: own.fingerprint }]);
  const { trusted } = await overview(mine, (value) => value.trusted.length === 1);
  expect(trusted[0]?.fingerprint).toBe(own.fingerprint);
  expect(url).toMatch(/^wss:/);
  expect(ca).not.toBe(theirs);
  await mine.client.call("certificates.distrust", { fingerprint: own.fingerprint });
  await overview(mine, (value) => value.trusted.length === 0);
});

it("tells whoever looks for the first time how it stands by now", async () => {
  const core = await testCore();
  await until(core.client, "connection.status", {}, ({ secure }) => secure);
  const { wss, roots } = await snapshot(core.client, "certificates.overview", {});
  expect({ wss, roots: roots.length }).toEqual({ wss: { state: "ready" }, roots: 1 });
});
