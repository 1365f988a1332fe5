import { expect, test } from "vitest";
import { zoneText } from "./zone.ts";

test.each([
  [0, "UTC"],
  [120, "+02:00"],
  [-330, "−05:30"],
  [345, "+05:45"],
  [-59, "−00:59"],
  [840, "+14:00"],
])("a zone of %i minutes is %s", (minutes, text) => {
  expect(zoneText(minutes)).toBe(text);
});
