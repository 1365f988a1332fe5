import { describe, expect, test } from "vitest";
import { ageOf, isBeforeBoot, transactionFrame, withAges } from "./age.ts";
import { type BootState, type LinkState, newStation, type StationState, type Transaction } from "./model.ts";

const online = { state: "online", connection: 20 } as LinkState;
const offline = { state: "offline", connection: 20 } as LinkState;
const boot = (change: Partial<BootState> = {}) => ({ at: 0, frame: 10, answered: "Accepted", ...change }) as BootState;

describe("the word of a frame", () => {
  test.each([
    { is: "of now, in the link that is open", link: online, frame: 21, age: undefined },
    { is: "of now, where it opened the link", link: online, frame: 20, age: undefined },
    { is: "of now, where no frame said it", link: online, frame: undefined, age: undefined },
    { is: "of an earlier link", link: online, frame: 19, age: "before-link" },
    { is: "of a station that is away", link: offline, frame: 21, age: "offline" },
    { is: "of no frame, of a station that is away", link: offline, frame: undefined, age: "offline" },
    { is: "of before a restart", link: online, boot: boot({ frame: 30 }), frame: 29, age: "before-boot" },
    { is: "of before a restart, away or not", link: offline, boot: boot({ frame: 30 }), frame: 29, age: "before-boot" },
    { is: "of the restart itself", link: online, boot: boot({ frame: 30 }), frame: 30, age: undefined },
  ])("$is", ({ link, boot, frame, age }) => {
    expect(ageOf({ link, boot }, frame)).toBe(age);
  });

  test("is not made old by a boot that was only asked for, by us or as the station says", () => {
    expect(isBeforeBoot({ boot: boot() }, 5)).toBe(true);
    expect(isBeforeBoot({ boot: boot({ asked: "reset" }) }, 5)).toBe(true);
    expect(isBeforeBoot({ boot: boot({ asked: "trigger" }) }, 5)).toBe(false);
    expect(isBeforeBoot({ boot: boot({ reason: "Triggered" }) }, 5)).toBe(false);
    expect(isBeforeBoot({ boot: undefined }, 5)).toBe(false);
  });
});

test("a transaction runs by its newest word, or by a newer value that names it", () => {
  const running = (frame: number, valueFrame?: number) =>
    transactionFrame({ word: { frame }, valueFrame } as Transaction);
  expect([running(5), running(5, 4), running(5, 6)]).toEqual([5, 5, 6]);
});

test("each value of a state carries its age; what has ended does not age, and what is of now is as it was", () => {
  const old = "before-link";
  const toldIn = (frame: number, aged: { old?: string } = {}): StationState => {
    const running = { state: "running", word: { frame }, ...aged };
    const evse = { evse: 1, connectors: [{ connector: 1, frame, ...aged }], live: [{ frame, ...aged }] };
    return {
      ...newStation("CP1", 0),
      link: online,
      station: { connector: 0, frame, ...aged },
      live: [{ frame, ...aged }],
      evses: [{ ...evse, transaction: running }],
      transactions: [running, { state: "ended", word: { frame } }],
      firmware: { status: "Installed", frame, ...aged },
      diagnostics: { status: "Uploaded", frame, ...aged },
    } as unknown as StationState;
  };
  expect(withAges(toldIn(19))).toEqual(toldIn(19, { old }));
  expect(withAges(toldIn(20))).toEqual(toldIn(20));
  expect(withAges({ ...newStation("CP1", 0), link: online })).toEqual({ ...newStation("CP1", 0), link: online });
});
