import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jsonOf, runCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { compileLibmodbus, libmodbusUnit, noLibmodbus, startLibmodbus } from "../../harness/modbus/libmodbus.ts";
import { freePort } from "../../harness/ports.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";

const profile = `name: other-box
maker: Other
device: Box
kind: charger
source: a sheet of paper
proven: document
registers:
  - { at: 5, means: status, values: { 1005: Available, 16: Charging } }
commands:
  - { name: limit-current, at: 5, least: 6, most: 16, says: Sets the most current. }
`;

type Rows = { rows: { address: number; u16?: number; bit?: boolean }[] };

describe.skipIf(noLibmodbus)("a device of other software (libmodbus)", () => {
  test("over TCP every table is read, what it does not have is told, and a scan finds it", async () => {
    const [program, folder] = await Promise.all([compileLibmodbus(), temporaryFolder()]);
    const port = await freePort();
    await startLibmodbus(program, port);
    const read = (table: string, range: string) =>
      runCli("modbus", "read", `127.0.0.1:${port}`, "--table", table, "--registers", range, "--json", "--data", folder);
    const rows = async (table: string, range: string) => (JSON.parse((await read(table, range)).stdout) as Rows).rows;
    expect(await rows("holding", "0-2")).toMatchObject([{ u16: 1000 }, { u16: 1001 }, { u16: 1002 }]);
    expect(await rows("input", "98-99")).toMatchObject([{ address: 98, u16: 2098 }, { u16: 2099 }]);
    expect(await rows("coil", "0-2")).toMatchObject([{ u16: 0 }, { u16: 1 }, { u16: 0 }]);
    expect(await rows("discrete", "0-3")).toMatchObject([{ u16: 1 }, { u16: 0 }, { u16: 0 }, { u16: 1 }]);
    const beyond = await read("holding", "99-100");
    expect(beyond.stderr).toContain("holding 100: The device has no such register (exception 2).");
    expect(JSON.parse(beyond.stdout)).toMatchObject({ rows: [{ address: 99, u16: 1099 }] });
  });

  test.skipIf(noPtys)(
    "on a serial line, 8E1, it is found, read, written to, and missed in words when it is gone",
    async () => {
      const [program, folder, wire] = await Promise.all([compileLibmodbus(), temporaryFolder(), ptyPair()]);
      const device = await startLibmodbus(program, wire.b);
      const place = `${wire.a},baud=19200,frame=8E1`;
      const data = ["--json", "--data", folder];
      expect(await jsonOf("modbus", "scan", place, "--units", "6-8", ...data)).toMatchObject([
        { unit: libmodbusUnit, baudRate: 19_200, parity: "even" },
      ]);
      const at = (first: number) =>
        ["modbus", "read", place, "--unit", String(libmodbusUnit), "--registers", String(first), ...data] as const;
      expect(await jsonOf(...at(5))).toMatchObject({ rows: [{ u16: 1005 }] });
      const file = join(folder, "box.yaml");
      writeFileSync(file, profile);
      const asked = ["modbus", "write", place, "--unit", String(libmodbusUnit), "--profile", file, "--yes"];
      expect(await runCli(...asked, "--command", "limit-current", "--value", "16", "--data", folder)).toMatchObject({
        code: 0,
        stdout: "Written.\n",
      });
      expect(await jsonOf(...at(5))).toMatchObject({ rows: [{ u16: 16 }] });
      device.kill();
      expect(await runCli(...at(5))).toMatchObject({
        code: 3,
        stderr: expect.stringContaining("Nothing answers as unit 7."),
      });
    },
  );
});
