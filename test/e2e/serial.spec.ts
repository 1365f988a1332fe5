import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();

test("a line is opened from the screen, says why it cannot be, and is closed", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "serial" });
  await page.getByRole("heading", { name: "Ports" }).waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("Name a port.").waitFor();
  await page.getByLabel("Port", { exact: true }).fill("tcp://127.0.0.1:9");
  await page.getByLabel("Identity").fill("WALL-1");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("tcp://127.0.0.1:9 cannot be reached").waitFor();
  await noBarriers(page);
  await screens.open(core, { at: "connection" }).then((other) => other.getByText("cannot be opened").waitFor());
  await page.getByRole("button", { name: "Close tcp://127.0.0.1:9" }).click();
  await page.getByText("cannot be reached").waitFor({ state: "detached" });
  expect(await page.getByRole("heading", { name: "Open a line" }).isVisible()).toBe(true);
});
