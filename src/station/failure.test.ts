import { expect, test } from "vitest";
import { FailureError } from "../lib/contract.ts";
import { failure, whyOf } from "./failure.ts";
import { english, words } from "./phrases.ts";

test("a failure of ours says why in its own words, in English for a log", () => {
  const why = words("unknown-station", { identity: "CP1" });
  const error = failure("not-found", why, { tried: 1 });
  expect(error).toMatchObject({ code: "not-found", words: why, details: { tried: 1 } });
  expect(error).toBeInstanceOf(FailureError);
  expect(error.message).toBe("No station named CP1 was ever heard of.");
  expect(whyOf(error)).toEqual(why);
});

test("what is no failure of ours, or has no words, is told as the system says it", () => {
  const says = (error: string) => words("system-says", { error });
  expect(whyOf(new FailureError("internal", "odd"))).toEqual(says("odd"));
  expect(whyOf(new Error("EIO"))).toEqual(says("EIO"));
  expect(whyOf(Object.assign(new Error("EIO"), { words: words("link-closed") }))).toEqual(says("EIO"));
  expect(whyOf("gone")).toEqual(says("gone"));
  expect(english(whyOf(new Error("EACCES: permission denied")))).toBe("the system says “EACCES: permission denied”");
});
