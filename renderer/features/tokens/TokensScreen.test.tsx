// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test } from "vitest";
import type { TokenDecisionEntry, TokenEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import { inSwedish, refused, screensForFile, settled, show, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
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

test("the tokens in Swedish, and the form of a new one", async () => {
  await inSwedish();
  const screen = await show(<TokensScreen />, { feeds });
  await screen.press("Lägg till tagg");
  await expect(screen.text()).toMatchFileSnapshot("told/swedish.txt");
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

const drawer = () => document.querySelector("aside")?.getAttribute("aria-label") ?? null;
const withAnswers = (answers: Written["answers"]) => show(<TokensScreen />, { feeds, answers });

test("a card among the decisions is blocked, let in again, or taken in, in place; its frame is opened by the row alone", async () => {
  const screen = await withAnswers({ "tokens.save": list });
  await screen.press("Block 04FF");
  await screen.press("Block C3B2A104");
  screen.tell("tokens.list", {
    ...list,
    tokens: [{ ...(list.tokens[0] as TokenEntry), value: "c3b2a104", lastSeenAt: 7 }],
  });
  expect(screen.says()).toContain("[Let C3B2A104 in again]");
  expect(screen.says()).not.toContain("[Add C3B2A104 to the list]");
  await screen.press("Let C3B2A104 in again");
  expect(screen.asked()).toEqual([
    ["tokens.save", { value: "04FF", status: "Blocked" }],
    ["tokens.save", { value: "C3B2A104", status: "Blocked" }],
    ["tokens.save", { ...list.tokens[0], value: "c3b2a104", status: "Accepted" }],
  ]);
  expect(drawer()).toBeNull();
  fireEvent.click(page.getAllByRole("row")[1] as HTMLElement);
  expect(drawer()).toBe("Frame 13");
  cleanup();
  const failing = await withAnswers({});
  await failing.press("Block 04FF");
  expect(failing.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! Not saved. Try again.",
    ]
  `);
});

test("a pin that was typed is not told, nor how it could be read in a button's name", async () => {
  const pin = { ...decision(1, {}).presented, token: { value: "1234", type: "KeyCode" } };
  const screen = await show(<TokensScreen />, {
    feeds: { ...feeds, "tokens.decisions": [decision(1, { presented: pin })] },
  });
  expect(screen.says("[aria-labelledby=token-decisions] tbody").join("\n")).not.toContain("1234");
});

test("a stranger among the decisions is taken into the list by a form that has its value", async () => {
  const screen = await withAnswers({ "tokens.save": list });
  await screen.press("Add C3B2A104 to the list");
  expect([drawer(), screen.says("aside")[2]]).toEqual(["Add token", "Token: C3B2A104"]);
  await screen.press("Save");
  expect(screen.asked()).toEqual([["tokens.save", { value: "C3B2A104", status: "Accepted" }]]);
  expect(drawer()).toBeNull();
});

test("each answer has its shape and its word", async () => {
  const answers = ["Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"] as const;
  const told = answers.map((answer, at) =>
    decision(at + 1, { presented: { ...decision(1, {}).presented, decision: answer } }),
  );
  const screen = await show(<TokensScreen />, { feeds: { ...feeds, "tokens.decisions": told } });
  const lines = screen
    .says("[aria-labelledby=token-decisions] tbody")
    .flatMap((line) => /~\w+ (~\w+ .*?) \|/.exec(line)?.[1] ?? []);
  expect(lines).toEqual([
    "~waiting ConcurrentTx charges elsewhere already",
    "~quiet Invalid not known",
    "~quiet Expired its time is up",
    "~faulted Blocked may not charge",
    "~charging Accepted may charge",
  ]);
});

test("decisions are told eight at first, fifty more at a time, of the station in focus or of all", async () => {
  const many = Array.from({ length: 70 }, (_, at) =>
    decision(at + 1, {
      station: at % 10 === 0 ? "CP2" : "CP1",
      presented: { ...decision(1, {}).presented, token: { value: `T${at}`, type: "ISO14443" } },
    }),
  );
  const screen = await show(<TokensScreen />, {
    feeds: { ...feeds, "tokens.decisions": many, "stations.list": [summaryOf(onlineStation())] },
  });
  const told = () => document.querySelectorAll("[aria-labelledby=token-decisions] tbody tr").length;
  const more = () => screen.says().find((line) => /more|older/i.test(line));
  expect([told(), more(), screen.says("[aria-labelledby=token-decisions] tbody tr")[0]]).toMatchInlineSnapshot(`
    [
      8,
      "[Show 50 more]",
      "1970-01-01T00:01:10.000Z | CP1 | T69 ISO14443 | ~quiet ~quiet Invalid not known | Authorize |",
    ]
  `);
  await screen.press(/more|older/i);
  expect([told(), more()]).toMatchInlineSnapshot(`
    [
      58,
      "[Show 5 more]",
    ]
  `);
  await screen.press(/more|older/i);
  expect([told(), more()]).toEqual([63, undefined]);
  await screen.tick("All stations");
  expect(told()).toBe(70);
});

test("while the pointer is on the decisions they stand still, and how many have come is told", async () => {
  const screen = await show(<TokensScreen />, { feeds });
  const table = page.getByRole("table", { name: "Decisions" });
  fireEvent.pointerEnter(table.parentElement?.parentElement as HTMLElement);
  const first = () => screen.says("[aria-labelledby=token-decisions] tbody tr")[0];
  const before = first();
  screen.tell("tokens.decisions", [...feeds["tokens.decisions"], decision(14, {}), decision(15, {})]);
  expect(first()).toBe(before);
  await screen.press(/2/);
  expect(first()).not.toBe(before);
});

test("the list is narrowed by words, and cleared again; the answer of a token whose time is up is told as it is now", async () => {
  const tokens: TokenList["tokens"] = [
    ...list.tokens,
    { value: "04EE", status: "Accepted", expiry: "2001-01-02T00:00:00Z", lastSeenAt: 5000 },
  ];
  const screen = await show(<TokensScreen />, { feeds: { ...feeds, "tokens.list": { ...list, tokens } } });
  const values = () => screen.says("[aria-labelledby=token-list] tbody").filter((line) => line.includes("|"));
  expect(values()).toMatchInlineSnapshot(`
    [
      "04A1B2C3 | ~faulted ~faulted Blocked may not charge | 2030-01-02T00:00:00.000Z | G1 | Anna | never | Edit",
      "04FF | ~charging ~charging Accepted may charge | no end | | | never | Edit",
      "04EE | ~quiet ~quiet Expired its time is up",
      "| 2001-01-02T00:00:00.000Z | | | 1970-01-01T00:00:05.000Z | Edit",
    ]
  `);
  await screen.type("Filter tokens", "anna block");
  expect(values()).toHaveLength(1);
  await screen.type("Filter tokens", "nobody");
  expect(screen.says("[aria-labelledby=token-list]").slice(-2)).toMatchInlineSnapshot(`
    [
      "No token fits “nobody”",
      "[Clear the filter]",
    ]
  `);
  await screen.press(/^Clear/);
  expect(values()).toHaveLength(4);
});

test("a token is changed in the drawer, its value fixed; it closes once that is kept, and says why it is not", async () => {
  let answer: () => unknown = refused;
  const screen = await withAnswers({ "tokens.save": () => answer() as never });
  const [anna, other] = list.tokens as [TokenEntry, TokenEntry];
  const expiry = new Date(2030, 0, 2, 12, 30).toISOString();
  screen.tell("tokens.list", { ...list, tokens: [{ ...anna, expiry }, other] });
  fireEvent.click(page.getByText("Anna"));
  expect([drawer(), screen.says("aside")]).toMatchInlineSnapshot(`
    [
      "Edit token",
      [
        "{Edit token}",
        "The value names the entry. To change it, add another and remove this one.",
        "Token: 04A1B2C3",
        "Answer: Blocked: may not charge",
        "Local time, such as 2027-01-31 12:30. A date alone lasts to the end of its day. Empty: no end.",
        "Expires: 2030-01-02 12:30",
        "parentIdTag or groupIdToken. Tokens of one group may stop each other's transactions.",
        "Group: G1",
        "For you: the card's colour, its owner. It is not sent to the station.",
        "Note: Anna",
        "[Save]",
        "[Cancel]",
        "[Remove]",
      ],
    ]
  `);
  expect(page.getByLabelText<HTMLInputElement>("Token").readOnly).toBe(true);
  await screen.choose("Answer", /^Accepted/);
  await screen.type("Note", " Anna B ");
  await screen.type("Expires", "2030-02-31");
  await screen.press("Save");
  expect(screen.says("aside").filter((line) => line.includes("(not right)"))).toEqual([
    "Expires: 2030-02-31 (not right)",
  ]);
  expect(screen.asked()).toEqual([]);
  await screen.type("Expires", "");
  expect(screen.says("aside").filter((line) => line.includes("(not right)"))).toEqual([]);
  await screen.press("Save");
  expect(screen.says("aside").filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The token could not be saved. no core runs on this folder",
    ]
  `);
  expect(screen.asked()).toEqual([
    ["tokens.save", { value: "04A1B2C3", status: "Accepted", group: "G1", note: "Anna B" }],
  ]);
  const held = Promise.withResolvers<TokenList>();
  answer = () => held.promise;
  await screen.press("Save");
  expect(screen.says("aside")).toContain("[Saving]");
  fireEvent.submit(document.querySelector("aside form") as HTMLFormElement);
  expect(screen.asked()).toHaveLength(1);
  await act(async () => held.resolve(list));
  await settled();
  expect(drawer()).toBeNull();
});

test("a token is removed after the sentence; where it cannot be, the drawer stays and says so", async () => {
  let answer: () => unknown = refused;
  const screen = await withAnswers({ "tokens.remove": () => answer() as never });
  fireEvent.click(page.getByText("Anna"));
  await screen.press("Remove");
  expect(screen.says("aside")).toContain("Remove 04A1B2C3? It is then answered Invalid.");
  expect(screen.asked()).toEqual([]);
  await screen.press("Remove");
  expect(screen.asked()).toEqual([["tokens.remove", { value: "04A1B2C3" }]]);
  expect(screen.says("aside").filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! 04A1B2C3 could not be removed. no core runs on this folder",
    ]
  `);
  screen.tell("tokens.list", { ...list, acceptAll: true });
  await screen.press("Remove");
  expect(screen.says("aside")).toContain("Remove 04A1B2C3? It is then accepted, as every token that is not listed.");
  const held = Promise.withResolvers<TokenList>();
  answer = () => held.promise;
  await screen.press("Remove");
  expect(screen.says("aside").at(-1)).toBe("[Remove] (off)");
  await act(async () => held.resolve(list));
  await settled();
  expect(drawer()).toBeNull();
});

test("a new token begins empty with the focus in its value; one that is listed, or is long, says so; Cancel closes", async () => {
  const screen = await withAnswers({});
  await screen.press("Add token");
  const value = page.getByLabelText("Token");
  expect([document.activeElement === value, (value as HTMLInputElement).readOnly]).toEqual([true, false]);
  page.getByLabelText("Note").focus();
  await screen.press("Save");
  expect(screen.says("aside").slice(2, 4)).toEqual(["Token: (not right)", "Type the token's value."]);
  expect(document.activeElement).toBe(value);
  await screen.type("Token", "04a1b2c3");
  await screen.press("Save");
  const problem = () => screen.says("aside").slice(2, 4);
  expect(problem()).toMatchInlineSnapshot(`
    [
      "Token: 04a1b2c3 (not right)",
      "This token is in the list already. Edit it there.",
    ]
  `);
  await screen.type("Token", "123456789012345678901");
  const long = screen.says("aside").slice(1, 4);
  await screen.type("Token", "12345678901234567890");
  expect([long, screen.says("aside").slice(1, 4)]).toMatchInlineSnapshot(`
    [
      [
        "More than 20 characters: an OCPP 1.6 station cannot send it.",
        "Token: 123456789012345678901",
        "Answer: Accepted: may charge",
      ],
      [
        "As the station sends it: the idTag or idToken. Letter case does not matter.",
        "Token: 12345678901234567890",
        "Answer: Accepted: may charge",
      ],
    ]
  `);
  await screen.press("Cancel");
  expect([drawer(), screen.asked()]).toEqual([null, []]);
});

test("the switch says what it does as it stands, and what fails; its feeds go with the screen", async () => {
  const screen = await withAnswers({});
  await screen.tick(/^Accept all tokens/);
  expect(screen.asked()).toEqual([["tokens.acceptAll", { on: true }]]);
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The switch could not be set. no core runs on this folder",
    ]
  `);
  screen.tell("tokens.list", { ...list, acceptAll: true });
  expect(screen.says().filter((line) => line.startsWith("["))[0]).toMatchInlineSnapshot(
    `"[x] Accept all tokens A token that is not in the list is accepted. A listed one gets its own status."`,
  );
  await screen.tick(/^Accept all tokens/);
  expect(screen.asked()).toEqual([["tokens.acceptAll", { on: false }]]);
  expect(screen.watched()).toEqual([
    ["stations.list", {}],
    ["tokens.decisions", {}],
    ["tokens.list", {}],
  ]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});

test("a token of a group is added; the answer that is chosen once more stays", async () => {
  const screen = await withAnswers({ "tokens.save": list });
  await screen.press("Add token");
  await screen.type("Token", " 04DD ");
  await screen.type("Group", " fleet ");
  for (let times = 0; times < 2; times++) await screen.choose("Answer", /^ConcurrentTx/);
  await screen.press("Save");
  expect(screen.asked()).toEqual([["tokens.save", { value: "04DD", status: "ConcurrentTx", group: "fleet" }]]);
  expect(drawer()).toBeNull();
});
