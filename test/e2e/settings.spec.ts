import { join } from "node:path";
import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, startVirtual, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("the language turns to Swedish at once, and stays", async () => {
  const page = await screens.open(await coreForTest(), { at: "settings" });
  await page.getByText("Svenska", { exact: true }).click();
  await page.getByRole("heading", { name: "Inställningar", level: 1 }).waitFor();
  await expect.poll(() => page.getByRole("link", { name: /^Översikt/ }).count()).toBe(1);
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("sv");
  await page.reload();
  await page.getByRole("heading", { name: "Inställningar", level: 1 }).waitFor();
});

test("the theme changes at once; sunlight is larger", async () => {
  const page = await screens.open(await coreForTest(), { at: "settings", colorScheme: "dark" });
  const look = () =>
    page.evaluate(() => [document.documentElement.dataset.theme, getComputedStyle(document.documentElement).fontSize]);
  await expect.poll(look).toEqual(["dark", "16px"]);
  await page.getByText("Light", { exact: true }).click();
  await expect.poll(look).toEqual(["light", "16px"]);
  await page.getByText("Sunlight", { exact: true }).click();
  await expect.poll(look).toEqual(["sunlight", "18px"]);
});

test("a number is saved on Enter, refused in words outside its range, and given back by Escape", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "settings" });
  const ping = page.getByRole("textbox", { name: "WebSocket ping" });
  await ping.fill("45");
  await ping.press("Enter");
  await page
    .getByRole("status")
    .getByText(/^Saved \d\d:\d\d:\d\d$/)
    .waitFor();
  await ping.fill("0");
  await ping.press("Enter");
  await page.getByText("Without ping, a dead link shows only when something is sent.").waitFor();

  await ping.fill("often");
  await ping.press("Enter");
  await page.getByText(/^Not saved: a whole number from 0 to 3,600\ss\.$/).waitFor();
  await expect.poll(() => ping.getAttribute("aria-invalid")).toBe("true");
  await ping.press("Escape");
  await expect.poll(() => ping.inputValue()).toBe("0");
  await page.getByText(/^Not saved: /).waitFor({ state: "hidden" });
});

test("an answer that keeps stations from working is asked about first, and is given", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "settings" });
  await page.getByRole("button", { name: "Answer Rejected" }).click();
  await page.getByText("Stations will not work until this is set back to Accepted.").waitFor();
  await page.getByRole("button", { name: "Answer Rejected" }).click();
  await page.getByText("Now: Rejected").waitFor();
  await startVirtual(core, { identity: "CP-1", ocpp: "2.0.1" });
  await page.getByRole("link", { name: /^Overview/ }).click();
  await page
    .getByText(/Rejected/)
    .first()
    .waitFor();
  await page.getByRole("link", { name: /^Settings/ }).click();
  await page.getByRole("button", { name: "Answer Accepted" }).click();
  await page.getByText("Now: Accepted").waitFor();
});

test("places named at the start go before the settings, and the screen says so", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "settings" });
  const host = new URL(core.stations).host;
  await page.getByText(`Not in use. Stations connect at ${host}:`).waitFor();
  await page.getByRole("button", { name: "Add a place" }).click();
  await page.getByLabel("Address", { exact: true }).fill("ws://10.0.0.5");
  await page.getByText("An address or a name, without ws:// and without a port.").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Add a place" }).isDisabled()).toBe(true);
  await page.getByLabel("Address", { exact: true }).fill("127.0.0.1");
  await page.getByText("wss alone", { exact: true }).click();
  await page.getByRole("button", { name: "Add a place" }).click();
  const places = page.getByRole("list", { name: "Places that stations connect to" }).getByRole("listitem");
  await expect.poll(() => places.getByRole("code").allTextContents()).toEqual(["0.0.0.0:9000", "127.0.0.1:9001"]);
  await places.first().getByRole("button", { name: "Remove" }).click();
  await page.getByText("Stations that connect through 0.0.0.0:9000 cannot come back through it.").waitFor();
  await places.first().getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => places.getByRole("code").allTextContents()).toEqual(["127.0.0.1:9001"]);
  await noBarriers(page);
});

test("it says what it is: version, port and data folder", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "settings" });
  const about = page.getByRole("region", { name: "About" });
  await about.getByText(core.folder, { exact: true }).waitFor();
  await about.getByText(join(core.folder, "plugside.log"), { exact: true }).waitFor();
  await about.getByText(new URL(core.stations).host).waitFor();
});
