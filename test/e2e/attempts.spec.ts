import { expect, test } from "vitest";
import { handshake, say } from "../harness/way-in.ts";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();

test("an attempt that fails is a row within a second, with its cause and cure, in both languages", async () => {
  const core = await coreForTest();
  const page = await screens.open(core);
  await page.getByText("Nobody has tried to connect yet").waitFor();
  const port = Number(new URL(core.stations).port);
  await say(port, handshake("/%7BdeviceId%7D"));
  const row = page.getByRole("button").filter({ hasText: "A placeholder was left in the path" });
  await row.waitFor({ timeout: 1000 });
  await row.getByText("Put the station's identity in place of it.").waitFor();
  await row.getByText("Came to: WebSocket (3 of 9)").waitFor();
  await say(port, handshake("/%7BdeviceId%7D"));
  await row.getByText(/^× 2, every .+/).waitFor();
  await noBarriers(page);
  await noOverflow(page);

  await row.click();
  const drawer = page.getByRole("complementary").filter({ hasText: "The first bytes" });
  await drawer.getByText("GET /%7BdeviceId%7D HTTP/1.1").first().waitFor();
  await drawer.getByRole("button", { name: "Copy as text" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(handshake("/%7BdeviceId%7D"));
  await page.keyboard.press("Escape");

  await core.client.call("settings.change", { language: "sv" });
  await page.getByText("En platshållare står kvar i sökvägen").waitFor();
  await page.getByText("Kom till: WebSocket (3 av 9)").waitFor();
});
