import { expect, test } from "vitest";
import type { Attempt } from "../../station/attempts.ts";
import type { CloseCause } from "../../station/model.ts";
import { Reconnects } from "./reconnects.ts";

type Life = { at: number; version?: string; ends?: number; cause?: CloseCause; booted?: boolean; address?: string };

/** What the last of these connections is told to be, one after the other. */
function told(...lives: Life[]) {
  const reconnects = new Reconnects();
  let last: ReturnType<Reconnects["opened"]> = { causes: [] };
  for (const [
    id,
    { at, version = "ocpp1.6", ends = at + 1000, cause = "station", booted = true, address = "10.0.0.1" },
  ] of lives.entries()) {
    const attempt = { id, at, identity: "CP1", remoteAddress: address } as Attempt;
    last = reconnects.opened(attempt, version, at);
    reconnects.closed({ ...attempt, ...(booted && { boot: "Accepted" }) } as Attempt, ends, cause);
  }
  return { codes: last.causes.map(({ code }) => code), gapMs: last.gapMs, said: last.causes.at(-1)?.said };
}

test("the third short connection in a row is a loop, with the pause before it and the time from one to the next", () => {
  expect(told({ at: 0 }, { at: 3000 })).toEqual({ codes: [], gapMs: undefined, said: undefined });
  expect(told({ at: 0 }, { at: 3000 }, { at: 6000 })).toEqual({
    codes: ["reconnect-loop"],
    gapMs: 3000,
    said: "2.0 s",
  });
  expect(told({ at: 0 }, { at: 21_000 }, { at: 42_000 }).said).toBe("20 s");
});

test.each<[string, Life[]]>([
  ["one of them lasted", [{ at: 0, ends: 300_001 }, { at: 301_000 }, { at: 304_000 }]],
  ["one came after a long pause", [{ at: 0 }, { at: 1000 + 25 * 60_000 + 1 }, { at: 1000 + 25 * 60_000 + 4000 }]],
  ["we ended one", [{ at: 0 }, { at: 3000, cause: "shutdown" }, { at: 6000 }]],
  ["there was one for each version", [{ at: 0, version: "ocpp2.1" }, { at: 3000, version: "ocpp2.0.1" }, { at: 6000 }]],
])("it is no loop where %s", (_what, lives) => {
  expect(told(...lives).codes).not.toContain("reconnect-loop");
});

test("a connection of five minutes is short, and a pause of twenty-five not too long", () => {
  const minutes = 60_000;
  const lives = [{ at: 0, ends: 5 * minutes }, { at: 30 * minutes, ends: 35 * minutes }, { at: 60 * minutes }];
  expect(told(...lives)).toEqual({ codes: ["reconnect-loop"], gapMs: 30 * minutes, said: "1500 s" });
});

test("two versions in turn are a loop all the same, and one that the link was lost for", () => {
  expect(told({ at: 0 }, { at: 3000, version: "ocpp2.1" }, { at: 6000 }).codes).toContain("reconnect-loop");
  expect(told({ at: 0, cause: "lost" }, { at: 3000, cause: "lost" }, { at: 6000 }).codes).toEqual(["reconnect-loop"]);
});

test.each<[string, Life, Life, boolean]>([
  ["another version after one that did not boot", { at: 0, version: "ocpp2.1", booted: false }, { at: 3000 }, true],
  ["within a minute of its end", { at: 0, version: "ocpp2.1", booted: false, ends: 10_000 }, { at: 70_000 }, true],
  ["later than that", { at: 0, version: "ocpp2.1", booted: false, ends: 10_000 }, { at: 70_001 }, false],
  ["after one that booted", { at: 0, version: "ocpp2.1" }, { at: 3000 }, false],
  ["in the same version", { at: 0, booted: false }, { at: 3000 }, false],
  ["from another address", { at: 0, version: "ocpp2.1", booted: false }, { at: 3000, address: "10.0.0.2" }, false],
])("%s is a probe of versions: %o, %o, %s", (_what, first, second, probe) => {
  expect(told(first, second).codes.includes("version-probe")).toBe(probe);
});

test.each([
  [499, ["version-probe"]],
  [500, []],
])("after %i others it is known no more what an identity spoke before: %j", (others, codes) => {
  const reconnects = new Reconnects();
  const comes = (id: number, identity: string, version: string) =>
    reconnects.opened({ id, at: 0, identity, remoteAddress: "10.0.0.1" } as Attempt, version, 0);
  comes(0, "CP1", "ocpp1.6");
  for (let id = 1; id <= others; id++) comes(id, `other ${id}`, "ocpp1.6");
  expect(comes(1000, "CP1", "ocpp2.0.1").causes.map(({ code }) => code)).toEqual(codes);
});
