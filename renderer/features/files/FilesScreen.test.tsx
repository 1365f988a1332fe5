// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { KeptFile } from "../../../src/station/model.ts";
import { inSwedish, refused, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { FilesScreen } from "./FilesScreen.tsx";
import { FileView } from "./FileView.tsx";

screensForFile();

const file: KeptFile = {
  ...{
    id: 1,
    station: "CP1",
    name: "log.zip",
    bytes: 2_500_000,
    at: 0,
    state: "whole",
    sha256: "ab12",
    note: "the fault",
  },
};
const files: KeptFile[] = [
  file,
  { id: 2, name: "photo.jpg", bytes: 1, at: 1000, state: "coming" },
  { ...file, id: 3, state: "partial", note: undefined } as KeptFile,
];
const stations = { "stations.list": [summaryOf(onlineStation())] };

test("the files of a station, the newest first", async () => {
  const screen = await show(<FilesScreen />, { feeds: { ...stations, "files.list": files } });
  await expect(screen.text()).toMatchFileSnapshot("told/list.txt");
  cleanup();
  const none = await show(<FilesScreen />, { feeds: { ...stations, "files.list": [] } });
  expect(none.says().slice(2)).toMatchInlineSnapshot(`
    [
      "[Add files]",
      "No file is kept with this station",
      "“Add files” keeps a copy in the record.",
    ]
  `);
  cleanup();
  expect((await show(<FilesScreen />, { feeds: stations })).says().at(-1)).toMatch(/^… /);
  cleanup();
  const failed = await show(<FilesScreen />, { feeds: { ...stations, "files.list": refused() } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
});

function view(id: number, answers: Written["answers"] = {}) {
  return show(<FileView id={id} />, {
    feeds: { "files.list": files, "outbox.list": [], "outbox.destinations": [] },
    answers,
  });
}

test("the files in Swedish, and one of them", async () => {
  await inSwedish();
  const list = await show(<FilesScreen />, { feeds: { ...stations, "files.list": files } });
  const told = [list.text()];
  cleanup();
  for (const id of [1, 2]) {
    told.push((await view(id)).text());
    cleanup();
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/swedish.txt");
});

test.each([1, 2, 3])("what is known of the file %i, and what can be done with it", async (id) => {
  await expect((await view(id)).text()).toMatchFileSnapshot(`told/file-${id}.txt`);
});

test("its name and note are changed, and only where they are others", async () => {
  const screen = await view(1, { "files.change": file });
  expect(screen.says()).toContain("[Save] (off)");
  await screen.type("Name", " ");
  expect(screen.says()).toContain("[Save] (off)");
  await screen.type("Name", "better.zip");
  await screen.type("Note", "");
  await screen.press("Save");
  expect(screen.asked().filter(([name]) => name === "files.change")).toEqual([
    ["files.change", { id: 1, name: "better.zip", note: "" }],
  ]);
});

test("it is removed after the sentence, and what fails says so", async () => {
  const screen = await view(1);
  await screen.press("Remove");
  expect(screen.asked().filter(([name]) => name.startsWith("files."))).toEqual([]);
  await screen.press("Remove");
  expect(screen.asked().filter(([name]) => name.startsWith("files."))).toEqual([["files.remove", { id: 1 }]]);
  expect(screen.says().filter((line) => line.startsWith("! "))).toMatchInlineSnapshot(`
    [
      "! The file was not removed. no core runs on this folder",
    ]
  `);
});

test("a file is opened from the list, and its view is closed once it is removed", async () => {
  const screen = await show(<FilesScreen />, {
    feeds: { ...stations, "files.list": files, "outbox.list": [], "outbox.destinations": [] },
    answers: { "files.remove": null },
  });
  const view = () => document.querySelector("aside");
  expect(view()).toBeNull();
  fireEvent.click(page.getAllByRole("row").at(-1) as HTMLElement);
  expect(view()?.getAttribute("aria-label")).toBe("log.zip");
  await screen.press("Remove");
  await screen.press("Remove");
  expect(screen.asked().filter(([name]) => name === "files.remove")).toEqual([["files.remove", { id: 1 }]]);
  expect(view()).toBeNull();
});

test("another file is opened in the place of the one before with a name and a note of its own, and its own log to read", async () => {
  const screen = await show(<FilesScreen />, {
    feeds: {
      ...{ ...stations, "outbox.list": [], "outbox.destinations": [] },
      "files.list": [file, { ...file, id: 4, name: "other.log", note: undefined as never }],
    },
  });
  const open = (nth: number) => fireEvent.click(page.getAllByRole("row")[nth] as HTMLElement);
  open(2);
  await screen.type("Name", "typed.zip");
  open(1);
  expect(document.querySelector("aside")?.getAttribute("aria-label")).toBe("other.log");
  expect(screen.says("aside").filter((line) => /^(Name|Note|\[Save\])|reader/.test(line))).toMatchInlineSnapshot(`
    [
      "Name: other.log",
      "Note:",
      "[Save] (off)",
      "<Read it> #/reader?file=4&station=CP1",
    ]
  `);
});

test("what is known of a file goes with it, and what is watched with the screen", async () => {
  const screen = await show(<FilesScreen />, { feeds: { ...stations, "files.list": files, "outbox.list": [] } });
  fireEvent.click(page.getAllByRole("row")[1] as HTMLElement);
  expect(screen.watched().filter(([name]) => name === "files.list")).toEqual([
    ["files.list", { station: "CP1" }],
    ["files.list", {}],
  ]);
  screen.tell("files.list", []);
  expect(screen.says("aside")).toEqual(["{log.zip}"]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});

test("a file is saved where it is, and its change that is refused says so", async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const screen = await view(1, { "files.download": { path: "/files/7" } as never });
  await screen.press("Save a copy");
  expect(screen.asked().filter(([name]) => name === "files.download")).toEqual([["files.download", { id: 1 }]]);
  expect((clicked.mock.contexts[0] as HTMLAnchorElement).getAttribute("href")).toBe("/files/7");
  await screen.type("Note", "n");
  await screen.press("Save");
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The change was not saved. no core runs on this folder",
  ]);
  expect(page.getByLabelText("Note").getAttribute("maxlength")).toBe("500");
  cleanup();
  const failed = await view(1);
  await failed.press("Save a copy");
  expect(failed.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The file was not saved. no core runs on this folder",
  ]);
});
