// Draws icon.svg in every form that a system wants: node main/resources/render.mjs (with a Chromium, Chrome or Edge on the machine).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser } from "../launch/find-browser.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** The types of an .icns file that hold a PNG, by its size. */
const icnsTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };

const executablePath = findBrowser({ platform: process.platform, env: process.env });
if (!executablePath) throw new Error("There is no Chromium, Chrome or Edge here; name one with PLUGSIDE_BROWSER.");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ deviceScaleFactor: 1 });
const svg = readFileSync(join(folder, "icon.svg"), "utf8");
/** @type {Map<number, Buffer>} */
const drawn = new Map();
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  drawn.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

mkdirSync(join(folder, "icons"), { recursive: true });
for (const [size, png] of drawn) writeFileSync(join(folder, "icons", `${size}x${size}.png`), png);
writeFileSync(join(folder, "icon.ico"), ico(sizes.filter((size) => size <= 256)));
writeFileSync(join(folder, "icon.icns"), icns());

/** Windows: a directory of entries, then the PNGs; a side of 256 is written as 0.
 * @param {number[]} of */
function ico(of) {
  const pngs = of.map((size) => drawn.get(size) ?? Buffer.alloc(0));
  const head = Buffer.alloc(6 + 16 * of.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(of.length, 4);
  let offset = head.length;
  for (const [index, size] of of.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(pngs[index]?.length ?? 0, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += pngs[index]?.length ?? 0;
  }
  return Buffer.concat([head, ...pngs]);
}

/** macOS: "icns", the length of it all, then each PNG after its type and its length. */
function icns() {
  const entries = Object.entries(icnsTypes).map(([type, size]) => chunk(type, drawn.get(size) ?? Buffer.alloc(0)));
  return chunk("icns", Buffer.concat(entries));
}

/** @param {string} type @param {Buffer} body */
function chunk(type, body) {
  const head = Buffer.alloc(8);
  head.write(type, "latin1");
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}
