import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, type RunningCore, virtualStation } from "./harness.ts";

const screens = browserForFile();

/** A log whose lines stand a second apart from a time on; the last ones grave, one with a message of OCPP in it. */
function logText(lines: number, from: number): string {
  const stamp = (at: number) => new Date(from + at * 1000).toISOString();
  const all = Array.from({ length: lines }, (_, at) => `${stamp(at)} INFO charging loop ${at} is well`);
  all.push(`${stamp(lines)} ERROR contactor did not open`);
  all.push(`${stamp(lines + 1)} DEBUG send [2,"m1","Heartbeat",{}]`);
  return `${all.join("\n")}\n`;
}

/** Keeps a file with the station, and opens it. */
async function open(core: RunningCore, name: string, bytes: Buffer): Promise<Page> {
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "files" });
  await page.locator("input[type=file]").setInputFiles([{ name, mimeType: "text/plain", buffer: bytes }]);
  await page.getByRole("row", { name: new RegExp(`^${name} .* whole`) }).press("Enter");
  await page.getByRole("complementary", { name: "Details" }).getByRole("link", { name: "Read it" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.keyboard.press("Escape");
  return page;
}

test("a log is summed up, searched and scrolled where it is, and lies beside what passed on the wire", async () => {
  const core = await coreForTest();
  const lines = 60_000;
  const page = await open(core, "station.log", Buffer.from(logText(lines, Date.now() - lines * 1000)));
  const list = page.getByRole("region", { name: "Lines" });
  await list.getByText("charging loop 0 is well").waitFor();
  await noBarriers(page);
  await noOverflow(page);

  await page.getByText("At a glance").click();
  await page.getByText("error: 1, warning: 0").waitFor();
  await page.getByRole("button", { name: /1 × .*contactor did not open/ }).click();
  const grave = list.getByRole("button", { name: /error.*contactor did not open/ });
  await grave.waitFor();
  expect(await grave.getAttribute("aria-current")).toBe("true");
  await page.getByText("At a glance").click();

  await page.getByRole("searchbox", { name: "Search all lines" }).fill("loop 3\\d{4} ");
  await page.getByText("Regular expression").click();
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByText("1 of 10,000 lines").waitFor();
  await list.getByText("charging loop 30000 is well").waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("2 of 10,000 lines").waitFor();
  await list
    .getByRole("button", { name: /charging loop 30001 is well/ })
    .and(list.locator("[aria-current]"))
    .waitFor();

  await page.getByRole("searchbox", { name: "Search all lines" }).fill("Heartbeat");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await list.getByRole("button", { name: /OCPP$/ }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("heading", { name: "OCPP message: Heartbeat" }).waitFor();
  await drawer.getByRole("heading", { name: "What passed on the wire in the same minute" }).waitFor();
  await noBarriers(page);
  await drawer.getByRole("link", { name: /BootNotification/ }).click();
  await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();
});

test("an archive shows its parts, and what is no text its bytes; what fits no line says so", async () => {
  const core = await coreForTest();
  const page = await open(core, "log.gz", gzipSync(Buffer.from(logText(10, Date.now()))));
  await page.getByText("charging loop 9 is well").waitFor();
  await page.getByRole("searchbox", { name: "Search all lines" }).fill("no such words");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByText("No line fits.").waitFor();
});

test("what is no text is shown byte by byte", async () => {
  const core = await coreForTest();
  const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, at) => at % 256));
  const page = await open(core, "dump.bin", bytes);
  await page.getByText("This is no text: 10.0\u202fkB, shown byte by byte.").waitFor();
  await page.getByText("00000000  00 01 02 03").waitFor();
  await page.getByRole("button", { name: "After" }).click();
  await page.getByText("00001000  00 01 02 03").waitFor();
  await noBarriers(page);
});
