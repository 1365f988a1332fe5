import { generateKeyPairSync } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Drop } from "../../transports/receivers/drop.ts";
import { openSftpReceiver } from "../../transports/receivers/sftp/receiver.ts";
import { uploadBySftp } from "./sftp.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const hostKeys = [String(privateKey.export({ type: "sec1", format: "pem" }))];

/** An SFTP server that keeps what comes. */
async function server() {
  const files = new Map<string, Buffer>();
  const seen: string[] = [];
  const drop: Drop = {
    ...{ user: "us er", password: "p@ss", path: "/logs/", sizeOf: () => null, rename: () => false, room: () => 1e9 },
    onSeen: ({ type }) => void seen.push(type),
    async receive({ name, chunks }) {
      const parts: Uint8Array[] = [];
      try {
        for await (const chunk of chunks) parts.push(chunk);
      } finally {
        files.set(name, Buffer.concat(parts));
      }
      return { size: 0 };
    },
  };
  const opened = await openSftpReceiver({ host: "127.0.0.1", port: 0, hostKeys, onStray: () => undefined });
  opened.offer(drop);
  onTestFinished(() => opened.dispose());
  return {
    drop,
    files,
    seen,
    place: (user = "us%20er") => new URL(`sftp://${user}:p%40ss@127.0.0.1:${opened.port}/logs/a%20b.log`),
  };
}

const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));

test("a log is uploaded by SFTP, whole, whatever its length", async () => {
  const { files, seen, place } = await server();
  await uploadBySftp(place(), { name: "x", bytes });
  expect([files.get("a b.log")?.equals(bytes), seen]).toEqual([true, ["login", "stored"]]);
});

test("one that is given up breaks off after so many bytes", async () => {
  const { files, seen, place } = await server();
  await expect(uploadBySftp(place(), { name: "x", bytes, stopAfter: 40_000 })).rejects.toThrow("given up");
  while (!seen.includes("broken-off")) await new Promise((resolve) => setImmediate(resolve));
  expect(files.get("a b.log")?.equals(bytes.subarray(0, 40_000))).toBe(true);
});

test("a server that has no room for it, or cannot keep it, is told", async () => {
  const { drop, place, seen } = await server();
  drop.room = () => 40_000;
  await expect(uploadBySftp(place(), { name: "x", bytes })).rejects.toThrow(/40000/);
  drop.room = () => 1e9;
  drop.receive = () => Promise.reject(new Error("disk on fire"));
  await expect(uploadBySftp(place(), { name: "x", bytes })).rejects.toThrow("disk on fire");
  expect(seen.filter((type) => type === "stored")).toEqual([]);
});

test("a server that does not let it in, or is not there, is told", async () => {
  const { place } = await server();
  await expect(uploadBySftp(place("else"), { name: "x", bytes })).rejects.toThrow(/authentication/);
  await expect(uploadBySftp(new URL("sftp://a:b@127.0.0.1:1/x"), { name: "x", bytes })).rejects.toThrow("ECONNREFUSED");
});
