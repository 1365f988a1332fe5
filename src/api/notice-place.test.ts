import { expect, it } from "vitest";
import { fromNotice, isFromNotice } from "./notice-place.ts";

it("knows the place that a notice led to, and no other", () => {
  const home = "http://127.0.0.1:4100/";
  expect(fromNotice("#/connection", 7)).toBe("#/connection?notice=7");
  expect(isFromNotice(home + fromNotice("#/connection", 7))).toBe(true);
  expect(isFromNotice(home + fromNotice("#/overview?station=CP%207", 8))).toBe(true);
  expect(isFromNotice(`${home}#/overview?station=notice`)).toBe(false);
  expect(isFromNotice(`${home}?notice=7#/overview`)).toBe(false);
  expect(isFromNotice(home)).toBe(false);
});
