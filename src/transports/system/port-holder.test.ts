import { expect, test } from "vitest";
import { portOfOther } from "../../../test/harness/other-program.ts";
import { type Answer, askSystem } from "./ask.ts";
import { portHolder } from "./port-holder.ts";

async function holderOn(platform: NodeJS.Platform, text: string | null, links: Record<string, string> = {}) {
  const asked: string[][] = [];
  const ask = async (program: string, args: readonly string[]): Promise<Answer> => {
    asked.push([program, ...args]);
    return text === null ? null : { code: 0, text };
  };
  return { holder: await portHolder(9000, { platform, ask, pid: 42, readLink: (path) => links[path] ?? null }), asked };
}

test("Windows names the program, and not us", async () => {
  const { holder, asked } = await holderOn("win32", "\uFEFF42 Plugside\r\n4711 php-fpm\r\n");
  expect(holder).toBe("php-fpm");
  const script = Buffer.from(asked[0]?.at(-1) ?? "", "base64").toString("utf16le");
  expect(script).toContain("-State Listen -LocalPort 9000 |");
  expect((await holderOn("win32", "4 System\r\n")).holder).toBe("System");
});

test("a Mac names the program, and not us", async () => {
  const { holder, asked } = await holderOn("darwin", "p42\ncPlugside Helper\nf21\np812\ncAirPlayXPCHelper\nf8\n");
  expect(holder).toBe("AirPlayXPCHelper");
  expect(asked).toEqual([["/usr/sbin/lsof", "-nP", "-iTCP:9000", "-sTCP:LISTEN", "-Fpc"]]);
});

test("Linux names the program, and not us", async () => {
  const line = `LISTEN 0 511 0.0.0.0:9000 0.0.0.0:* users:(("plugside",pid=42,fd=21),("minio server",pid=7,fd=9))\n`;
  const { holder, asked } = await holderOn("linux", line);
  expect(holder).toBe("minio server");
  expect(asked).toEqual([["ss", "-Hltnp", "sport", "=", ":9000"]]);
});

test("Linux calls a program by its file, since ss may know no more than the name of a thread", async () => {
  const line = `users:(("MainThread",pid=7,fd=9))\n`;
  expect((await holderOn("linux", line, { "/proc/7/exe": "/usr/bin/node (deleted)" })).holder).toBe("node");
  expect((await holderOn("linux", line)).holder).toBe("MainThread");
});

// Windows is not asked: wine has a PowerShell that says nothing.
test.skipIf(process.platform === "win32")("the program that has a port is found on this system", async ({ skip }) => {
  const tool = process.platform === "darwin" ? "/usr/sbin/lsof" : "ss";
  skip((await askSystem(tool, ["-h"])) === null, `there is no ${tool}`);
  expect(await portHolder(await portOfOther())).toBe("node");
});

test("nothing is said where nothing is told, and a name is cut", async () => {
  const others = "LISTEN 0 511 0.0.0.0:9000 0.0.0.0:*\n";
  for (const text of [null, "", others, `users:(("plugside",pid=42,fd=1))`, "ss: command not found"])
    expect((await holderOn("linux", text)).holder).toBeNull();
  expect((await holderOn("darwin", `p1\nc${"x".repeat(500)}\n`)).holder).toHaveLength(100);
  expect((await holderOn("linux", `(("a\u202eb",pid=1,fd=2))`)).holder).not.toContain("\u202e");
});
