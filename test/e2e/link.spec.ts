import { expect, test } from "vitest";
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
    .toContain("This link was used already. Ask for a fresh one: plugside link");
  const bare = await refused.goto(new URL("/", link).href);
  expect(bare?.status()).toBe(403);
  await first.close();
  await second.close();
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
