import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { type TestCore, temporaryFolder, testCore, until } from "../../harness/core.ts";
import { mustSkip } from "../../harness/required.ts";
import { canMount, readOnlyView, smallDisk } from "../../harness/small-disk.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";

const boot = { chargePointVendor: "Vendor", chargePointModel: "Model" };

async function booted(core: TestCore): Promise<RawStation> {
  // Uncompressed, so that what is sent is as long as it is.
  const station = await rawStation(`${core.url}CP1`, ["ocpp1.6"], { perMessageDeflate: false });
  await station.ask("BootNotification", boot);
  return station;
}

function trouble({ client }: TestCore, phrase: string | undefined): Promise<CoreStatus> {
  return until(client, "connection.status", {}, ({ storeProblem }) => storeProblem?.phrase === phrase);
}

/** Every question of the station that is on record, with its answer. */
async function recorded({ client }: TestCore): Promise<string[]> {
  const frames = await client.call("messages.frames", { station: "CP1", since: 0, limit: 5000 });
  return frames.map(({ text }) => text);
}

describe("the folder of the record, while a core runs on it,", () => {
  test.each<[string, (folder: string) => void]>([
    ["is removed", (folder) => rmSync(folder, { recursive: true })],
    ["is renamed", (folder) => moveAway(folder)],
    [
      "is replaced by an empty one",
      (folder) => {
        moveAway(folder);
        mkdirSync(folder);
      },
    ],
    ["loses the record's file", (folder) => rmSync(join(folder, "plugside.db"))],
  ])("%s: nothing is answered until the record is there again, whole", async (_what, take) => {
    const parent = await temporaryFolder();
    const core = await testCore({ dataFolder: join(parent, "data") });
    const station = await booted(core);
    take(core.folder);
    const answered = station.ask("Heartbeat", {}).then(() => "answered");
    expect((await trouble(core, "record-gone")).storeProblem?.phrase).toBe("record-gone");
    // It was asked before it was noticed, and is answered only now.
    expect(await answered).toBe("answered");
    expect(existsSync(join(core.folder, "plugside.db"))).toBe(true);
    const status = await trouble(core, undefined);
    expect(status.notices.map(({ words }) => words.phrase)).toContain("record-remade");
    await station.ask("Heartbeat", {});
    const before = await recorded(core);
    expect(before.length).toBe(6);
    // The command line finds the core again, and nobody else gets the folder.
    expect(await jsonOf("stations", "--data", core.folder, "--json")).toMatchObject([{ identity: "CP1" }]);
    const second = await runCli("serve", "--no-ui", "--listen", "127.0.0.1:0", "--data", core.folder);
    expect(second.stderr).toContain("Another Plugside is using the data folder");
    await station.close();
    expect(await recorded(await core.restart())).toEqual(before);
  });

  test("gets another file in the record's place: it is left alone, and nothing is answered until it is gone", async () => {
    const core = await testCore();
    const station = await booted(core);
    const path = join(core.folder, "plugside.db");
    renameSync(path, `${path}.mine`);
    writeFileSync(path, "somebody else's");
    const answered = station.ask("Heartbeat", {});
    await trouble(core, "record-replaced");
    expect(statSync(path).size).toBe(15);
    rmSync(path);
    renameSync(`${path}.mine`, path);
    await answered;
    const status = await trouble(core, undefined);
    expect(status.notices).toEqual([]);
    expect((await recorded(core)).length).toBe(4);
  });
});

function moveAway(folder: string): void {
  renameSync(folder, `${folder}-away`);
  onTestFinished(() => rmSync(`${folder}-away`, { recursive: true, force: true }));
}

describe.skipIf(mustSkip("mount", canMount, "The user may not mount."))(
  "a disk that is full (needs a user who may mount)",
  () => {
    test("while it runs: the cause is told, nothing is answered, nothing piles up, and then all is answered", async () => {
      const disk = await smallDisk(8);
      const core = await testCore({ dataFolder: disk.folder });
      const station = await booted(core);
      disk.fill();
      const messages = 400;
      for (let count = 0; count < messages; count++) {
        station.send(`[2,"m${count}","DataTransfer",{"vendorId":"V","data":"${"x".repeat(50_000)}"}]`);
      }
      const { storeProblem } = await trouble(core, "record-full");
      expect(storeProblem?.values).toMatchObject({ folder: disk.folder });
      const { stderr } = await runCli("stations", "--data", core.folder, "--json");
      expect(stderr).toMatch(/^No station is answered: The disk with .* is full: \d+ bytes are free\./);
      // Most of it waits with the station: the core reads nothing more.
      expect(station.socket.bufferedAmount).toBeGreaterThan(5_000_000);
      const answeredBefore = station.heard.length;
      expect(answeredBefore).toBeLessThan(messages);
      station.socket.terminate();
      disk.empty();
      await trouble(core, undefined);
      const again = await rawStation(`${core.url}CP1`);
      await again.ask("Heartbeat", {});
      const frames = await recorded(core);
      expect(station.heard.filter((answer) => !frames.includes(answer))).toEqual([]);
    });

    test("at the start: it is told so, and not that another Plugside uses the folder", async () => {
      const disk = await smallDisk(2);
      disk.fill();
      const { code, stderr } = await runCli("serve", "--no-ui", "--listen", "127.0.0.1:0", "--data", disk.folder);
      expect(code).toBe(1);
      expect(stderr).toContain(`The disk with ${disk.folder} is full: 0 bytes are free. Make room on it.`);
    });
  },
);

describe.skipIf(mustSkip("mount", canMount, "The user may not mount."))(
  "a medium that cannot be written (needs a user who may mount)",
  () => {
    test.each(["SIGTERM", "SIGKILL"] as const)(
      "is read by every reading command, after a core that ended by %s",
      async (signal) => {
        const folder = await temporaryFolder();
        const core = await serveCli(folder);
        const station = await rawStation(`${core.url}CP1`);
        await station.ask("BootNotification", boot);
        await station.ask("Teleport", {}).catch(() => undefined);
        await station.close();
        const client = connectTo(folder);
        await until(client, "stations.list", {}, (list) => list.some(({ identity }) => identity === "CP1"));
        client.close();
        await core.end(signal);
        const view = await readOnlyView(folder);
        for (const command of [["stations"], ["frames"], ["attempts"], ["findings"]]) {
          const [here, there] = await Promise.all(
            [folder, view].map((data) => runCli(...command, "--data", data, "--json")),
          );
          expect(there).toEqual(here);
          expect(there?.code).toBe(0);
          expect(there?.stdout.length).toBeGreaterThan(2);
        }
        const { code, stderr } = await runCli("serve", "--no-ui", "--listen", "127.0.0.1:0", "--data", view);
        expect(code).toBe(1);
        expect(stderr).toMatch(/cannot be written|cannot be used/);
        expect(stderr).not.toContain("Another Plugside");
      },
    );
  },
);
