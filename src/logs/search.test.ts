import { describe, expect, it } from "vitest";
import { sourceOf } from "../../test/harness/bytes.ts";
import { openText } from "./lines/text.ts";
import { withinLines } from "./search/within-lines.ts";
import { search } from "./search.ts";

const lines = [
  "2026-11-26 10:00:00 INFO start",
  "2026-11-26 10:00:01 ERROR åäö failed: 7",
  "  at main()",
  "2026-11-26 10:00:02 WARN low",
  "",
  "2026-11-26 10:00:03 error: (not a level) FAILED",
];
const open = async (text: string | Buffer) => await openText(await sourceOf(text));
const clockwork = { zone: 0, near: 0 };

describe.each(["utf8", "utf16le"] as const)("a text in %s", (encoding) => {
  const text = open(Buffer.from(`${encoding === "utf8" ? "" : "\ufeff"}${lines.join("\r\n")}\r\n`, encoding));
  it.each([
    [{ text: "failed" }, [2, 6]],
    [{ text: "failed", matchCase: true }, [2]],
    [{ text: "ÅÄÖ" }, [2]],
    [{ text: "åäö", matchCase: true }, [2]],
    [{ text: "(not" }, [6]],
    [{ text: "7$", isPattern: true }, [2]],
    [{ text: "^$", isPattern: true }, [5]],
    [{ text: "start\\s+2026", isPattern: true }, []],
    [{ text: "[^x]at", isPattern: true }, [3]],
    [{ text: "(?<!\\S)at|low(?!\\s)", isPattern: true }, [3, 4]],
    [{ text: "ERROR|WARN", isPattern: true, matchCase: true }, [2, 4]],
    [{ levels: ["error"] as const }, [2, 3]],
    [{ levels: ["error", "warning"] as const, text: "a" }, [2, 3, 4, 5].filter((line) => line !== 5)],
    [{ from: Date.UTC(2026, 10, 26, 10, 0, 1), to: Date.UTC(2026, 10, 26, 10, 0, 2), clockwork }, [2, 3, 4, 5]],
    [{}, [1, 2, 3, 4, 5, 6]],
  ])("%j", async (query, found) => {
    expect(await search(await text, query)).toEqual({ lines: found });
  });
});

it("goes on where it ended", async () => {
  const text = await open("hit\nmiss\n".repeat(1000));
  const first = await search(text, { text: "hit" }, { limit: 300 });
  expect([first.lines.length, first.lines.at(-1), first.next]).toEqual([300, 599, 601]);
  const second = await search(text, { text: "hit" }, { from: first.next, limit: 1000 });
  expect([second.lines[0], second.lines.length, second.next]).toEqual([601, 700, undefined]);
});

it("finds the same in threads as here", async () => {
  const text = await open(
    Array.from({ length: 30_000 }, (_, index) => `line ${index} ${index % 7 ? "" : "seven"}\n`).join(""),
  );
  const options = { limit: 100_000 };
  const here = await search(text, { text: "SEVEN" }, { ...options, here: true });
  expect(here.lines).toHaveLength(4286);
  expect(await search(text, { text: "SEVEN" }, { ...options, here: false })).toEqual(here);
  expect(await search(text, { text: "sev+en", isPattern: true }, options)).toEqual(here);
});

it("gives as many lines as were asked for, and no place to go on where there is nothing more", async () => {
  const text = await open("hit\n".repeat(300));
  expect(await search(text, { text: "hit" }, { limit: 300 })).toEqual({
    lines: Array.from({ length: 300 }, (_, n) => n + 1),
  });
  expect(await search(text, { text: "hit" }, { limit: 299 })).toMatchObject({ next: 300 });
  expect(await search(text, { text: `${"x".repeat(1000)}` })).toEqual({ lines: [] });
});

describe("is refused in words", () => {
  it.each([
    [{ text: "(", isPattern: true }, "log-search-no-pattern"],
    [{ text: "x".repeat(1001) }, "log-search-long"],
  ])("%j", async (query, phrase) => {
    await expect(search(await open("a\n"), query)).rejects.toMatchObject({ words: { phrase } });
  });

  it("where an expression would never end", async () => {
    const text = await open(`${"a".repeat(5000)}\n`);
    const never = search(text, { text: "(a+)+$b", isPattern: true }, { stuckMs: 300 });
    await expect(never).rejects.toMatchObject({ code: "unavailable", words: { phrase: "log-search-stuck" } });
  });

  it("and ends when it is told to", async () => {
    const ending = new AbortController();
    const text = await open(`${"a".repeat(5000)}\n`);
    const never = search(text, { text: "(a+)+$b", isPattern: true }, { signal: ending.signal });
    ending.abort(new Error("enough"));
    await expect(never).rejects.toThrow("enough");
  });
});

it.each([
  ["a\\s", "a[^\\S\\r\\n]"],
  ["\\W\\D\\d", "[^\\w\\r\\n][^\\d\\r\\n]\\d"],
  ["[^\\]x]*", "[^\\r\\n\\]x]*"],
  ["[\\s\\S]+", "(?:(?![\\r\\n])[\\s\\S])+"],
  ["\\[\\\\s", "\\[\\\\s"],
  ["[abc]", "[abc]"],
])("the expression %s stays within lines as %s", (pattern, made) => {
  expect(withinLines(pattern)).toBe(made);
});
