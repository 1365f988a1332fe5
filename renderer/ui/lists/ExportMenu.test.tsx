// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { setLanguage } from "../../i18n/index.ts";
import { inSwedish, screensForFile, show, unanswered } from "../testing/screen.tsx";
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
  await inSwedish();
  const swedish = await show(<ExportMenu wish={() => ({ list: "frames" }) as never} />, { answers });
  await swedish.press("Exportera");
  await swedish.press(/CSV/);
  expect(swedish.asked()).toEqual([["export.open", { wish: { list: "frames" }, form: "csv", language: "sv" }]]);
  cleanup();
  await setLanguage("en");
  clicked.splice(1);
  const failing = await show(<ExportMenu wish={() => ({}) as never} />, {});
  await failing.press("Export");
  await failing.press("JSON, one object a line");
  expect(failing.says()[1]).toBe("! The file could not be made. no core runs on this folder");
  expect(clicked).toHaveLength(1);
  cleanup();
  const making = await show(<ExportMenu wish={() => ({}) as never} />, { answers: { "export.open": unanswered } });
  await making.press("Export");
  await making.press("JSON, one object a line");
  expect(making.says()).toEqual(["[Export] (off)"]);
});
