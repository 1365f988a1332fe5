import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FileStore } from "../../store/files/file-store.ts";
import { FilesRepository } from "../../store/files/files.ts";
import { openServices } from "../testing/open-services.ts";
import { createRedacting } from "./redacting.ts";

async function setUp() {
  const { context, database, clock, tell } = await openServices();
  const folder = mkdtempSync(join(tmpdir(), "plugside-redacting-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = new FileStore({ folder, repository: new FilesRepository(database), clock, log: context.log });
  const numbers = {
    chargePointSerialNumber: "SER-111",
    chargeBoxSerialNumber: "BOX-222",
    meterSerialNumber: "MET-333",
  };
  tell("boot", "BootNotification", {
    ...{ chargePointVendor: "V", chargePointModel: "M", iccid: "89460000000000000001", imsi: "240010000000001" },
    ...numbers,
  });
  const keep = (station?: string) =>
    files.keep(
      { name: "log.tar.txt", station },
      (async function* () {
        yield Buffer.from("SER-111 BOX-222 MET-333 89460000000000000001 240010000000001 password=hunter22\n");
      })(),
    );
  const open = (dataFolder = folder) => createRedacting({ files, registry: context.registry, dataFolder });
  return { files, keep, open, redacting: open() };
}

test("a copy is kept beside the file, of the same station, without its numbers and secrets; the file stays as it is", async () => {
  const { files, keep, redacting } = await setUp();
  const { id } = await keep("CP1");
  const { file, preview } = await redacting.copy(id);
  expect(file).toMatchObject({ name: "log.tar-redacted.txt", station: "CP1", state: "whole" });
  const text = readFileSync(files.placeOf(file.id), "utf8");
  for (const one of ["SER-111", "BOX-222", "MET-333", "89460000000000000001", "240010000000001", "hunter22"])
    expect(text).not.toContain(one);
  expect(preview).toEqual(await redacting.preview(id));
  expect([preview.counts.secret, preview.counts.serial]).toEqual([1, 5]);
  expect(readFileSync(files.placeOf(id), "utf8")).toContain("hunter22");
  // The same number has the same name in every file, and none in what is of no station.
  const nobodys = await keep();
  const other = readFileSync(files.placeOf((await redacting.copy(nobodys.id)).file.id), "utf8");
  expect(other).toContain("SER-111");
  const again = readFileSync(files.placeOf((await redacting.copy(id)).file.id), "utf8");
  expect(again).toBe(text);
});

test("a file that there is not is refused, and so is one without any text", async () => {
  const { files, keep, redacting } = await setUp();
  await expect(redacting.preview(99)).rejects.toMatchObject({ code: "not-found" });
  const { id } = await keep("CP1");
  writeFileSync(files.placeOf(id), Buffer.alloc(64, 0));
  await expect(redacting.copy(id)).rejects.toMatchObject({ code: "invalid-input" });
});
