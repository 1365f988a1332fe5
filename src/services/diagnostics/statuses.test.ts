import { expect, test } from "vitest";
import { uploadState } from "./statuses.ts";

test.each([
  ["Idle", "idle"],
  ["Uploading", "uploading"],
  ["Uploaded", "uploaded"],
  ["UploadFailed", "failed"],
  ["UploadFailure", "failed"],
  ["BadMessage", "failed"],
  ["PermissionDenied", "failed"],
  ["", "failed"],
])("%s is an upload that is %s", (status, state) => {
  expect(uploadState(status)).toBe(state);
});
