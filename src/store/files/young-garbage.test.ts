import { expect, test } from "vitest";
import { collectYoung } from "./young-garbage.ts";

test("what was read and passed on does not pile up beside the heap", () => {
  let most = 0;
  for (let read = 0; read < 2000; read++) {
    Buffer.alloc(65_536, read);
    if (read % 64 === 0) collectYoung();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }
  expect(most).toBeLessThan(24 * 1024 * 1024);
});
