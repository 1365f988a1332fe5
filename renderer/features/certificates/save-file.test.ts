// @vitest-environment happy-dom
import { expect, onTestFinished, test, vi } from "vitest";
import { saveFile } from "./save-file.ts";

test("hands over a file whole, under a name that a disk takes, and lets go of its bytes once that has begun", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const made = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:made");
  const revoked = vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  const clicked: { name: string; href: string }[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push({ name: this.download, href: this.href });
  });
  saveFile({
    fileName: "a/b.pem",
    fingerprint: "",
    mediaType: "application/x-pem-file",
    base64: btoa("\u0000\u00ffA"),
  });
  expect(clicked).toEqual([{ name: "a_b.pem", href: "blob:made" }]);
  const blob = made.mock.calls[0]?.[0] as Blob;
  expect(blob.type).toBe("application/x-pem-file");
  expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([0, 255, 65]);
  vi.advanceTimersByTime(999);
  expect(revoked).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(revoked.mock.calls).toEqual([["blob:made"]]);
});
