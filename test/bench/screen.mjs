import { chromium } from "playwright-core";
import { findBrowser } from "../../main/launch/find-browser.mjs";

const executablePath = findBrowser(process);
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const rounds = 5;
/** A browser goes on starting for a while after it takes commands. */
const settleMs = 3000;

/** From the start of the core to the first screen that says something: in a browser that is open already, and in one that is
 * started when the core is ready, as `npm start` does.
 * @param startServe starts a core; gives its ready line, when it began, and how to end it
 * @returns lines to print */
export async function firstScreen(startServe) {
  if (!executablePath) return "first screen: skipped, there is no browser here";
  const running = await launch();
  const warm = await running.newPage();
  await warm.goto("data:text/html,<h1>warm</h1>");
  await warm.waitForTimeout(settleMs);
  const open = [];
  for (let round = 0; round < rounds; round++) open.push(await startToScreen(startServe, async () => running));
  await running.close();
  const closed = [];
  for (let round = 0; round < rounds; round++) {
    let browser;
    closed.push(await startToScreen(startServe, async () => (browser = await launch())));
    await browser.close();
  }
  return [
    line("start to first screen, browser open", open),
    line("start to first screen, with the start of the browser", closed),
  ].join("\n");
}

function launch() {
  return chromium.launch({ executablePath, args: flags.split(" ") });
}

/** In a context of its own, so that nothing is cached. */
async function startToScreen(startServe, browserFor) {
  const serve = await startServe([]);
  const context = await (await browserFor()).newContext();
  const page = await context.newPage();
  await page.goto(serve.ready.ui, { waitUntil: "commit" });
  await page.waitForSelector("h1");
  const ms = performance.now() - serve.began;
  await context.close();
  await serve.stop();
  return ms;
}

function line(name, times) {
  const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  return `${name}: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms (median ${middle.toFixed(0)} ms)`;
}
