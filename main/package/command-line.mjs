import { chmodSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
const parts = ["package.json", "dist/cli.js", "dist/core.js", "dist/chunks", "dist/screens"];
/** What serial ports need, as packages: the native part comes prebuilt. */
const serialModules = [
  "serialport",
  ...["bindings-cpp", "bindings-interface", "stream"].map((name) => `@serialport/${name}`),
  "debug",
  "ms",
  "node-gyp-build",
];
/** electron-builder's numbers. */
const archNames = /** @type {Record<number, string>} */ ({ 1: "x64", 3: "arm64" });

/** electron-builder's afterPack: the command line goes beside the window, with a Node of its own. A fuse keeps Electron from being one,
 * so that nothing on the machine can run its code under our name; that costs 30 MB of the installer.
 * @param {{ appOutDir: string, electronPlatformName: string, arch: number, packager: { appInfo: { productFilename: string } } }} context */
export function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const bundle = `${packager.appInfo.productFilename}.app/Contents/Resources`;
  const resources = join(appOutDir, electronPlatformName === "darwin" ? bundle : "resources");
  layOutCommandLine(projectRoot, join(resources, "cli"), electronPlatformName, archNames[arch] ?? "");
}

/** Lays out the command line: what it is made of, the Node that runs it, and the command itself. Where there is no such Node (macOS, ARM)
 * the command takes the one of the system.
 * @param {string} root the project's folder, built
 * @param {string} to
 * @param {string} platform @param {string} arch as Node names them */
export function layOutCommandLine(root, to, platform, arch) {
  mkdirSync(to, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(to, part), { recursive: true });
  for (const name of serialModules) copyModule(root, to, name, platform);
  const windows = platform === "win32";
  const command = join(to, windows ? "plugside.cmd" : "plugside");
  cpSync(join(root, "main/resources", windows ? "plugside.cmd" : "plugside.sh"), command);
  if (!windows) chmodSync(command, 0o755);
  const node = join(
    root,
    `node_modules/node-${windows ? "win" : platform}-${arch}/bin/${windows ? "node.exe" : "node"}`,
  );
  if (!existsSync(node)) return;
  cpSync(node, join(to, windows ? "node.exe" : "node"));
  cpSync(join(dirname(dirname(node)), "LICENSE"), join(to, "LICENSE.node.txt"));
}

/** Copies a package, without its sources and the native parts of other platforms.
 * @param {string} root @param {string} to @param {string} name @param {string} platform */
function copyModule(root, to, name, platform) {
  const from = join(root, "node_modules", name);
  cpSync(from, join(to, "node_modules", name), {
    recursive: true,
    filter(path) {
      const [top = "", folder] = relative(from, path).split(sep);
      if (top === "prebuilds" && folder) return folder.startsWith(`${platform}-`);
      const built = name.startsWith("@serialport/") && ["src", "binding.gyp"].includes(top);
      return !built && !/\.(?:[mc]?ts|map)$/.test(path);
    },
  });
}
