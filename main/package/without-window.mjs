import { chmodSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layOutCommandLine } from "./command-line.mjs";

const launcher = ["children", "find-browser", "in-browser", "installed", "link-page"];
const texts = { LICENSE: "LICENSE", "NOTICES.md": "NOTICES.md", "dist/licenses-core.md": "licenses-core.md" };

/**
 * Lays out a Plugside for Linux without Electron: its command line, and a `plugside-desktop` that opens the screens in a browser.
 * @param {string} root the project's folder, built
 * @param {string} to a folder to be made anew
 * @param {string} arch as Node names it
 */
export function layOutWithoutWindow(root, to, arch) {
  rmSync(to, { recursive: true, force: true });
  const cli = join(to, "resources/cli");
  layOutCommandLine(root, cli, "linux", arch);
  for (const name of launcher) cpSync(join(root, `main/launch/${name}.mjs`), join(cli, `launch/${name}.mjs`));
  for (const [from, name] of Object.entries(texts)) cpSync(join(root, from), join(to, name));
  const desktop = join(to, "plugside-desktop");
  writeFileSync(
    desktop,
    `#!/bin/sh
# Opens the screens of Plugside in a browser.
cli=$(dirname "$(readlink -f "$0")")/resources/cli
node="$cli/node"
[ -x "$node" ] || node=node
exec "$node" "$cli/launch/installed.mjs" "$@"
`,
  );
  chmodSync(desktop, 0o755);
}
