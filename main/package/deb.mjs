import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** Debian's names of what we know as Node's. */
const archNames = { x64: "amd64", arm64: "arm64" };
/** What Electron is linked with, as electron-builder names it. */
const windowNeeds = [
  "libgtk-3-0 | libgtk-3-0t64",
  "libnotify4",
  "libnss3",
  "libxss1",
  "libxtst6",
  "xdg-utils",
  "libatspi2.0-0 | libatspi2.0-0t64",
  "libuuid1",
  "libsecret-1-0",
];

/** @typedef {{ name: string, version: string, description: string, author: { name: string, email: string } }} About */

/**
 * Makes a Debian package of a folder that is to be /opt/Plugside, with dpkg-deb, which every Debian has.
 * @param {{ root: string, from: string, out: string, arch: "x64" | "arm64", window: boolean, about: About,
 *   compression?: "xz" | "gzip" }} options `window`: whether
 * the folder holds Electron; without it the screens open in a browser
 * @returns {string} the package
 * @throws Error with what dpkg-deb says
 */
export function makeDeb({ root, from, out, arch, window, about, compression = "xz" }) {
  const file = join(out, `Plugside-${about.version}-linux-${archNames[arch]}.deb`);
  const tree = join(out, `deb-${arch}`);
  rmSync(tree, { recursive: true, force: true });
  const opt = join(tree, "opt/Plugside");
  cpSync(from, opt, { recursive: true, verbatimSymlinks: true });
  layOut(root, tree, about);
  const size = Math.ceil(bytesIn(tree) / 1024);
  write(join(tree, "DEBIAN/control"), control({ about, arch: archNames[arch], size, window }));
  write(join(tree, "DEBIAN/postinst"), postinst(window), 0o755);
  write(join(tree, "DEBIAN/postrm"), postrm, 0o755);
  if (window) write(join(opt, "resources/apparmor-profile"), appArmor);
  settleModes(join(tree, "opt"));
  execFileSync("dpkg-deb", ["--root-owner-group", `-Z${compression}`, "--build", tree, file], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  rmSync(tree, { recursive: true, force: true });
  return file;
}

/** What lies outside of /opt: the two commands, the entry in the menu, the icons, the licence.
 * @param {string} root @param {string} tree @param {About} about */
function layOut(root, tree, about) {
  mkdirSync(join(tree, "usr/bin"), { recursive: true });
  symlinkSync("/opt/Plugside/resources/cli/plugside", join(tree, "usr/bin/plugside"));
  symlinkSync("/opt/Plugside/plugside-desktop", join(tree, "usr/bin/plugside-desktop"));
  write(join(tree, "usr/share/applications/plugside-desktop.desktop"), desktopEntry(about));
  const icons = join(root, "main/resources/icons");
  for (const name of readdirSync(icons)) {
    const size = name.replace(".png", "");
    const to = join(tree, `usr/share/icons/hicolor/${size}/apps/plugside-desktop.png`);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(icons, name), to);
  }
  const doc = join(tree, "usr/share/doc/plugside");
  write(join(doc, "copyright"), readFileSync(join(root, "LICENSE"), "utf8"));
  write(join(doc, "NOTICES.md.gz"), gzipSync(readFileSync(join(root, "NOTICES.md")), { level: 9 }));
}

/** @param {{ about: About, arch: string, size: number, window: boolean }} options */
function control({ about, arch, size, window }) {
  const depends = ["libc6 (>= 2.28)", "libstdc++6", ...(window ? windowNeeds : [])];
  return `Package: ${about.name}
Version: ${about.version}
Architecture: ${arch}
Maintainer: ${about.author.name} <${about.author.email}>
Installed-Size: ${size}
Depends: ${depends.join(", ")}
${window ? "" : "Recommends: chromium | firefox-esr | www-browser, xdg-utils\n"}Section: utils
Priority: optional
Description: Local central system for the charging station in front of you
 ${about.description}.
 The command plugside is its command line, plugside-desktop opens its window.
`;
}

/** No type of file is named: there is none that Plugside opens from a folder. @param {About} about */
function desktopEntry(about) {
  return `[Desktop Entry]
Type=Application
Name=Plugside
Comment=${about.description}
Comment[sv]=Det lokala centralsystemet för laddstationen framför dig
Exec=/opt/Plugside/plugside-desktop
Icon=plugside-desktop
Terminal=false
Categories=Utility;
StartupWMClass=Plugside
`;
}

/** Ubuntu from 24.04 on gives user namespaces, which Chromium's sandbox stands on, only to programs that a profile names. */
const appArmor = `abi <abi/4.0>,
include <tunables/global>

profile plugside-desktop /opt/Plugside/plugside-desktop flags=(unconfined) {
  userns,
  include if exists <local/plugside-desktop>
}
`;

/** @param {boolean} window */
function postinst(window) {
  return `#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
${window ? sandbox : ""}update-desktop-database -q /usr/share/applications 2>/dev/null || true
`;
}

/** Without user namespaces the sandbox needs the rights of root, by its mode; with them it must not have them. */
const sandbox = `if unshare --user true 2>/dev/null; then chmod 0755 /opt/Plugside/chrome-sandbox; else chmod 4755 /opt/Plugside/chrome-sandbox; fi
profile=/opt/Plugside/resources/apparmor-profile
if aa-enabled -q 2>/dev/null && apparmor_parser --skip-kernel-load "$profile" 2>/dev/null; then
  cp -f "$profile" /etc/apparmor.d/plugside-desktop
  apparmor_parser --replace --write-cache /etc/apparmor.d/plugside-desktop || true
fi
`;

/** What the user has recorded is the user's: it lies in the home folder, and stays. */
const postrm = `#!/bin/sh
set -e
if [ "$1" = remove ] || [ "$1" = purge ]; then
  if [ -f /etc/apparmor.d/plugside-desktop ]; then
    apparmor_parser --remove /etc/apparmor.d/plugside-desktop 2>/dev/null || true
    rm -f /etc/apparmor.d/plugside-desktop
  fi
  update-desktop-database -q /usr/share/applications 2>/dev/null || true
fi
`;

/** @param {string} path @param {string | Uint8Array} data @param {number} [mode] */
function write(path, data, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  writeFileSync(path, data, { mode });
  chmodSync(path, mode);
}

/** Everybody may read, and only root write, whatever the umask was. @param {string} folder */
function settleModes(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) settleModes(path);
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** @param {string} folder @returns {number} */
function bytesIn(folder) {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    sum += entry.isDirectory() ? bytesIn(path) : lstatSync(path).size;
  }
  return sum;
}
