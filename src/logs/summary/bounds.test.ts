import { expect, test } from "vitest";
import { Groups } from "./groups.ts";
import { rebootSignOf } from "./reboots.ts";
import { mergeReboots } from "./restarts.ts";
import { type At, addStamp, addTimes, noTimes, stepOf } from "./times.ts";

const at = (line: number, ms: number, kind: At["kind"] = "zoned"): At => ({ line, at: ms, kind });
const stamp = (ms: number, kind: At["kind"] = "zoned") => ({ at: ms, kind, begin: 0, end: 1 });

test.each([
  ["kernel-start", ["Linux version 5", "Booting Linux on physical CPU"]],
  ["boot-loader", ["U-Boot 2022.04", "U-Boot SPL 2020"]],
  [
    "service-start",
    [
      ...["syslogd started", "syslogd v1.2 started", "starting BusyBox", "started BusyBox", "rsyslogd 8.2 (x) start"],
      ...["systemd 247 running in system mode", "-- Boot 0a1b2c3d", "-- Reboot --", "--------- beginning of main"],
    ],
  ],
  [
    "going-down",
    [
      ...[
        "The system is going down",
        "Rebooting now",
        "reboot: Restarting system",
        "rebooting the",
        "Requesting system reboot",
      ],
      ...["reached target reboot", "reached target shutdown", "reached target power-off"],
    ],
  ],
  [
    "watchdog",
    [
      ...["Watchdog reset", "watchdog timeout", "watchdog expired", "Watchdog triggered", "Reset reason: IWDT"],
      ...["reset cause = Watchdog", "Reset cause: WDOG", "rst:0x8"],
    ],
  ],
  [
    "power",
    [
      "Power-on reset",
      "power on reset",
      "Power failure",
      "power lost",
      "power loss",
      "power fail",
      "Brown-out",
      "brownout",
    ],
  ],
  ["boot-message", ['[2,"1","BootNotification"', '\\"BootNotification']],
  [
    undefined,
    [
      "Linux versions",
      "U-Boot x",
      "rsyslogd startup",
      "start BusyBox",
      "Reboot the",
      "powerfailure",
      "power failing",
      "reset",
      "watchdog fed",
      "",
    ],
  ],
] as const)("a restart is told by %s", (sign, lines) => {
  expect(lines.map((line) => [line, rebootSignOf(line)])).toEqual(lines.map((line) => [line, sign]));
});

test("a clock jumps by a minute back or an hour on; each is counted, and so many are told", () => {
  const jumpsOf = (...moments: number[]) => {
    const times = noTimes();
    for (const [place, ms] of moments.entries()) addStamp(times, stamp(ms), place + 1);
    return times;
  };
  const hour = 3_600_000;
  expect(jumpsOf(0, hour - 1, hour - 60_000).jumps).toEqual([]);
  expect(jumpsOf(0, hour, hour - 60_000)).toEqual({
    stamped: 3,
    first: at(1, 0),
    last: at(3, hour - 60_000),
    jumps: [
      { from: at(1, 0), to: at(2, hour) },
      { from: at(2, hour), to: at(3, hour - 60_000) },
    ],
    jumpCount: 2,
  });
  const many = jumpsOf(...Array.from({ length: 202 }, (_, n) => n * hour));
  expect([many.jumpCount, many.jumps.length]).toEqual([201, 200]);
  const two = jumpsOf(0, hour);
  addTimes(two, noTimes());
  expect(two).toEqual(jumpsOf(0, hour));
  const later = noTimes();
  addStamp(later, stamp(3 * hour), 5);
  addStamp(later, stamp(9 * hour), 6);
  addTimes(two, later);
  expect([two.stamped, two.last, two.jumpCount, two.jumps.length]).toEqual([4, at(6, 9 * hour), 3, 3]);
  const none = noTimes();
  addTimes(none, later);
  expect(none).toEqual(later);
  addTimes(many, two);
  expect([many.jumpCount, many.jumps.length]).toEqual([205, 200]);
});

test("of different kinds of clocks none is a jump, and a new year is a step on", () => {
  const times = noTimes();
  addStamp(times, stamp(0), 1);
  addStamp(times, stamp(9e9, "monotonic"), 2);
  expect(times.jumps).toEqual([]);
  const year = 366 * 86_400_000;
  expect(stepOf(at(1, year - 1, "yearless"), at(2, 0, "yearless"))).toBe(1);
  expect(stepOf(at(1, year / 2, "yearless"), at(2, 0, "yearless"))).toBe(-year / 2);
  expect(stepOf(at(1, year / 2 + 1, "yearless"), at(2, 0, "yearless"))).toBe(year / 2 - 1);
  expect(stepOf(at(1, year - 1, "local"), at(2, 0, "local"))).toBe(1 - year);
});

test("signs near to each other are one restart: by their lines, or by their moments", () => {
  const power = (line: number, after?: At) => ({ line, sign: "power" as const, ...(after && { after }) });
  const boot = (line: number, after?: At) => ({ line, sign: "boot-loader" as const, ...(after && { after }) });
  const when = ({ at: ms, kind }: At) => (kind === "monotonic" ? { since: ms } : { at: ms });
  const linesOf = (reboots: Parameters<typeof mergeReboots>[0]) =>
    mergeReboots(reboots, [], when).map(({ line }) => line);
  expect(linesOf([power(1), boot(401)])).toEqual([1]);
  expect(linesOf([power(1), boot(402)])).toEqual([1, 402]);
  expect(linesOf([power(1, at(1, 0)), boot(900, at(900, 180_000))])).toEqual([1]);
  expect(linesOf([power(1, at(1, 0)), boot(900, at(900, 180_001))])).toEqual([1, 900]);
  expect(linesOf([power(1, at(1, 0)), boot(900, at(900, 5, "monotonic"))])).toEqual([1, 900]);
  // Each is near to the one before it.
  expect(mergeReboots([boot(701), power(1, at(1, 7)), power(350)], [], when)).toEqual([
    { line: 1, signs: ["power", "boot-loader"], at: 7 },
  ]);
  const jumps = [
    { from: at(9, 500, "monotonic"), to: at(10, 3, "monotonic") },
    { from: at(2000, 0, "monotonic"), to: at(2001, 3_600_000, "monotonic") },
    { from: at(3000, 9e9), to: at(3001, 0) },
  ];
  expect(mergeReboots([], jumps, when)).toEqual([{ line: 10, signs: ["kernel-start"], since: 3 }]);
  expect(linesOf(Array.from({ length: 201 }, (_, n) => power(1 + n * 500)))).toHaveLength(200);
});

test("lines of one kind are counted together, and told by their number, then by which came first", () => {
  const groups = new Groups();
  const levels = ["info", "error", "error"] as const;
  for (const [line, kind] of [2, 1, 1, 0, 2, 0].entries())
    groups.add(kind, line + 1, () => ({ level: levels[kind as 0], sign: "power" }));
  const [zero, one, two] = [
    { kind: 0, level: "info", sign: "power", count: 2, first: 4, last: 6 },
    { kind: 1, level: "error", sign: "power", count: 2, first: 2, last: 3 },
    { kind: 2, level: "error", sign: "power", count: 2, first: 1, last: 5 },
  ];
  expect(groups.top(9)).toEqual([two, one, zero]);
  expect(groups.top(1, "error")).toEqual([two]);
  const further = new Groups();
  further.merge(groups.top(2));
  further.merge([{ kind: 1, count: 3, first: 7, last: 9 }]);
  expect(further.top(9)).toEqual([{ ...one, count: 5, last: 9 }, two]);
  expect(groups.top(9)).toEqual([two, one, zero]);
  expect(further.isRough).toBe(false);
  const late = new Groups();
  late.merge([
    { kind: 8, count: 3, first: 9, last: 20 },
    { kind: 9, count: 3, first: 5, last: 21 },
  ]);
  expect(late.top(9).map(({ kind }) => kind)).toEqual([9, 8]);
});
