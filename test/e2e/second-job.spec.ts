import { expect, test } from "vitest";
import WebSocket from "ws";
import { noBarriers, noOverflow } from "./checks.ts";
import { act, browserForFile, coreForTest, goTo, startVirtual, virtualStation } from "./harness.ts";

const screens = browserForFile();
const password = "0123456789abcdef";

/** A new station by hand, at the door with a password; resolves with its socket when it is in or was turned away. */
function comes(url: string, said: string): Promise<WebSocket> {
  const authorization = `Basic ${Buffer.from(`NEW-3:${said}`).toString("base64")}`;
  const socket = new WebSocket(`${url}NEW-3`, ["ocpp1.6"], { headers: { authorization } });
  return new Promise((resolve) => {
    socket.on("error", () => resolve(socket));
    socket.on("open", () => resolve(socket));
  });
}

test("with an old record the next station is waited for, and seen at each step from whatever screen", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "OLD-1" });
  await core.client.call("simulator.stop", { identity: "OLD-1" });
  await core.client.call("access.setPassword", { identity: "NEW-3", form: "text", password });

  const page = await screens.open(core);
  await page.getByRole("heading", { name: "Waiting for a station", level: 1 }).waitFor();
  await page.getByRole("row", { name: /^OLD-1 Offline/ }).waitFor();
  await expect.poll(() => page.title()).toBe("Waiting for a station - Plugside");
  await noBarriers(page);
  await noOverflow(page);
  // A screen about a station says which, and leads back to the wait.
  await page.keyboard.press("4");
  await page.getByRole("banner").getByText("Offline").waitFor();
  await expect.poll(() => page.title()).toBe("Offline, OLD-1 - Plugside");
  await page.keyboard.press("1");
  await page.getByRole("heading", { name: "Waiting for a station", level: 1 }).waitFor();

  await goTo(page, "tokens");
  await comes(core.stations, "wrongwrongwrongw");
  const line = page.getByRole("status").filter({ hasText: "was turned away" });
  await line.getByText(/^NEW-3 was turned away 0:\d\d ago: The password is wrong$/).waitFor();
  await page.getByRole("link", { name: /^Connection 1 was turned away in the last 5 minutes/ }).waitFor();
  await noBarriers(page);
  await line.getByRole("link", { name: "Show" }).click();
  await page.getByRole("main").getByText("The password is wrong").waitFor();

  await goTo(page, "overview");
  const socket = await comes(core.stations, password);
  await page.getByRole("heading", { name: "NEW-3", level: 2 }).waitFor();
  await expect.poll(() => page.title()).toBe("Connected, NEW-3 - Plugside");
  await expect.poll(() => page.getByRole("link", { name: /turned away/ }).count()).toBe(0);
  socket.close();
});

test("who comes online takes the place of one that is away, and gives it back for a click", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();
  await act(core, "CP-1", "drop-link");
  await page.getByRole("region", { name: "The station is offline" }).waitFor();
  await startVirtual(core, { identity: "CP-2", ocpp: "2.0.1" });
  await page.getByRole("heading", { name: "CP-2", level: 2 }).waitFor();
  await page.getByRole("status").getByText("CP-2 came online and is in focus now").waitFor();
  await page.getByRole("button", { name: "Back to CP-1" }).click();
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();

  // One that somebody went back to keeps the focus: the next is only told.
  await startVirtual(core, { identity: "CP-3", ocpp: "2.1" });
  const line = page.getByRole("status").filter({ hasText: "CP-3 is online" });
  await line.waitFor();
  expect(await page.getByRole("heading", { name: "CP-1", level: 2 }).count()).toBe(1);
  await line.getByRole("link", { name: "Show" }).click();
  await page.getByRole("heading", { name: "CP-3", level: 2 }).waitFor();
  await line.waitFor({ state: "detached" });
});

test("all stations stand in one table, the worst first, with what is done to them on purpose", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await virtualStation(core, { identity: "CP-2", ocpp: "2.0.1" });
  const page = await screens.open(core);
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();
  await core.client.call("faults.set", { identity: "CP-2", fault: { kind: "delay", ms: 100 }, seconds: 600 });
  await page.getByRole("status").getByText("Also on:").waitFor();
  await page.getByRole("link", { name: "CP-2 (Faults on purpose)" }).waitFor();
  await act(core, "CP-2", "fault", "GroundFailure");

  await page.getByRole("button", { name: /^CP-1/ }).click();
  await page.getByRole("link", { name: "All stations at a glance" }).click();
  const rows = page.getByRole("table", { name: "All stations" }).getByRole("row");
  await rows.nth(1).getByText("GroundFailure").waitFor();
  await expect
    .poll(() => rows.nth(1).getByRole("cell").allTextContents())
    .toEqual(["CP-2", "Faulted", "GroundFailure", "", expect.stringMatching(/^\d\d:\d\d:\d\d$/), "Faults on purpose"]);
  await noBarriers(page);
  await noOverflow(page);
  await rows.nth(1).click();
  await page.getByRole("heading", { name: "CP-2", level: 2 }).waitFor();
});

test("while one looks elsewhere the system tells what befalls stations, and not while one looks", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();
  await page.mouse.click(700, 700);
  await page.evaluate(() => {
    const told: string[] = [];
    const notices: Record<string, () => void> = {};
    function Recorder(this: { close: () => void }, title: string, { body }: NotificationOptions) {
      told.push(`${title}: ${body}`);
      this.close = () => undefined;
      Object.defineProperty(this, "onclick", {
        set: (click: () => void) => Object.assign(notices, { [title]: click }),
      });
    }
    const Silence = class extends AudioContext {
      constructor() {
        super();
        told.push("a sound");
      }
    };
    const Notice = Object.assign(Recorder, { permission: "granted" });
    Object.assign(window, { told, notices, Notification: Notice, AudioContext: Silence });
  });
  const look = (here: boolean) =>
    page.evaluate((is) => Object.assign(document, { hasFocus: () => is }), here).then(() => undefined);
  const told = () => page.evaluate(() => Reflect.get(window, "told") as string[]);

  await look(true);
  await act(core, "CP-1", "fault", "GroundFailure");
  await page.getByRole("banner").getByText("GroundFailure").waitFor();
  await act(core, "CP-1", "clear-fault");
  await page.getByRole("banner").getByText("GroundFailure").waitFor({ state: "detached" });
  expect(await told()).toEqual([]);

  await look(false);
  await act(core, "CP-1", "fault", "ConnectorLockFailure");
  await expect.poll(told).toEqual(["CP-1: Faulted ConnectorLockFailure"]);
  await core.client.call("settings.change", { notices: "sound" });
  await act(core, "CP-1", "drop-link");
  await expect.poll(told).toEqual(["CP-1: Faulted ConnectorLockFailure", "a sound", "CP-1: Offline"]);
  await core.client.call("settings.change", { notices: "silent" });
  await core.client.call("access.setPassword", { identity: "NEW-3", form: "text", password });
  await comes(core.stations, "wrongwrongwrongw");
  await expect.poll(told).toContain("NEW-3: Turned away: The password is wrong");
  await goTo(page, "settings");
  await page.evaluate(() => (Reflect.get(window, "notices") as Record<string, () => void>)["NEW-3"]?.());
  await page.getByRole("heading", { name: "Connection", level: 1 }).waitFor();
  await core.client.call("settings.change", { notices: "off" });
  await act(core, "CP-1", "restore-link");
  await page.getByRole("banner").getByText("ConnectorLockFailure").waitFor();
  expect(await told()).toHaveLength(4);
});
