// What a station's log of a gigabyte costs by each protocol: how fast it comes, beside a plain receiver of the same protocol that writes
// the bytes to a file and no more (no hash, no sync, no login of its own), and by how much the core's memory grows meanwhile.
import { execFile, fork, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { engineFlags, fewStores } from "../../src/cli/supervise.ts";

const protocols = ["http", "https", "ftp", "ftps", "sftp"];
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const server = fileURLToPath(new URL("upload-server.mjs", import.meta.url));
/** Aims: by how much the core may grow, MiB, and the least part of the plain receiver's throughput. */
const aims = { growth: 64, ratio: 0.5 };

/** @param megabytes how long the log is
 * @returns lines of the table, and for each protocol the ratio of our throughput to the plain receiver's */
export async function uploadFigures(megabytes) {
  if (!["curl", "sftp"].every((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0))
    throw new Error("this bench uploads with curl and with OpenSSH's sftp");
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  try {
    const path = join(folder, "station.log");
    const sha256 = makeLog(path, megabytes * 1e6);
    const lines = [`${megabytes} MB by each protocol, ${rounds} rounds, medians`];
    const ratios = {};
    for (const protocol of protocols) {
      const plain = [];
      const ours = [];
      for (let round = 0; round < rounds; round++) {
        plain.push(await upload("plain", protocol, { folder, path }));
        ours.push(await upload("core", protocol, { folder, path, sha256 }));
      }
      const ratio = middle(ours.map(({ ms }, round) => plain[round].ms / ms));
      ratios[`upload by ${protocol}`] = ratio;
      const growth = Math.max(...ours.map((one) => one.growth));
      lines.push(
        `${protocol.padEnd(5)} ${rate(ours)} MB/s, plain ${rate(plain)} MB/s: ratio ${ratio.toFixed(2)} (aim ${aims.ratio}); processor ${seconds(ours)} s, plain ${seconds(plain)} s; memory grew by ${mib(growth)} MiB (aim ${aims.growth}), plain by ${mib(Math.max(...plain.map((one) => one.growth)))}`,
      );
    }
    return { lines, ratios };

    function seconds(runs) {
      return (middle(runs.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(1);
    }

    function rate(runs) {
      return (megabytes / (middle(runs.map(({ ms }) => ms)) / 1000)).toFixed(0).padStart(4);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One upload to a receiver in a process of its own. */
async function upload(kind, protocol, { folder, path, sha256 }) {
  const data = mkdtempSync(join(folder, "server-"));
  const child = fork(server, [kind, protocol, data], {
    execArgv: [...engineFlags],
    env: { ...process.env, ...fewStores },
  });
  const next = () =>
    new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`the receiver ended with ${code}`)));
    });
  let station;
  try {
    const ready = await next();
    let place = ready.place;
    if (kind === "core") {
      const asked = askedOf(ready.url);
      station = asked.socket;
      await asked.open;
      child.send("ask");
      place = await asked.place;
    }
    child.send("start");
    await next();
    const before = performance.now();
    await send(protocol, path, place);
    const ms = performance.now() - before;
    child.send("stop");
    const { growth, cpuMicros, came } = await next();
    if (sha256 !== undefined && came !== sha256) throw new Error(`by ${protocol} other bytes came than were sent`);
    return { ms, growth, cpuMs: cpuMicros / 1000 };
  } finally {
    station?.close();
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    rmSync(data, { recursive: true, force: true });
  }
}

/** A station that is asked for its log, and uploads nothing by itself. */
function askedOf(url) {
  const socket = new WebSocket(`${url}BENCH`, "ocpp1.6");
  const place = Promise.withResolvers();
  const open = Promise.withResolvers();
  const boot = { chargePointVendor: "Bench", chargePointModel: "Bench" };
  socket.on("open", () => socket.send(JSON.stringify([2, "1", "BootNotification", boot])));
  socket.on("error", open.reject);
  socket.on("message", (data) => {
    const [type, id, action, payload] = JSON.parse(String(data));
    if (type === 3 && id === "1") open.resolve();
    if (type !== 2) return;
    if (action === "GetDiagnostics") place.resolve(payload.location);
    const answer = action === "GetDiagnostics" ? { fileName: "station.log" } : {};
    socket.send(JSON.stringify([3, id, answer]));
  });
  return { socket, open: open.promise, place: place.promise };
}

function send(protocol, path, place) {
  if (protocol !== "sftp") return run("curl", ["-sS", "-f", "-k", "-T", path, place]);
  const { hostname, port, username, password } = new URL(place.replace("sftp:", "http:"));
  const askpass = `${path}.askpass`;
  const batch = `${path}.batch`;
  writeFileSync(askpass, `#!/bin/sh\necho ${password}\n`, { mode: 0o700 });
  writeFileSync(batch, `put ${path} /station.log\n`);
  const trusting = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
  const args = [...trusting, "-o", "BatchMode=no", "-P", port, "-b", batch, `${username}@${hostname}`];
  return run("sftp", args, { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" });
}

function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, ...env } }, (error, _stdout, stderr) =>
      error ? reject(new Error(`${program}: ${stderr}`)) : resolve(),
    );
  });
}

/** Writes bytes that nothing makes shorter.
 * @returns their SHA-256 */
function makeLog(path, bytes) {
  const hash = createHash("sha256");
  const file = openSync(path, "w");
  const block = randomBytes(1_000_000);
  for (let written = 0; written < bytes; written += block.length) {
    block.writeUInt32BE(written / block.length);
    writeSync(file, block);
    hash.update(block);
  }
  closeSync(file);
  return hash.digest("hex");
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function mib(bytes) {
  return Math.round(bytes / 1048576);
}
