import { createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createOpener } from "../../src/transports/serial/open-port.ts";
import { usualSettings } from "../../src/transports/serial/settings.ts";
import { noPtys, ptyPair } from "../harness/serial/pty-pair.ts";
import { noBarriers, noEnglish, noFaintBorders, noOverflow, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();

/** A board behind a TCP port: it says what it is told to, and hands back what it hears. */
async function board() {
  const sockets: Socket[] = [];
  let heard = "";
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      heard += String(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    place: `tcp://127.0.0.1:${port}`,
    say: (text: string) => sockets.at(-1)?.write(text),
    heard: () => heard,
    drop: () => sockets.at(-1)?.destroy(),
  };
}

const saying = "the board says that it is well\r\n";
const bootLog = [
  "ets Jul 29 2019 12:21:46",
  "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
  "\x1b[0;32mI (29) boot: ESP-IDF v4.4.2 2nd stage bootloader\x1b[0m",
  "\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.test/\x1b\\not a link\x1b]8;;\x1b\\",
  'I (812) ocpp: [2,"7","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"One"}]',
  "Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled.",
  "",
].join("\r\n");

test("a console is opened, read, typed on, searched, and tells what it recognises", async () => {
  const [core, far] = await Promise.all([coreForTest(), board()]);
  const page = await screens.open(core, { at: "console" });
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("Name a port.").waitFor();
  await noBarriers(page);
  await page.getByLabel("Port", { exact: true }).fill(far.place);
  await page.getByLabel("Station", { exact: true }).fill("BOARD-1");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText("open since").waitFor();
  far.say(bootLog);
  const rows = page.locator(".xterm-rows");
  await expect.poll(() => rows.textContent()).toContain("not a link");
  expect(await rows.textContent()).not.toMatch(/owned|evil|ZXZpbA/);
  expect(await page.title()).not.toContain("owned");
  const seen = page.getByRole("region", { name: "Recognised" });
  await seen.getByText("Console: the ESP32 crashed").waitFor();
  await seen.getByText("its supply fell too low").waitFor();
  await seen.getByText("OCPP message BootNotification").waitFor();

  const input = page.getByRole("textbox", { name: /^Terminal of/ });
  await input.focus();
  await page.keyboard.type("help 5/?");
  await page.keyboard.press("Enter");
  await expect.poll(() => far.heard()).toBe("help 5/?\r");
  await page.keyboard.press("Shift+Tab");
  expect(await input.evaluate((element) => element === document.activeElement)).toBe(false);

  await page.getByLabel("Search", { exact: true }).fill("boot");
  await page.getByText(/^\d of \d$/).waitFor();
  await page.getByLabel("Show what is sent").check();
  await expect.poll(() => rows.textContent()).toContain("help 5/?");
  await page.getByText("Hex", { exact: true }).click();
  await expect.poll(() => rows.textContent()).toMatch(/> 68 .*> 65 /);
  await page.getByText("With times", { exact: true }).click();
  await expect.poll(() => rows.textContent()).toMatch(/\d\d:\d\d:\d\d\.\d{3} .*Guru/);

  await page.getByLabel("New macro").fill("$GS");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("button", { name: "$GS", exact: true }).click();
  await expect.poll(() => far.heard()).toBe("help 5/?\r$GS\r");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Send a file" }).click();
  await (await choosing).setFiles({ name: "f.txt", mimeType: "text/plain", buffer: Buffer.from("x".repeat(3000)) });
  await page.getByText("f.txt was sent: 3.0 kB").waitFor();
  await page.getByText("no DTR, RTS and break").waitFor();
  await noBarriers(page);
  await noFaintBorders(page);
  await noOverflow(page);

  far.drop();
  await expect.poll(() => rows.textContent()).toMatch(/\[.*(hung up|lost|gone|unplugged).*\]/);
  await page.getByText("open since").waitFor();
  const { entries } = await core.client.call("history.page", { station: "BOARD-1", limit: 9 });
  const told = entries.map(({ event }) => (event.kind === "console-noted" ? event.note.phrase : event.kind));
  expect(told).toEqual([
    "console-boot",
    "console-heard",
    "console-fault",
    "console-typed",
    "console-typed",
    "console-file-begun",
    "console-file-sent",
    expect.stringMatching(/^port-/),
    "console-opened-plain",
  ]);
  await seen.getByRole("link", { name: "All in Messages" }).click();
  const row = page.getByRole("button", { name: /printed on its console BootNotification on the console/ });
  await row.click();
  await page.getByText("it neither sent nor answered it").waitFor();
  await page.getByText("One").first().waitFor();
  await noBarriers(page);
  await noOverflow(page);
  await page.getByRole("link", { name: far.place }).click();
  await page.getByRole("button", { name: `Close ${far.place}` }).click();
  await page.getByRole("heading", { name: "Open a console" }).waitFor();
  // What came stays on record, and is read as it was.
  await page.getByRole("heading", { name: `On record of ${far.place}` }).waitFor();
  await expect.poll(() => rows.textContent()).toContain("Guru Meditation");
  await page.getByRole("button", { name: "Show earlier" }).click();
  await page.getByText("Here the record of this port begins.").waitFor();
  await noBarriers(page);
  await noOverflow(page);
});

test.skipIf(noPtys)("speed and parity are found by listening, and what cannot be told is said", async () => {
  const [core, plain, wire] = await Promise.all([coreForTest(), board(), ptyPair()]);
  const far = await createOpener()(wire.b, usualSettings);
  const talking = setInterval(() => {
    plain.say(saying);
    // What is on its way as the port is closed is not taken.
    far.write(Buffer.from(saying)).catch(() => undefined);
  }, 50);
  onTestFinished(async () => {
    clearInterval(talking);
    await far.dispose();
  });
  const page = await screens.open(core, { at: "console" });
  const port = page.getByLabel("Port", { exact: true });
  const find = page.getByRole("button", { name: "Find baud and parity by listening" });
  await port.fill(plain.place);
  await find.click();
  await page.getByText("it has no speed and no parity to find").waitFor();
  await port.fill(wire.a);
  await find.click();
  // A pair of ptys has no parity at all.
  await page.getByText(/115,200 baud, 8N1: 100 % of \d+ bytes read as text. Not ruled out: 8E1, 8O1/).waitFor();
});

test.each([
  { theme: "light", locale: "sv-SE" },
  { theme: "dark", locale: "sv-SE" },
  { theme: "dark", locale: "en-GB" },
] as const)("is whole in $theme, $locale", async ({ theme, locale }) => {
  const [core, far] = await Promise.all([coreForTest(), board()]);
  await core.client.call("settings.change", { theme });
  await core.client.call("console.open", { port: far.place, station: "BOARD-1", profile: "linux-shell" });
  const page = await screens.open(core, { locale, viewport: { width: 1366, height: 768 } });
  await page.goto(`${page.url().split("#")[0]}#/console?port=${encodeURIComponent(far.place)}`);
  far.say(bootLog);
  await expect.poll(() => page.locator(".xterm-rows").textContent()).toContain("Guru");
  await page.locator("details summary").waitFor();
  await page.getByRole("button", { name: "uname -a" }).waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/console-${theme}-${locale}.png` });
  await noBarriers(page);
  await noOverflow(page);
  await noRawKeys(page);
  await noFaintBorders(page);
  if (locale === "sv-SE") await noEnglish(page);
});
