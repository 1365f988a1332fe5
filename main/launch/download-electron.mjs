// Fetches the Electron binary by Electron's own fetcher, which checks it against the checksums that came with the package, and unpacks
// it by Electron's own installer. Its progress goes to stdout, why it failed to stderr in one line. Runs on the Node that runs the rest.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { version } = require("electron/package.json");
const isTerminal = process.stdout.isTTY;
let shown = -1;

try {
  process.stdout.write(`Fetching the desktop window (Electron ${version}) ... `);
  const { downloadArtifact } = await import("@electron/get");
  await downloadArtifact({
    version,
    artifactName: "electron",
    platform: process.platform,
    arch: process.arch,
    checksums: require("electron/checksums.json"),
    cacheRoot: process.env.electron_config_cache,
    downloadOptions: { quiet: true, getProgressCallback: told },
  });
  process.stdout.write("\n");
  // It finds in the cache what was fetched.
  require("electron/install.js");
} catch (error) {
  process.stdout.write("failed\n");
  process.stderr.write(`${error instanceof Error ? error.message.split("\n", 1)[0] : error}\n`);
  process.exitCode = 1;
}

/** @param {{ percent: number }} progress `percent`: 0 to 1 */
async function told(progress) {
  const percent = Math.floor(progress.percent * 100);
  if (percent === shown) return;
  const back = shown === -1 ? "" : "\b".repeat(`${shown} %`.length);
  shown = percent;
  if (isTerminal) process.stdout.write(`${back}${percent} %`);
}
