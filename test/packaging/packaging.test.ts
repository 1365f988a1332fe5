import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openScreens } from "../../src/api/screens.ts";
import { type AsarFile, readAsar } from "./asar.ts";
import { makeElectronFolder, readFuses } from "./electron-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const electronVersion: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.electron;

/** Packs the built product as for Linux, with dummy files for Electron: everything is real but the program itself. */
describe.runIf(process.platform === "linux" && process.arch === "x64")("the package for Linux", () => {
  let folder: string;
  let packed: string;
  let files: AsarFile[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plugside-pack-"));
    makeElectronFolder(join(folder, "electron"), electronVersion);
    await promisify(execFile)(
      process.execPath,
      [
        join(root, "node_modules/electron-builder/cli.js"),
        "--linux",
        "dir",
        "--x64",
        "--publish=never",
        "--config=electron-builder.yml",
        `-c.electronDist=${join(folder, "electron")}`,
        `-c.directories.output=${join(folder, "out")}`,
      ],
      { cwd: root, timeout: 100_000 },
    );
    packed = join(folder, "out/linux-unpacked");
    files = readAsar(join(packed, "resources/app.asar"));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds every file of the screens, found by reading alone: in an archive no folder can be listed for sure", () => {
    const bodies = new Map(files.map(({ path, body }) => [join("/app.asar", path), body]));
    const screens = openScreens("/app.asar/dist/screens", (path) => bodies.get(path) ?? Buffer.from(""));
    const built: string[] = JSON.parse(readFileSync(join(root, "dist/screens/files.json"), "utf8"));
    expect(built).toContain("index.html");
    expect(screens.size).toBe(built.length);
    const wrong = built.filter(
      (name) => !screens.get(`/${name}`)?.body.equals(readFileSync(join(root, "dist/screens", name))),
    );
    expect(wrong).toEqual([]);
  });

  it("holds the shell, the core, the command line and the screens", () => {
    const paths = new Set(files.map((file) => file.path));
    const needed = [
      "package.json",
      "LICENSE",
      "NOTICES.md",
      "dist/licenses-core.md",
      "dist/screens/licenses-screens.md",
      "dist/cli.js",
      "dist/core.js",
      "dist/main/main.js",
      "dist/main/core-process.js",
      "dist/screens/index.html",
      "node_modules/serialport/package.json",
      "node_modules/serialport/dist/index.js",
      "node_modules/@serialport/bindings-cpp/dist/index.js",
      "node_modules/node-gyp-build/index.js",
    ];
    expect(needed.filter((path) => !paths.has(path))).toEqual([]);
  });

  it("holds every script and style sheet that the screens' page asks for", () => {
    const page = readFileSync(join(root, "dist/screens/index.html"), "utf8");
    const asked = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => `dist/screens/${match[1]}`);
    const paths = new Set(files.map((file) => file.path));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => !paths.has(path))).toEqual([]);
  });

  it("brings the command line along, with a Node of its own and the licence of that", () => {
    const cli = join(packed, "resources/cli");
    expect(readdirSync(cli).sort()).toEqual([
      "LICENSE.node.txt",
      "dist",
      "node",
      "node_modules",
      "package.json",
      "plugside",
    ]);
    expect(statSync(join(cli, "plugside")).mode & 0o111).toBe(0o111);
    expect(files.filter(({ path }) => path.startsWith("main/")).map(({ path }) => path)).toEqual([
      "main/resources/icons/256x256.png",
    ]);
  });

  it("holds no sources, tests, build tools, nor the Node that came for developing", () => {
    const top = new Set(files.map((file) => file.path.split("/")[0]));
    expect([...top].sort()).toEqual(["LICENSE", "NOTICES.md", "dist", "main", "node_modules", "package.json"]);
    const modules = files.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file.path)?.[1]);
    const names = new Set(modules.filter((name) => name !== undefined && !name.startsWith("@serialport/")));
    expect([...names].sort()).toEqual(["debug", "ms", "node-gyp-build", "serialport"]);
    expect(files.filter((file) => /\.(ts|tsx|map)$|\.(test|spec)\.|(^|\/)tests?\//.test(file.path))).toEqual([]);
  });

  it("has the serial port's native part for this platform alone, beside the archive", () => {
    const prebuilds = "node_modules/@serialport/bindings-cpp/prebuilds";
    const natives = files.filter((file) => file.path.endsWith(".node"));
    expect(natives.length).toBeGreaterThan(0);
    expect(natives.filter((file) => !file.unpacked || !file.path.startsWith(`${prebuilds}/linux-`))).toEqual([]);
    const beside = join(packed, "resources/app.asar.unpacked", prebuilds);
    expect(readdirSync(beside).every((name) => name.startsWith("linux-"))).toBe(true);
    const here = readdirSync(join(beside, "linux-x64")).filter((name) => name.endsWith(".node"));
    expect(here.length).toBeGreaterThan(0);
    for (const name of here) expect(statSync(join(beside, "linux-x64", name)).size).toBeGreaterThan(10_000);
  });

  it("has its fuses set: no Node from outside, cookies encrypted, only the checked archive is run", () => {
    // RunAsNode, cookie encryption, NODE_OPTIONS, --inspect, asar integrity, only from asar, own V8 snapshot, file: privileges.
    expect(readFuses(readFileSync(join(packed, "plugside-desktop"))).slice(0, 8)).toBe("01001100");
  });

  it("carries no other application that Electron could start", () => {
    expect(existsSync(join(packed, "resources/app"))).toBe(false);
    expect(existsSync(join(packed, "resources/default_app.asar"))).toBe(false);
  });
});
