import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../harness/core.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("a binary that is not what Electron says it is gets no further than the download, and the line says so", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("not the binary");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const cache = await temporaryFolder();
  const target = join(root, "node_modules/electron/dist");
  const before = existsSync(target);
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, ELECTRON_MIRROR: mirror, electron_config_cache: cache };
    execFile(process.execPath, [join(root, "main/launch/download-electron.mjs")], { env }, (error, out, err) =>
      resolve({ code: error?.code ?? 0, stdout: out, stderr: err }),
    );
  });
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^Fetching the desktop window \(Electron [\d.]+\) \.\.\. failed\n$/),
  ]);
  expect(stderr).toMatch(/^.*(checksum|mismatch|sum).*\n$/i);
  expect(asked).toEqual([expect.stringMatching(/^\/v[\d.]+\/electron-v[\d.]+-.*\.zip$/)]);
  expect(existsSync(target)).toBe(before);
});
