import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { foldAttempts } from "../../renderer/features/connection/attempt-list.ts";
import type { CoreClient } from "../../src/api/client.ts";
import type { Attempt } from "../../src/station/attempts.ts";
import { type CauseCode, causes as english } from "../../src/words/en/causes.ts";
import { causes as swedish } from "../../src/words/sv/causes.ts";
import { snapshot, until } from "../harness/client.ts";
import { provocations, sentSecrets } from "../harness/provocations.ts";
import { handshake, say } from "../harness/way-in.ts";
import { noBarriers, noEnglish, noEnglishPhrases, noOverflow, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("an attempt that fails is a row, with its cause and cure, in both languages", async () => {
  const core = await coreForTest();
  const page = await screens.open(core);
  await page.getByText("Nobody has tried to connect yet").waitFor();
  const port = Number(new URL(core.stations).port);
  await say(port, handshake("/%7BdeviceId%7D"));
  const row = page.getByRole("button").filter({ hasText: "A placeholder was left in the path" });
  await row.waitFor();
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
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(handshake("/%7BdeviceId%7D"));
  await page.keyboard.press("Escape");

  await core.client.call("settings.change", { language: "sv" });
  await page.getByText("En platshållare står kvar i sökvägen").waitFor();
  await page.getByText("Kom till: WebSocket (3 av 9)").waitFor();
});

/** These need minutes, hundreds of connections, a core without a certificate, or a request for a log: other tests have them. */
const notHere = new Set<CauseCode>([
  "certificate-not-ready",
  "no-boot",
  "crowded",
  "too-many-links",
  "too-many-new",
  "not-reading",
  "slow-frame",
  "upload-login",
  "upload-key-alone",
  "upload-left-at-key",
  "upload-no-agreement",
  "upload-tls",
]);

test("those that came in are left out on demand", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "connection" });
  const port = Number(new URL(core.stations).port);
  await say(port, handshake("/CP2"));
  const list = page.getByRole("region", { name: "Attempts to connect" });
  const came = list.getByRole("button").filter({ hasText: "CP2" });
  await came.waitFor();
  await list.getByRole("checkbox", { name: "Stopped only" }).check();
  await list.getByText("No attempt passes the filter.").waitFor();
  await say(port, handshake("/%7BdeviceId%7D"));
  await list.getByRole("button").filter({ hasText: "A placeholder was left in the path" }).waitFor();
  expect(await came.count()).toBe(0);
  await noBarriers(page);
  await list.getByRole("checkbox", { name: "Stopped only" }).uncheck();
  await came.waitFor();

  await virtualStation(core, { identity: "CP-7" });
  const other = list.getByRole("button").filter({ hasText: "CP-7" });
  await other.waitFor();
  await goTo(page, "connection?station=CP2");
  await list.getByRole("checkbox", { name: "CP2 only" }).check();
  await expect.poll(() => other.count()).toBe(0);
  await came.waitFor();
  await list.getByRole("checkbox", { name: "CP2 only" }).uncheck();
  await other.waitFor();
});

test("every cause that can be provoked from outside is a row with its cure, in both languages, and no secret is seen", async () => {
  const core = await coreForTest(["127.0.0.1:0", "ws://127.0.0.1:0", "wss://127.0.0.1:0"]);
  const { client } = core;
  const [both = 0, ws = 0, wss = 0] = core.ports;
  await client.call("settings.change", { triggerAfterConnect: false, pingSeconds: 0 });
  const page = await screens.open(core, { at: "connection" });
  const ways = Object.entries(await provocations(client, { both, ws, wss }));
  for (const [, provoke] of ways) await provoke();
  await until(client, "connection.attempts", {}, (rows) => {
    const found = new Set(rows.flatMap(({ causes }) => causes.map(({ code }) => code)));
    return ways.every(([code]) => found.has(code as CauseCode));
  });
  const codes = Object.keys(english).filter((code) => !notHere.has(code as CauseCode));
  expect(ways.map(([code]) => code).sort()).toEqual(codes.sort());

  await page.getByRole("button", { name: /^Show all \d+$/ }).click();
  await expect.poll(() => wrongRows(page, client, english)).toEqual([]);
  await noRawKeys(page);
  await noOverflow(page);
  await client.call("settings.change", { language: "sv" });
  await expect.poll(() => wrongRows(page, client, swedish)).toEqual([]);
  await noRawKeys(page);
  await noEnglish(page);
  await noEnglishPhrases(page);

  const shown = [await page.content()];
  for (const { id } of await rowsOf(client)) shown.push(await everyText(client, id));
  expect(sentSecrets.filter((secret) => shown.some((text) => text.includes(secret)))).toEqual([]);
});

async function rowsOf(client: CoreClient): Promise<Attempt[]> {
  return foldAttempts(await snapshot(client, "connection.attempts", {}));
}

/** What is missing in a row, or too much: titles and cures of its causes, and no code of any. */
async function wrongRows(
  page: Page,
  client: CoreClient,
  texts: Record<CauseCode, { title: string; cure: string }>,
): Promise<string[]> {
  const rows = await rowsOf(client);
  const shown = new Map(
    await page
      .locator("[data-attempt]")
      .evaluateAll((found) => found.map((one) => [Number(one.getAttribute("data-attempt")), one.textContent] as const)),
  );
  const compounds = Object.keys(english).filter((code) => code.includes("-"));
  return rows.flatMap(({ id, causes }) => {
    const text = shown.get(id);
    if (text === undefined) return [`no row ${id}`];
    const wanted = causes.flatMap(({ code }) => [texts[code].title, texts[code].cure]);
    return [
      ...wanted.filter((words) => !text.includes(words)).map((words) => `row ${id} lacks "${words}"`),
      ...compounds.filter((code) => text.includes(code)).map((code) => `row ${id} says ${code}`),
    ];
  });
}

/** All that is kept of an attempt, and all of it that reads as base64. */
async function everyText(client: CoreClient, id: number): Promise<string> {
  const attempt = await client.call("connection.attempt", { id });
  const bytes = Buffer.from(attempt.raw ?? "", "base64").toString("latin1");
  const text = JSON.stringify(attempt) + bytes;
  const encoded = text.match(/[A-Za-z0-9+/]{8,}=*/g) ?? [];
  return [text, ...encoded.map((part) => Buffer.from(part, "base64").toString("latin1"))].join("\n");
}
