// Where an installed Plugside has no window of its own: the core, and its screens in a browser. Flags go on to the core.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { serveInBrowser } from "./in-browser.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.exitCode = await serveInBrowser(process.execPath, root, process.argv.slice(2));
