import { expect, test, vi } from "vitest";
import { openSender } from "./open.ts";

vi.mock("./folder.ts", () => ({ folderSender: (path: string) => ["folder", path] }));
vi.mock("./http.ts", () => ({ httpSender: (...given: unknown[]) => ["http", ...given] }));
vi.mock("./webdav.ts", () => ({ webdavSender: (...given: unknown[]) => ["webdav", ...given] }));
vi.mock("./s3/s3.ts", () => ({ s3Sender: (...given: unknown[]) => ["s3", ...given] }));
vi.mock("./sftp/sftp.ts", () => ({ sftpSender: (...given: unknown[]) => ["sftp", ...given] }));

test("each kind of destination has its own sender, with what it works with", async () => {
  const tools = { secret: {} } as never;
  expect(await openSender({ name: "n", kind: "folder", path: "/x" }, tools)).toEqual(["folder", "/x"]);
  for (const kind of ["http", "webdav", "s3", "sftp"] as const) {
    const destination = { name: "n", kind } as never;
    expect(await openSender(destination, tools)).toEqual([kind, destination, tools]);
  }
});
