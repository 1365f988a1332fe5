import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDeb } from "../../main/package/deb.mjs";
import { layOutWithoutWindow } from "../../main/package/without-window.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const canRun = process.platform === "linux" && process.arch === "x64" && hasDpkg();

function hasDpkg(): boolean {
  try {
    execFileSync("dpkg-deb", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The package without a window, as it is made where no Electron can be had; all of it is real. */
describe.runIf(canRun)("the package for Debian", () => {
  let folder: string;
  let deb: string;
  let tree: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plugside-deb-"));
    const laidOut = join(folder, "laid-out");
    layOutWithoutWindow(root, laidOut, "x64");
    mkdirSync(join(folder, "out"));
    deb = makeDeb({
      root,
      from: laidOut,
      out: join(folder, "out"),
      arch: "x64",
      window: false,
      about,
      compression: "gzip",
    });
    tree = join(folder, "tree");
    execFileSync("dpkg-deb", ["-x", deb, tree]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("says what it is, who keeps it and what it needs", () => {
    const field = (name: string) => execFileSync("dpkg-deb", ["-f", deb, name], { encoding: "utf8" }).trim();
    expect([field("Package"), field("Version"), field("Architecture")]).toEqual(["plugside", about.version, "amd64"]);
    expect(field("Maintainer")).toMatch(/^.+ <.+@.+>$/);
    expect(field("Depends")).toBe("libc6 (>= 2.28), libstdc++6");
    expect(Number(field("Installed-Size"))).toBeGreaterThan(50_000);
  });

  it("is root's, and nobody else can write to it", () => {
    const list = execFileSync("dpkg-deb", ["-c", deb], { encoding: "utf8" }).trim().split("\n");
    expect(list.filter((line) => !/ root\/root /.test(line))).toEqual([]);
    expect(list.filter((line) => !line.startsWith("l") && /^.....w|^........w/.test(line))).toEqual([]);
    expect(list.some((line) => line.endsWith("./usr/bin/plugside -> /opt/Plugside/resources/cli/plugside"))).toBe(true);
  });

  it("claims no type of file: there is none that Plugside opens", () => {
    expect(execFileSync("dpkg-deb", ["-c", deb], { encoding: "utf8" })).not.toContain("/mime/");
    const entry = execFileSync("sh", [
      "-c",
      `dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*.desktop'`,
      "sh",
      deb,
    ]);
    expect(entry.toString()).toMatch(/^Exec=\/opt\/Plugside\/plugside-desktop$/m);
    expect(entry.toString()).not.toContain("MimeType");
  });

  it("takes nothing of the user's away when it goes", () => {
    const control = join(folder, "control");
    execFileSync("dpkg-deb", ["-e", deb, control]);
    expect(readFileSync(join(control, "postrm"), "utf8")).not.toMatch(/home|\.local|HOME/);
    for (const script of ["postinst", "postrm"]) {
      execFileSync("sh", ["-n", join(control, script)]);
      expect(statSync(join(control, script)).mode & 0o777).toBe(0o755);
    }
  });

  it("starts without the source tree: the command line, the core and its screens", async () => {
    const command = join(tree, "opt/Plugside/resources/cli/plugside");
    expect(execFileSync(command, ["--version"], { encoding: "utf8" })).toBe(`${about.version}\n`);
    const data = join(folder, "data");
    const args = ["serve", "--json", "--listen", "127.0.0.1:0", "--data", data];
    const core = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    try {
      const [line] = (await once(createInterface({ input: core.stdout }), "line")) as [string];
      const { ui } = JSON.parse(line) as { ui: string };
      const opened = await fetch(ui, { redirect: "manual" });
      const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
      const page = await fetch(new URL("/", ui), { headers: { cookie } });
      expect([page.status, (await page.text()).includes('<div id="root">')]).toEqual([200, true]);
      const ended = once(core, "exit");
      execFileSync(command, ["stop", "--data", data]);
      expect(await ended).toEqual([0, null]);
    } finally {
      core.kill("SIGKILL");
    }
  });
});
