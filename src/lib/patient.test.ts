import { expect, test } from "vitest";
import { patiently } from "./patient.ts";

/** A file that is held for so many tries. */
function held(times: number, code: string, platform: NodeJS.Platform) {
  let tries = 0;
  let waited = 0;
  const outcome = () => {
    try {
      return patiently(
        () => {
          tries += 1;
          if (tries <= times) throw Object.assign(new Error(code), { code });
          return "done";
        },
        { platform, wait: (ms) => (waited += ms) },
      );
    } catch (error) {
      return (error as Error).message;
    }
  };
  return { outcome: outcome(), tries, waited };
}

test.each(["EPERM", "EACCES", "EBUSY"])(
  "on Windows a file that is held (%s) is tried for again, for a second at most",
  (code) => {
    expect(held(3, code, "win32")).toEqual({ outcome: "done", tries: 4, waited: 300 });
    expect(held(99, code, "win32")).toEqual({ outcome: code, tries: 10, waited: 900 });
  },
);

test("what does not pass by itself is told at once", () => {
  expect(held(1, "ENOSPC", "win32")).toEqual({ outcome: "ENOSPC", tries: 1, waited: 0 });
  expect(held(1, "EACCES", "linux")).toEqual({ outcome: "EACCES", tries: 1, waited: 0 });
});
