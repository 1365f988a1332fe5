import { expect, test } from "vitest";
import { openWaysAt } from "./uploads.ts";

test.each([
  [{ mode: "ws", secure: false, certified: false }, "ftp sftp http"],
  [{ mode: "ws", secure: true, certified: true }, "ftp sftp http ftps"],
  [{ mode: "wss", secure: true, certified: true }, "ftp sftp https ftps"],
  [{ mode: "wss", secure: false, certified: false }, "ftp sftp"],
  [{ mode: "both", secure: true, certified: true }, "ftp sftp http https ftps"],
  [{ mode: "both", secure: false, certified: true }, "ftp sftp http ftps"],
] as const)("a file can come to %j by %s", (at, ways) => {
  expect([...openWaysAt(at)].join(" ")).toBe(ways);
});
