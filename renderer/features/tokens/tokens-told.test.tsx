// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { TokenDecisionEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import { refused, screensForFile, show } from "../../ui/testing/screen.tsx";
import { TokensScreen } from "./TokensScreen.tsx";

screensForFile();

const list: TokenList = {
  acceptAll: false,
  tokens: [
    { value: "04A1B2C3", status: "Blocked", note: "Anna", group: "G1", expiry: "2030-01-02T00:00:00Z" },
    { value: "04FF", status: "Accepted" },
  ],
};
const decision = (seq: number, more: object): TokenDecisionEntry =>
  ({
    ...{ station: "CP1", at: seq * 1000, seq },
    presented: { kind: "token", token: { value: "C3B2A104" }, decision: "Invalid", source: "Authorize" },
    ...more,
  }) as TokenDecisionEntry;
const feeds = {
  "tokens.list": list,
  "tokens.decisions": [
    decision(12, {}),
    decision(13, {
      presented: { kind: "token", token: { value: "04FF" }, decision: "Accepted", source: "StartTransaction" },
    }),
  ],
};

test("the list and the cards that were tried, each with what was answered and why", async () => {
  const screen = await show(<TokensScreen />, { feeds });
  await expect(screen.text()).toMatchFileSnapshot("told/full.txt");
  await screen.press("Add token");
  await expect(screen.text("aside")).toMatchFileSnapshot("told/add.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Answer: Accepted: may charge, Blocked: may not charge, Expired: its time is up, Invalid: not known, ConcurrentTx: charges elsewhere already",
    ]
  `);
  cleanup();
  const empty = await show(<TokensScreen />, {
    feeds: { "tokens.list": { acceptAll: true, tokens: [] }, "tokens.decisions": [] },
  });
  await expect(empty.text()).toMatchFileSnapshot("told/empty.txt");
});

test("what is not there yet, and what the core does not tell, says so", async () => {
  expect((await show(<TokensScreen />, {})).says().filter((line) => /^[!…]/.test(line))).toMatchInlineSnapshot(`
    [
      "… Reading the list of tokens",
      "… Reading the decisions",
    ]
  `);
  cleanup();
  const failed = await show(<TokensScreen />, { feeds: { "tokens.list": refused(), "tokens.decisions": refused() } });
  expect(failed.says().filter((line) => /^[!…]/.test(line))).toMatchInlineSnapshot(`
    [
      "! The list of tokens could not be read. no core runs on this folder",
      "! The decisions could not be read. no core runs on this folder",
    ]
  `);
});
