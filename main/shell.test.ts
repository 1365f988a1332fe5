import { EventEmitter } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createManualClock } from "../src/lib/clock.ts";
import { createElectronStandIn, refusable } from "../test/shell/electron-stand-in.ts";
import { runShell } from "./shell.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-shell-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const link = "http://127.0.0.1:4100/open/first";

async function startShell(
  argv: string[] = [],
  prepare?: (seen: ReturnType<typeof createElectronStandIn>["seen"]) => void,
  platform: NodeJS.Platform = "linux",
) {
  const { parts, seen } = createElectronStandIn(folder);
  prepare?.(seen);
  const clock = createManualClock();
  await runShell(parts, {
    argv: ["--data", join(folder, "plugside"), ...argv],
    platform,
    clock,
    coreEntry: "/app/core-process.js",
    screensFolder: "/app/screens",
    execPath: "/app/plugside",
    parent: seen.parent as unknown as NodeJS.Process,
    hold: (ms) => seen.held.push(ms),
  });
  const child = () => seen.children.at(-1) ?? fail("no core was started");
  const window = () => seen.windows.at(-1) ?? fail("no window was opened");
  return { seen, clock, child, window };
}

function fail(why: string): never {
  throw new Error(why);
}

describe("start", () => {
  it("starts the core with its folder, its flags and the screens", async () => {
    const { seen } = await startShell(["--demo", "--listen", "127.0.0.1:0", "--some-switch-of-chromium"]);
    expect(seen.forks).toEqual([
      {
        entry: "/app/core-process.js",
        start: {
          dataFolder: join(folder, "plugside"),
          listen: [{ host: "127.0.0.1", port: 0, mode: "both" }],
          demo: true,
          screensFolder: "/app/screens",
          version: "1.2.3",
        },
      },
    ]);
    expect(seen.app.calls).toEqual(["enableSandbox"]);
    expect(seen.crashReports).toEqual([{ uploadToServer: false }]);
  });

  it("opens the window with the core's link once that is ready, and not before", async () => {
    const { seen, child, window } = await startShell();
    expect(seen.windows).toEqual([]);
    child().say({ type: "ready", link });
    expect(window().loaded).toEqual([link]);
    expect(window().calls).toEqual([]);
    window().emit("ready-to-show");
    expect(window().calls).toEqual(["show"]);
  });

  it("gives the page no Node, no preload and Chromium's sandbox", async () => {
    const { child, window } = await startShell();
    child().say({ type: "ready", link });
    expect(window().options.webPreferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
  });

  it("says what is wrong with a flag and ends with 5", async () => {
    const { seen } = await startShell(["--listen", "somewhere"]);
    expect(seen.errors).toEqual(['--listen takes HOST:PORT, for example 0.0.0.0:9000; got "somewhere".']);
    expect(seen.app.calls).toEqual(["exit 5"]);
    expect(seen.forks).toEqual([]);
  });

  it("says in words that a folder cannot be made, and ends with 1", async () => {
    writeFileSync(join(folder, "file"), "");
    const { seen } = await startShell(["--data", join(folder, "file/data")]);
    expect(seen.errors).toEqual([
      expect.stringMatching(/^The data folder .*window cannot be used: .*Name another folder/),
    ]);
    expect([seen.app.calls, seen.forks]).toEqual([["exit 1"], []]);
  });

  it("keeps what can be fetched again out of the roaming profile of Windows", async () => {
    vi.stubEnv("APPDATA", join(folder, "roaming"));
    vi.stubEnv("LOCALAPPDATA", join(folder, "local"));
    const argv = ["--data", join(folder, "roaming", "Plugside")];
    const places = [];
    for (const platform of ["win32", "linux"] as const)
      places.push((await startShell(argv, undefined, platform)).seen.app.paths.sessionData);
    vi.unstubAllEnvs();
    expect(places).toEqual([join(folder, "local", "Plugside window"), undefined]);
  });

  it("bears the name that Windows groups it by", async () => {
    const { seen } = await startShell();
    expect(seen.app.paths.id).toBe("org.plugside.app");
  });
});

describe("single instance", () => {
  it("quits without a core where another instance holds the folder", async () => {
    const { seen } = await startShell([], (parts) => {
      parts.app.hasLock = false;
    });
    expect(seen.app.calls).toEqual(["quit"]);
    expect(seen.forks).toEqual([]);
  });

  it("ties the lock to the data folder", async () => {
    const { seen } = await startShell(["--data", join(folder, "elsewhere")]);
    expect(seen.app.paths.userData).toBe(join(folder, "elsewhere", "window"));
  });

  it("brings the minimized window forward when it is started a second time", async () => {
    const { seen, child, window } = await startShell();
    child().say({ type: "ready", link });
    window().isMin = true;
    seen.app.emit("second-instance", {}, ["/app/plugside"], folder);
    expect(window().calls).toEqual(["restore", "show", "focus"]);
  });
});

describe("a file that is to be opened", () => {
  it("is told that it cannot be, once there is a window to tell it in", async () => {
    const path = join(folder, "visit.plugside");
    writeFileSync(path, "");
    const { seen, child } = await startShell([path, "--demo"]);
    const event = refusable({});
    seen.app.emit("open-file", event, "/Users/me/other.plugside");
    expect([event.defaultPrevented, seen.told]).toEqual([true, []]);
    child().say({ type: "ready", link });
    const first = [path, "/Users/me/other.plugside"].map((one) => `Plugside cannot open this file: ${one}`);
    expect(seen.told).toEqual(first);
    seen.app.emit(
      "second-instance",
      {},
      ["/app/plugside", "--some-switch", "visit.plugside", "missing.plugside"],
      folder,
    );
    expect(seen.told).toEqual([...first, `Plugside cannot open this file: ${path}`]);
  });
});

describe("a core that dies", () => {
  it("comes back to the screen that was open, under the new core's link", async () => {
    const { clock, child, window, seen } = await startShell();
    child().say({ type: "ready", link });
    window().webContents.url = "http://127.0.0.1:4100/#/messages?station=CP1";
    child().die(1);
    clock.advance(500);
    expect(seen.children).toHaveLength(2);
    child().say({ type: "ready", link: "http://127.0.0.1:4200/open/second" });
    expect(window().loaded).toEqual([link, "http://127.0.0.1:4200/open/second#/messages?station=CP1"]);
    expect(seen.forks.map(({ start }) => (start as { again?: true }).again)).toEqual([undefined, true]);
  });

  it("tells the user in the window after the third failure, with the reason", async () => {
    const { clock, child, seen, window } = await startShell();
    for (const wait of [500, 1000]) {
      child().say({ type: "failed", reason: "the disk is <full>" });
      child().die(1);
      clock.advance(wait);
    }
    expect(seen.windows).toEqual([]);
    child().say({ type: "failed", reason: "the disk is <full>" });
    child().die(1);
    const page = decodeURIComponent(window().loaded[0] ?? "");
    expect(page.slice(0, 28)).toBe("data:text/html;charset=utf-8");
    expect(page).toContain("has ended 3 times within minutes");
    expect(page).toContain("the disk is &#60;full&#62;");
    const file = seen.menus[0]?.find(({ label }) => label === "File")?.submenu as MenuItemConstructorOptions[];
    const show = file.find(({ label }) => label === "Show Plugside's log")?.click as () => void;
    show();
    expect(readFileSync(join(folder, "plugside", "plugside.log"), "utf8")).toMatch(
      /^(?:\S+ error the core has ended \{"reason":"the disk is <full>"\}\n){3}$/,
    );
    expect(seen.opened).toContain(join(folder, "plugside", "plugside.log"));
    clock.advance(2000);
    child().say({ type: "ready", link });
    expect(window().loaded.at(-1)).toBe(link);
  });

  it("asks for a fresh link when the page's own process dies", async () => {
    const { clock, child, window } = await startShell();
    child().say({ type: "ready", link });
    window().webContents.emit("render-process-gone");
    clock.advance(1000);
    expect(child().told).toEqual([{ type: "link" }]);
    child().say({ type: "link", link: "http://127.0.0.1:4100/open/again" });
    await Promise.resolve();
    await Promise.resolve();
    expect(window().loaded).toEqual([link, "http://127.0.0.1:4100/open/again"]);
  });
});

describe("while it runs", () => {
  it("comes before the user at the place that a notice of the system led to, and at no other", async () => {
    const { child, window } = await startShell();
    child().say({ type: "ready", link });
    window().isMin = true;
    window().webContents.emit("did-navigate-in-page", {}, "http://127.0.0.1:4100/#/overview?station=CP-7");
    expect(window().calls).toEqual([]);
    window().webContents.emit("did-navigate-in-page", {}, "http://127.0.0.1:4100/#/overview?station=CP-7&notice=1");
    expect(window().calls).toEqual(["restore", "show", "focus"]);
  });

  it("keeps the laptop awake while a station is online, and no longer than its core lives", async () => {
    const { seen, child } = await startShell();
    child().say({ type: "busy", on: true });
    expect([...seen.awake]).toEqual([7]);
    child().say({ type: "busy", on: false });
    expect([...seen.awake]).toEqual([]);
    child().say({ type: "busy", on: true });
    child().die(1);
    expect([...seen.awake]).toEqual([]);
  });

  it("has its menu in the system's language until another is chosen", async () => {
    const { seen, child } = await startShell([], (parts) => {
      parts.app.languages = ["de-DE", "sv-SE"];
    });
    child().say({ type: "language", language: "en" });
    child().say({ type: "language", language: "system" });
    expect(seen.menus.map((menu) => menu[0]?.label)).toEqual(["Arkiv", "File", "Arkiv"]);
  });

  it("saves where the window was, and puts it there again", async () => {
    const { child, window } = await startShell();
    child().say({ type: "ready", link });
    window().emit("close");
    const saved = readFileSync(join(folder, "plugside/window/window.json"), "utf8");
    expect(JSON.parse(saved)).toEqual({ bounds: { x: 10, y: 20, width: 1000, height: 700 }, maximized: false });
    const second = await startShell();
    second.child().say({ type: "ready", link });
    const { x, y, width, height } = second.window().options;
    expect({ x, y, width, height }).toEqual({ x: 10, y: 20, width: 1000, height: 700 });
  });

  it("opens at its usual size where the saved state is broken", async () => {
    await startShell();
    writeFileSync(join(folder, "plugside/window/window.json"), '{"bounds":{"x":"left"}}');
    const { child, window } = await startShell();
    child().say({ type: "ready", link });
    const { x, y, width, height } = window().options;
    expect({ x, y, width, height }).toEqual({ x: undefined, y: undefined, width: 1280, height: 840 });
  });
});

describe("the session of the system", () => {
  it("is not shut down before the record is closed, where it waits", async () => {
    const { seen } = await startShell();
    const event = refusable({});
    seen.system.emit("shutdown", event);
    expect([event.defaultPrevented, seen.app.calls.at(-1)]).toEqual([true, "quit"]);
  });

  it("is held for a moment at the log-off of Windows, which does not wait, once the core was told to stop", async () => {
    const { seen, child, window } = await startShell();
    child().say({ type: "ready", link });
    window().emit("session-end");
    expect([child().told, seen.held]).toEqual([[{ type: "stop" }], [2000]]);
  });

  it("has slept: the core looks whether its links are alive", async () => {
    const { seen, child } = await startShell();
    seen.system.emit("resume");
    expect(child().told).toEqual([{ type: "resumed" }]);
  });

  it.each(["message", "disconnect"])("quits where the process above asks for it or is gone (%s)", async (what) => {
    const { seen } = await startShell();
    seen.parent.emit("message", { type: "other" });
    expect(seen.app.calls).toEqual(["enableSandbox"]);
    seen.parent.emit(what, { type: "stop" });
    expect(seen.app.calls.at(-1)).toBe("quit");
  });

  it("quits where plugside stop asks for it", async () => {
    const { seen, child } = await startShell();
    child().say({ type: "quit" });
    expect(seen.app.calls.at(-1)).toBe("quit");
  });
});

describe("quit", () => {
  it("waits for the core to close its record", async () => {
    const { seen, child } = await startShell();
    seen.app.emit("window-all-closed");
    expect(seen.app.calls).toEqual(["enableSandbox", "quit"]);
    const event = refusable({});
    seen.app.emit("before-quit", event);
    expect(event.defaultPrevented).toBe(true);
    expect(child().told).toEqual([{ type: "stop" }]);
    child().die(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(seen.app.calls).toEqual(["enableSandbox", "quit", "quit"]);
    const second = refusable({});
    seen.app.emit("before-quit", second);
    expect(second.defaultPrevented).toBe(false);
    expect(seen.children).toHaveLength(1);
  });
});

/** Lets what was answered be taken. */
const settled = () => new Promise((done) => setImmediate(done));

describe("a window that is closed while Plugside goes on", () => {
  it("is opened again under a fresh link: on a Mac by its icon, elsewhere by another start", async () => {
    for (const [event, platform] of [
      ["activate", "darwin"],
      ["second-instance", "linux"],
    ] as const) {
      const { seen, child, window } = await startShell([], undefined, platform);
      const again = () => seen.app.emit(event, {}, ["/app/plugside"], folder);
      child().say({ type: "ready", link });
      again();
      expect(child().told).toEqual([]);
      window().emit("closed");
      if (platform === "darwin") seen.app.emit("window-all-closed");
      expect(seen.app.calls).toEqual(["enableSandbox"]);
      again();
      child().say({ type: "link", link: "http://127.0.0.1:4100/open/again" });
      await settled();
      expect(seen.windows.map(({ loaded }) => loaded)).toEqual([[link], ["http://127.0.0.1:4100/open/again"]]);
      window().emit("closed");
      again();
      child().die(1);
      await settled();
      expect(seen.windows).toHaveLength(2);
    }
  });

  it("is not loaded anew where it has gone to another page, or is gone", async () => {
    const { clock, child, window } = await startShell();
    child().say({ type: "ready", link });
    window().webContents.url = "data:text/html,trouble";
    window().webContents.emit("render-process-gone");
    clock.advance(1000);
    window().webContents.url = link;
    window().webContents.emit("render-process-gone");
    clock.advance(999);
    window().emit("closed");
    clock.advance(1);
    expect(child().told).toEqual([]);
  });
});

describe("what leads out of the window", () => {
  it("is the browser, by a page with a fresh link; nothing where no core is ready", async () => {
    const { seen, child } = await startShell();
    const file = seen.menus[0]?.find(({ label }) => label === "File")?.submenu as MenuItemConstructorOptions[];
    const click = (name: string) => {
      const item = file.find(({ label }) => label === name)?.click as () => void;
      item();
    };
    click("Open in the browser");
    await settled();
    expect(seen.opened).toEqual([]);
    child().say({ type: "ready", link });
    click("Open in the browser");
    child().say({ type: "link", link: "http://127.0.0.1:4100/open/again" });
    await settled();
    expect(readFileSync(seen.opened[0] ?? "", "utf8")).toContain("http://127.0.0.1:4100/open/again");
    click("Show the data folder");
    expect(seen.opened[1]).toBe(join(folder, "plugside"));
  });

  it("is a page that the screens may link to, in the system's browser, and no other", async () => {
    const { seen, child, window } = await startShell();
    child().say({ type: "ready", link });
    const open = (url: string) => window().webContents.openHandler?.({ url });
    expect([open("https://openchargealliance.org/"), open("https://example.org/")]).toEqual(
      Array(2).fill({ action: "deny" }),
    );
    expect(seen.outside).toEqual(["https://openchargealliance.org/"]);
    const event = refusable({ url: `${link}/../#/messages`, isMainFrame: true });
    window().webContents.emit("will-frame-navigate", event);
    expect(event.defaultPrevented).toBe(false);
    const asked = (url: string) => seen.session.check?.(null, "clipboard-sanitized-write", url);
    expect([asked("http://127.0.0.1:4100"), asked("http://127.0.0.1:4101")]).toEqual([true, false]);
    const download = refusable({});
    seen.session.emit("will-download", download, { getURL: () => "http://127.0.0.1:4101/files/1" });
    expect(download.defaultPrevented).toBe(true);
    let dialog: object | null = null;
    const item = Object.assign(new EventEmitter(), {
      getURL: () => "http://127.0.0.1:4100/files/1",
      getFilename: () => "a.log",
      setSaveDialogOptions(options: object) {
        dialog = options;
      },
    });
    seen.session.emit("will-download", refusable({}), item);
    expect(dialog).toEqual({ title: "Save as", defaultPath: join(folder, "a.log") });
    expect([...seen.awake]).toEqual([7]);
  });
});

it("has its icon on Linux alone", async () => {
  const icons = [];
  for (const platform of ["linux", "win32"] as const) {
    const { child, window } = await startShell([], undefined, platform);
    child().say({ type: "ready", link });
    icons.push(window().options.icon);
    window().emit("close");
  }
  expect(icons).toEqual(["/app/main/resources/icons/256x256.png", undefined]);
});

it("answers what the core asks of the system's keys", async () => {
  const { child } = await startShell();
  child().say({ type: "vault", id: 3, ask: "available", text: "" });
  child().say({ type: "vault", id: 4, ask: "seal", text: "secret" });
  expect(child().told).toEqual([
    { type: "vault", id: 3, available: false },
    { type: "vault", id: 4, text: btoa("secret") },
  ]);
});
