import { expect, test } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { openBench } from "../../session/testing/bench.ts";
import { SettingsRepository } from "../../store/settings.ts";
import { TokensRepository } from "../../store/tokens.ts";
import type { ServiceContext } from "../context.ts";
import { openSettings } from "../settings/logic.ts";
import { watch } from "../testing/open-services.ts";
import { type TokenDecisionEntry, type TokenList, tokensContract } from "./contract.ts";
import { tokensHandlers } from "./handlers.ts";

async function setUp() {
  const bench = await openBench("1.6");
  const tokens = new TokensRepository(bench.database);
  const settings = openSettings(new SettingsRepository(bench.database), silentLogger);
  const handlersOf = () => tokensHandlers({ ...bench.parts, tokens, settings } as ServiceContext);
  const present = (idTag: string) => bench.say(JSON.stringify([2, idTag, "Authorize", { idTag }]));
  return { bench, handlersOf, handlers: handlersOf(), present };
}

test("the list is in the order of its values, and each is replaced and found whatever the case of its letters", async () => {
  const { handlers } = await setUp();
  await handlers["tokens.save"]({ value: "b", status: "Accepted" });
  await handlers["tokens.save"]({ value: "A", status: "Accepted", group: "G", note: "mine" });
  const { tokens } = await handlers["tokens.save"]({ value: "B", status: "Blocked" });
  expect(tokens.map(({ value, status, group }) => [value, status, group])).toEqual([
    ["A", "Accepted", "G"],
    ["B", "Blocked", undefined],
  ]);
  expect((await handlers["tokens.remove"]({ value: "b" })).tokens).toHaveLength(1);
  expect(() => handlers["tokens.remove"]({ value: "b" })).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("blanks around what is typed are no part of it", () => {
  const typed = { value: " A1 ", status: "Accepted", group: " G ", note: " mine " };
  expect(tokensContract["tokens.save"].input.parse(typed)).toEqual({
    value: "A1",
    status: "Accepted",
    group: "G",
    note: "mine",
  });
});

test("when a card was last seen is told as it comes, and looked up in the record of before", async () => {
  const { handlers, handlersOf, present, bench } = await setUp();
  await handlers["tokens.save"]({ value: "A1", status: "Accepted" });
  const told: TokenList[] = [];
  handlers["tokens.list"]({}, (list) => told.push(list as TokenList));
  present("a1");
  const first = told.at(-1)?.tokens[0]?.lastSeenAt;
  expect(first).toBe(bench.frames().at(-1)?.at);
  present("A1");
  const second = told.at(-1)?.tokens[0]?.lastSeenAt;
  expect(second).toBeGreaterThan(first ?? 0);
  const { snapshot } = handlersOf()["tokens.list"]({}, () => undefined);
  expect(snapshot.tokens[0]?.lastSeenAt).toBe(second);
});

test("decisions are told in the order they were made, those of before and those that come", async () => {
  const { handlers, present } = await setUp();
  present("A1");
  present("A2");
  const told: TokenDecisionEntry[] = [];
  const { snapshot, close } = handlers["tokens.decisions"]({}, (more) => told.push(...(more as TokenDecisionEntry[])));
  present("A3");
  const inShort = (entries: TokenDecisionEntry[]) =>
    entries.map(({ station, presented }) => `${station} ${presented.token.value}`);
  expect([inShort(snapshot), inShort(told)]).toEqual([["CP1 A1", "CP1 A2"], ["CP1 A3"]]);
  close();
  present("A4");
  expect(told).toHaveLength(1);
});

test("whether cards that are not listed are accepted is told, and who looks no more is told nothing", async () => {
  const { handlers, present } = await setUp();
  const { snapshot, told, close } = watch(handlers["tokens.list"], {});
  expect(snapshot).toEqual({ acceptAll: true, tokens: [] });
  const closed = { acceptAll: false, tokens: [] };
  expect(await handlers["tokens.acceptAll"]({ on: false })).toEqual(closed);
  const row = { value: "A1", status: "Accepted" as const, note: "n" };
  expect(await handlers["tokens.save"](row)).toEqual({ ...closed, tokens: [{ ...row, lastSeenAt: undefined }] });
  expect(await handlers["tokens.remove"]({ value: "A1" })).toEqual(closed);
  expect(told).toEqual([closed, { ...closed, tokens: [{ ...row, lastSeenAt: undefined }] }, closed]);
  close();
  present("A1");
  await handlers["tokens.acceptAll"]({ on: true });
  expect(told).toHaveLength(3);
});

test("what is no card tells nothing; the last hundred decisions are shown at first, each with its frame", async () => {
  const { handlers, present, bench } = await setUp();
  const lists = watch(handlers["tokens.list"], {});
  const live = watch(handlers["tokens.decisions"], {});
  bench.say('[2,"beat","Heartbeat",{}]');
  expect([lists.told, live.told]).toEqual([[], []]);
  for (let at = 1; at <= 101; at++) present(`T${at}`);
  const { snapshot } = watch(handlers["tokens.decisions"], {});
  expect([snapshot.length, snapshot[0]?.presented.token.value]).toEqual([100, "T2"]);
  const last = bench.frames().at(-1);
  expect(snapshot.at(-1)).toMatchObject({
    station: "CP1",
    at: last?.at,
    seq: last?.seq,
    presented: { kind: "token", token: { value: "T101" } },
  });
  expect(snapshot.at(-1)?.presented).not.toHaveProperty("seq");
});
