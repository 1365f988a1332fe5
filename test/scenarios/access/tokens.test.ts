import { describe, expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import type { TokenEntry } from "../../../src/services/tokens/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { snapshot, type TestCore, testCore } from "../../harness/core.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";
import { benchIdentity, benchStart, stationBench } from "../../harness/stations/station-bench.ts";

const expiry = "2026-06-01T09:00:00.000Z";

type Case = {
  version: OcppVersion;
  protocol: string;
  authorize(value: string): object;
  start(value: string): [action: string, payload: object];
  /** What an answer says of the token. */
  info(answer: unknown): object | undefined;
  status(status: string, more?: { expiry: string; group: string }): object;
  token(value: string): object;
};

const timestamp = new Date(benchStart).toISOString();
const two = {
  authorize: (idToken: string) => ({ idToken: { idToken, type: "ISO14443" } }),
  start: (idToken: string): [string, object] => [
    "TransactionEvent",
    {
      eventType: "Started",
      timestamp,
      triggerReason: "Authorized",
      seqNo: 0,
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken, type: "ISO14443" },
      transactionInfo: { transactionId: `T-${idToken}` },
    },
  ],
  info: (answer: unknown) => (answer as { idTokenInfo?: object }).idTokenInfo,
  status: (status: string, more?: { expiry: string; group: string }) =>
    more
      ? { status, cacheExpiryDateTime: more.expiry, groupIdToken: { idToken: more.group, type: "Central" } }
      : { status },
  token: (value: string) => ({ value, type: "ISO14443" }),
};
const versions: Case[] = [
  {
    version: "1.6",
    protocol: "ocpp1.6",
    authorize: (idTag) => ({ idTag }),
    start: (idTag) => ["StartTransaction", { connectorId: 1, idTag, meterStart: 0, timestamp }],
    info: (answer) => (answer as { idTagInfo?: object }).idTagInfo,
    status: (status, more) => (more ? { status, expiryDate: more.expiry, parentIdTag: more.group } : { status }),
    token: (value) => ({ value }),
  },
  { version: "2.0.1", protocol: "ocpp2.0.1", ...two },
  { version: "2.1", protocol: "ocpp2.1", ...two },
];

describe.each(versions)("tokens, asked by a station of OCPP $version", (given) => {
  const { version, protocol, authorize, start, info, status, token } = given;

  async function setUp(entries: TokenEntry[], acceptAll: boolean): Promise<TestCore & { station: RawStation }> {
    const core = await testCore({ clock: createManualClock(benchStart) });
    for (const entry of entries) await core.client.call("tokens.save", entry);
    await core.client.call("tokens.acceptAll", { on: acceptAll });
    return { ...core, station: await rawStation(`${core.url}CP1`, [protocol]) };
  }

  test.each(["Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"] as const)(
    "a token listed as %s is answered so, at the reader and at the start, accept-all or not",
    async (listed) => {
      for (const acceptAll of [true, false]) {
        const { station, client } = await setUp([{ value: "Card-1", status: listed }], acceptAll);
        // Compared without regard to letter case; kept as the station wrote it.
        expect(info(await station.ask("Authorize", authorize("CARD-1")))).toEqual(status(listed));
        const [action, payload] = start("card-1");
        expect(info(await station.ask(action, payload))).toEqual(status(listed));
        const decisions = await snapshot(client, "tokens.decisions", {});
        expect(decisions.map(({ station: from, presented }) => [from, presented])).toEqual([
          ["CP1", { kind: "token", token: token("CARD-1"), decision: listed, source: "Authorize" }],
          ["CP1", { kind: "token", token: token("card-1"), decision: listed, source: action }],
        ]);
        const list = await snapshot(client, "tokens.list", {});
        expect(list).toEqual({
          acceptAll,
          tokens: [{ value: "Card-1", status: listed, lastSeenAt: benchStart }],
        });
      }
    },
  );

  test("expiry and group go along, and past its expiry an accepted token is Expired", async () => {
    const clock = createManualClock(benchStart);
    const { client, url } = await testCore({ clock });
    await client.call("tokens.save", { value: "STAFF", status: "Accepted", expiry, group: "G1" });
    const station = await rawStation(`${url}CP1`, [protocol]);
    const more = { expiry, group: "G1" };
    expect(info(await station.ask("Authorize", authorize("STAFF")))).toEqual(status("Accepted", more));
    clock.advance(Date.parse(expiry) - clock.now());
    const late = await rawStation(`${url}CP2`, [protocol]);
    expect(info(await late.ask("Authorize", authorize("STAFF")))).toEqual(status("Expired", more));
    const decisions = await snapshot(client, "tokens.decisions", {});
    expect(decisions.map(({ station: from, at, presented }) => [from, at, presented.decision])).toEqual([
      ["CP1", benchStart, "Accepted"],
      ["CP2", Date.parse(expiry), "Expired"],
    ]);
  });

  test("a token that is not listed is accepted or Invalid, as the switch says", async () => {
    const { station, client } = await setUp([{ value: "OTHER", status: "Accepted" }], true);
    expect(info(await station.ask("Authorize", authorize("STRANGER")))).toEqual(status("Accepted"));
    await client.call("tokens.acceptAll", { on: false });
    expect(info(await station.ask("Authorize", authorize("STRANGER")))).toEqual(status("Invalid"));
    await client.call("tokens.save", { value: "stranger", status: "Accepted" });
    expect(info(await station.ask("Authorize", authorize("STRANGER")))).toEqual(status("Accepted"));
    expect((await client.call("tokens.remove", { value: "STRANGER" })).tokens.map(({ value }) => value)).toEqual([
      "OTHER",
    ]);
    expect(info(await station.ask("Authorize", authorize("STRANGER")))).toEqual(status("Invalid"));
  });

  test("a start that we asked for is let in although its token is not listed", async () => {
    const { station, client } = await setUp([], false);
    const command = client.call("stations.command", {
      identity: "CP1",
      command: { name: "start", evse: 1, token: { value: "REMOTE" } },
    });
    const [, id] = JSON.parse(await station.next());
    station.send(JSON.stringify([3, id, { status: "Accepted" }]));
    expect(await command).toMatchObject({ result: "accepted" });
    const [action, payload] = start("REMOTE");
    expect(info(await station.ask(action, payload))).toEqual(status("Accepted"));
    expect(info(await station.ask("Authorize", authorize("ANOTHER")))).toEqual(status("Invalid"));
  });

  test("a virtual station keeps its contactor open on a blocked card", async () => {
    const bench = await stationBench(version);
    await bench.client.call("tokens.save", { value: "0BADCA2D", status: "Blocked" });
    bench.station.act("plug", 1);
    bench.station.act("tap", 1, "0BADCA2D");
    await bench.settle();
    await bench.run(3);
    const state = await bench.state();
    expect(state.evses[0]).not.toHaveProperty("transaction");
    expect(state.findings).toEqual([]);
    const decisions = await snapshot(bench.client, "tokens.decisions", {});
    expect(decisions.map(({ station, presented }) => ({ station, ...presented }))).toEqual([
      { station: benchIdentity, kind: "token", token: token("0BADCA2D"), decision: "Blocked", source: "Authorize" },
    ]);
  });
});

test("when a token was last seen is the latest of its spellings, also after a restart", async () => {
  const clock = createManualClock(benchStart);
  const core = await testCore({ clock });
  await core.client.call("tokens.save", { value: "card", status: "Accepted" });
  const station = await rawStation(`${core.url}CP1`);
  for (const idTag of ["CARD", "Card", "card", "CARD"]) {
    clock.advance(1000);
    await station.ask("Authorize", { idTag });
  }
  const seen = [{ value: "card", status: "Accepted", lastSeenAt: benchStart + 4000 }];
  expect((await snapshot(core.client, "tokens.list", {})).tokens).toEqual(seen);
  const next = await core.restart();
  expect((await snapshot(next.client, "tokens.list", {})).tokens).toEqual(seen);
});

test("a token that cannot be is refused in words", async () => {
  const { client } = await testCore();
  for (const wrong of [
    { value: "  ", status: "Accepted" as const },
    { value: "X", status: "Accepted" as const, expiry: "tomorrow" },
  ]) {
    await expect(client.call("tokens.save", wrong)).rejects.toMatchObject({ code: "invalid-input" });
  }
  await expect(client.call("tokens.remove", { value: "NOBODY" })).rejects.toMatchObject({
    code: "not-found",
    message: "The token NOBODY is not in the list.",
  });
});
