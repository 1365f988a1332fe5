import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { beforeEach, expect, test, vi } from "vitest";
import type { Opener } from "./launch/find-browser.mjs";
import { serveInBrowser } from "./launch/in-browser.mjs";

class Child extends EventEmitter {
  stdout = new PassThrough();
  connected = true;
  readonly told: unknown[] = [];
  send = (message: object) => this.told.push(message);
  kill = () => this.told.push("killed");
  unref = () => this.told.push("unref");
}
/** What was started, and how a link is opened. */
const seen = vi.hoisted(() => ({
  started: [] as { command: string; args: string[]; options: { env?: NodeJS.ProcessEnv }; child: EventEmitter }[],
  opener: { kind: null, why: "No display." } as Opener,
  pages: [] as string[][],
}));
vi.mock("node:child_process", () => ({
  spawn(command: string, args: string[], options: object) {
    const child = new Child();
    seen.started.push({ command, args, options, child });
    return child;
  },
}));
vi.mock("node:fs", async (original) => ({ ...(await original<object>()), mkdirSync: () => undefined }));
vi.mock("./launch/find-browser.mjs", () => ({
  findBrowser: () => undefined,
  findOpener(page: () => string) {
    page();
    return seen.opener;
  },
}));
vi.mock("./launch/link-page.mjs", () => ({
  writeLinkPage(...page: string[]) {
    seen.pages.push(page);
    return "/data/open.html";
  },
}));
beforeEach(() => {
  seen.started = [];
  seen.pages = [];
});

const ready = { event: "ready", ocpp: ["ws://10.0.0.2:9000/", "wss://10.0.0.2:9000/"], data: "/data" };
const link = "http://127.0.0.1:4100/open/first";
const stations = "Stations connect to ws://10.0.0.2:9000/ or wss://10.0.0.2:9000/<identity>\n";

/** Serves until the core has said that it is ready. */
async function served(opener: Opener) {
  seen.opener = opener;
  const said: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const end = serveInBrowser("node", "/root", ["--demo"]);
  const child = (at: number) => seen.started[at]?.child as Child;
  const tell = (line: object | string) =>
    child(0).stdout.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
  tell("no JSON");
  tell({ event: "other", ocpp: [] });
  tell({ ...ready, ui: link });
  await expect.poll(() => said.length).toBeGreaterThan(2);
  return { said, end, child, tell };
}
const app: Opener = { kind: "app", command: "chromium", args: ["--app=x"] };

test("the core is started as a part of this process, and its screens are shown once; where they went is said", async () => {
  const { said, end, child, tell } = await served(app);
  const [core, browser] = seen.started;
  expect([core?.command, core?.args]).toEqual(["node", ["dist/cli.js", "serve", "--json", "--demo"]]);
  expect(core?.options).toMatchObject({
    ...{ cwd: "/root", stdio: ["ignore", "pipe", "inherit", "ipc"], windowsHide: true },
    env: { PLUGSIDE_PARENT: "1" },
  });
  expect(seen.pages).toEqual([["/data", link]]);
  expect(browser).toMatchObject({ command: "chromium", args: ["--app=x"] });
  expect(browser?.options).toEqual({ stdio: "ignore", detached: false });
  expect(said.slice(0, 2)).toEqual([stations, `Plugside: ${link}\n`]);
  expect(said[2]).toMatch(/^Closing the window .*Ctrl\+C/);
  tell({ ...ready, ui: "http://127.0.0.1:4100/open/again" });
  tell({ ...ready, ui: "http://127.0.0.1:4200/open/other" });
  await expect.poll(() => said.slice(3)).toEqual([stations, "Plugside is now at http://127.0.0.1:4200/open/other\n"]);
  expect(seen.started).toHaveLength(2);
  child(0).emit("exit", 7, null);
  expect([await end, child(1).told]).toEqual([7, ["killed"]]);
});

test.each<[after: number, code: number, asked: boolean, says: string[]]>([
  [5001, 0, true, []],
  [5000, 0, false, []],
  [5000, 1, false, ["The browser ended at once; open the link yourself.\n"]],
])("a window that is closed after %i ms with %i ends the core: %s", async (after, code, asked, says) => {
  const now = vi.spyOn(Date, "now").mockReturnValue(0);
  const { said, child } = await served(app);
  now.mockReturnValue(after);
  child(1).emit("exit", code);
  expect([child(0).told, said.slice(3)]).toEqual([asked ? [{ type: "stop" }] : [], says]);
});

test("what opens links for the system is let go; a browser that does not start, and none at all, are said", async () => {
  const system = await served({ kind: "system", command: "xdg-open", args: ["x"] });
  expect(system.said[2]).toBe("If the browser shows nothing, open the link yourself. Ctrl+C ends Plugside.\n");
  expect([system.child(1).told, seen.started[1]?.options]).toEqual([["unref"], { stdio: "ignore", detached: true }]);
  system.child(1).emit("error", new Error("EACCES"));
  expect(system.said[3]).toBe("The browser did not start (EACCES); open the link yourself.\n");
  seen.started = [];
  const none = await served({ kind: null, why: "No display." });
  expect([none.said[2], seen.started.length]).toEqual(["No display. Ctrl+C ends Plugside.\n", 1]);
});
