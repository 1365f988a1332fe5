import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { writeLinkPage } from "../../main/launch/link-page.mjs";
import { noBarriers, noOverflow, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest, runCore, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("a link opens the screens once; a second time it is refused in words", async () => {
  const core = await coreForTest();
  const link = await core.link();
  const first = await screens.browser().newContext();
  const second = await screens.browser().newContext();
  const opened = await first.newPage();
  await opened.goto(link);
  await opened.getByRole("heading", { level: 1 }).waitFor();
  const refused = await second.newPage();
  const response = await refused.goto(link);
  expect(response?.status()).toBe(403);
  await expect
    .poll(() => refused.textContent("body"))
    .toContain("This link was used already, or is too old. Ask for a fresh one: plugside link");
  const bare = await refused.goto(new URL("/", link).href);
  expect(bare?.status()).toBe(403);
  await first.close();
  await second.close();
});

test("the page that the launcher hands to a browser opens the screens, and no address of it holds the link", async () => {
  const core = await coreForTest();
  const context = await screens.browser().newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(pathToFileURL(writeLinkPage(core.folder, await core.link())).href, { waitUntil: "commit" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/");
});

test("when the core dies and is started again, the window finds it and says so", async () => {
  const core = await runCore();
  onTestFinished(() => core.stop());
  await virtualStation(core, { identity: "CP-1" });
  for (const locale of ["en-GB", "sv-SE"]) {
    const page = await screens.open(core, { locale, expected: /WebSocket connection|Failed to load resource/ });
    if (locale === "en-GB") await core.crash();
    const said = locale === "en-GB" ? "Plugside had ended by a fault" : "Plugside hade avslutats av ett fel";
    const told = page.getByRole("status").filter({ hasText: said });
    await told.waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
    await noBarriers(page);
    await noOverflow(page);
    await noRawKeys(page);
    await told.getByRole("button").click();
    await told.waitFor({ state: "detached" });
  }
});

test("when the core dies, the window says so and keeps what it showed", async () => {
  const core = await runCore();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { expected: /WebSocket connection|Failed to load resource/ });
  await page.getByRole("banner").getByText("Available").waitFor();
  await core.kill();
  await page
    .getByRole("alert")
    .getByText(/^The connection to Plugside is lost\. What you see is from \d\d:\d\d:\d\d\./)
    .waitFor();
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();
});

test("every screen can be opened while the core is away", async () => {
  const core = await runCore();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { expected: /WebSocket connection|Failed to load resource/ });
  const fetched = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .join(),
    );
  await expect.poll(fetched).toMatch(/SettingsScreen[^,]*\.css/);
  await core.kill();
  await page.getByRole("alert").waitFor();
  await page.getByRole("link", { name: /^History/ }).click();
  await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
  await page.getByRole("link", { name: /^Settings/ }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
});
