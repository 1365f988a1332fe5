// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FindingGroup } from "../../../src/station/model.ts";
import { screensForFile, show } from "../testing/screen.tsx";
import { FindingItem, FindingLine } from "./FindingItem.tsx";

screensForFile();

const group: FindingGroup = {
  ...{ rule: "unknown-field", where: "Heartbeat /colour", said: "red", expected: "no such field" },
  ...{ count: 3, firstAt: 0, lastAt: 1000, firstFrame: 7, lastFrame: 9 },
} as FindingGroup;
const { count: _count, ...single } = group;

test("a finding has a way to the frame that it rests on, where there is one", async () => {
  const buttons = () => page.queryAllByRole("button").map(({ textContent }) => textContent);
  const screen = await show(<FindingItem finding={group} />, {});
  expect(buttons()).toHaveLength(1);
  await screen.press(buttons()[0] ?? "");
  expect(screen.says().some((line) => line.includes("{") && line.includes("9"))).toBe(true);
  expect(screen.asked()).toContainEqual([expect.any(String), expect.objectContaining({ seq: 9 })]);
  cleanup();
  const told = await show(<FindingItem finding={group} frame={4} />, {});
  await told.press(buttons()[0] ?? "");
  expect(told.asked()).toContainEqual([expect.any(String), expect.objectContaining({ seq: 4 })]);
  cleanup();
  await show(<FindingItem finding={single} />, {});
  expect(buttons()).toEqual([]);
});

test("in short it is one line that opens the whole, with how often it was seen", async () => {
  let opened = 0;
  const line = (finding: FindingGroup) => <FindingLine finding={finding} onOpen={() => opened++} />;
  const screen = await show(line(group), {});
  expect(screen.text()).toMatchInlineSnapshot(`
    "‹~quiet› [Notice: A field that the specification does not have × 3]
    "
  `);
  fireEvent.click(page.getByRole("button"));
  expect(opened).toBe(1);
  cleanup();
  expect((await show(line({ ...group, count: 1 }), {})).says()).toMatchInlineSnapshot(`
    [
      "[Notice: A field that the specification does not have]",
    ]
  `);
});

test("in full it says the rule, the place, what was said and wanted, how often, and the cure", async () => {
  const said = async (finding: FindingGroup | typeof single) => {
    const screen = await show(<FindingItem finding={finding} />, {});
    const lines = screen.says().filter((line) => !line.startsWith("["));
    cleanup();
    return lines;
  };
  expect(await said(group)).toMatchInlineSnapshot(`
    [
      "~quiet",
      "~quiet Notice: A field that the specification does not have",
      "Passed over in tolerant mode. Strict central systems refuse it.",
      "Heartbeat /colour said red, expected: no such field",
      "Official JSON schema · 3 times, last 1970-01-01T00:00:01.000Z",
    ]
  `);
  const lines = await said({ ...group, count: 1 });
  expect(lines).toEqual(await said(single));
  expect(lines.at(-1)).toBe("Official JSON schema");
  expect((await said({ ...group, count: 2 })).at(-1)).toBe(
    "Official JSON schema · 2 times, last 1970-01-01T00:00:01.000Z",
  );
  expect((await said({ ...single, said: "", expected: undefined as never })).at(3)).toBe("Heartbeat /colour");
});
