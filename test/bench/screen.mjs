import { chromium } from "playwright-core";

const browser = "/usr/bin/chromium";
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** From the start of the core to the first screen that says something, in a browser that is already open. */
export async function firstScreen(startServe) {
  const window = await chromium.launch({ executablePath: browser, args: flags.split(" ") }).catch(() => null);
  if (!window) return `first screen: skipped, no browser at ${browser}`;
  const times = [];
  for (let round = 0; round < 3; round++) {
    const page = await window.newPage();
    const serve = await startServe([]);
    await page.goto(serve.ready.ui);
    await page.waitForSelector("h1");
    times.push(performance.now() - serve.began);
    await page.close();
    await serve.stop();
  }
  await window.close();
  return `start to first screen: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`;
}
