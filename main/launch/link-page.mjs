import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How long the page stays: a browser that starts slowly on a slow disk has read it by then. */
const keptMs = 60_000;

/** Writes a page that leads to a one-time link, for this user's eyes alone: what a browser is told on its command line everybody on
 * the machine can read. It is taken away after a minute, and when the process ends.
 * @param {string} folder that only this user reads
 * @param {string} link
 * @returns {string} where the page is */
export function writeLinkPage(folder, link) {
  const path = join(folder, "open.html");
  const remove = () => rmSync(path, { force: true });
  remove();
  const target = link.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${target}"><title>Plugside</title>\n`;
  // Made anew: one that was left behind keeps the mode it had.
  writeFileSync(path, page, { mode: 0o600, flag: "wx" });
  setTimeout(remove, keptMs).unref();
  process.once("exit", remove);
  return path;
}
