// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { screensForFile, show } from "../testing/screen.tsx";
import { ExportMenu } from "./ExportMenu.tsx";

screensForFile();

test("what is shown is taken along as a file, in the form that is chosen", async () => {
  const clicked: (string | null)[][] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push([this.getAttribute("href"), this.getAttribute("download")]);
  });
  const answers = { "export.open": { path: "/files/1", name: "frames.csv" } as never };
  const screen = await show(<ExportMenu wish={() => ({ list: "frames", station: "CP1" }) as never} />, { answers });
  await screen.press("Export");
  await expect(screen.text()).toMatchFileSnapshot("told/export.txt");
  await screen.press("Table for spreadsheets (CSV)");
  expect(screen.asked()).toEqual([
    ["export.open", { wish: { list: "frames", station: "CP1" }, form: "csv", language: "en" }],
  ]);
  expect(clicked).toEqual([["/files/1", ""]]);
  expect(screen.says()).toEqual(["[Export]", "… frames.csv is being fetched."]);
  cleanup();
  const failing = await show(<ExportMenu wish={() => ({}) as never} />, {});
  await failing.press("Export");
  await failing.press("JSON, one object a line");
  expect(failing.says()[1]).toBe("! The file could not be made. no core runs on this folder");
  expect(clicked).toHaveLength(1);
});
