import { EventEmitter } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asSession, refusable, SessionStandIn } from "../test/shell/electron-stand-in.ts";
import { askWhereToSave } from "./downloads.ts";
import { createPowerKeeper } from "./power.ts";

class Item extends EventEmitter {
  dialog: unknown = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  getURL() {
    return this.url;
  }
  getFilename() {
    return "CP/1.csv";
  }
  setSaveDialogOptions(options: unknown) {
    this.dialog = options;
  }
}

function setUp() {
  const session = new SessionStandIn();
  const log: string[] = [];
  const power = createPowerKeeper({
    start: (kind) => log.push(kind),
    stop: (id) => log.push(`stop ${id}`) > 0,
  });
  askWhereToSave(asSession(session), {
    home: () => "http://127.0.0.1:4100/open/x",
    folder: () => "/home/me/Downloads",
    title: () => "Save as",
    power,
  });
  const download = (url: string) => {
    const item = new Item(url);
    const event = refusable({});
    session.emit("will-download", event, item);
    return { item, refused: event.defaultPrevented };
  };
  return { log, download };
}

it("asks where to save a file of ours, under a name that stays in its folder", () => {
  const { item, refused } = setUp().download("http://127.0.0.1:4100/files/1");
  expect(refused).toBe(false);
  expect(item.dialog).toEqual({ title: "Save as", defaultPath: join("/home/me/Downloads", "CP_1.csv") });
});

it("refuses a download from anywhere else", () => {
  const { item, refused } = setUp().download("https://example.com/file.exe");
  expect(refused).toBe(true);
  expect(item.dialog).toBeNull();
});

it("keeps the laptop awake until the last of two downloads is done", () => {
  const { log, download } = setUp();
  const first = download("http://127.0.0.1:4100/files/1").item;
  const second = download("http://127.0.0.1:4100/files/2").item;
  first.emit("done");
  expect(log).toEqual(["prevent-app-suspension"]);
  second.emit("done");
  expect(log).toEqual(["prevent-app-suspension", "stop 1"]);
});

it("keeps the laptop awake for a reason once, however often it is given", () => {
  const log: string[] = [];
  const power = createPowerKeeper({ start: () => log.push("awake"), stop: (id) => log.push(`asleep ${id}`) > 0 });
  power.set("stations", false);
  power.set("stations", true);
  power.set("stations", true);
  power.set("stations", false);
  power.set("stations", false);
  power.set("stations", true);
  expect(log).toEqual(["awake", "asleep 1", "awake"]);
});
