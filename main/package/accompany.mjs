import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const installers = /\.(exe|msi|zip|dmg|AppImage|deb)$/;

/** Writes beside the installers what goes with them: `SHA256SUMS`, as sha256sum reads it, and what the product is made of as CycloneDX,
 * made by npm from package-lock.json.
 * @param {string} root the project's folder
 * @param {string} release
 * @param {string} version */
export async function accompany(root, release, version) {
  const names = readdirSync(release)
    .filter((name) => installers.test(name))
    .sort();
  const lines = [];
  for (const name of names) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(release, name)), hash);
    lines.push(`${hash.digest("hex")}  ${name}\n`);
  }
  writeFileSync(join(release, "SHA256SUMS"), lines.join(""));
  const npm = process.env.npm_execpath;
  const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"];
  const options = { cwd: root, encoding: /** @type {const} */ ("utf8"), maxBuffer: 64 * 1024 * 1024 };
  const parts = npm?.endsWith(".js")
    ? execFileSync(process.execPath, [npm, ...args], options)
    : execFileSync("npm", args, options);
  writeFileSync(join(release, `Plugside-${version}.cdx.json`), parts);
}
