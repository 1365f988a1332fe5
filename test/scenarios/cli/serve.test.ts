import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { jsonOf, runCli, runCliOnOldNode, serveCli, startCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { snapshot, temporaryFolder } from "../../harness/core.ts";
import { mustSkip } from "../../harness/required.ts";
import { answeringStation } from "../../harness/stations/answering-station.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

/** How the end of a process that was killed looks from outside: Windows has no signals. */
const killed = process.platform === "win32" ? "exit code 1" : "SIGKILL";

describe("serve", () => {
  test("says in its first line where it listens, keeps its contact to its user, and ends with 0", async () => {
    const folder = await temporaryFolder();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const core = await serveCli(folder);
      expect(Object.keys(core.ready)).toEqual(["event", "ocpp", "ui", "data", "notices"]);
      expect(core.ready).toEqual({
        event: "ready",
        ocpp: [expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/$/)],
        ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{32}$/),
        data: folder,
        notices: [],
      });
      // On Windows a mode says nothing.
      for (const file of process.platform === "win32" ? [] : ["core.json", "plugside.db", "plugside.db-wal"]) {
        expect({ file, mode: statSync(join(folder, file)).mode & 0o777 }).toEqual({ file, mode: 0o600 });
      }
      const contact = readFileSync(join(folder, "core.json"), "utf8");
      const { secret, pid } = JSON.parse(contact);
      expect(pid).not.toBe(core.child.pid);
      expect(JSON.stringify(core.ready)).not.toContain(secret);
      expect(await core.end(signal)).toEqual({ code: 0, signal: null });
      expect(core.stderr()).toBe("");
      expect(existsSync(join(folder, "core.json"))).toBe(false);
    }
  });

  test("what it says of itself is kept, and told whether it runs or not", async () => {
    const folder = await temporaryFolder();
    expect(await runCli("own-log", "--data", folder)).toEqual({
      code: 0,
      stdout: "",
      stderr: `Nothing is in ${join(folder, "plugside.log")}.\n`,
    });
    const core = await serveCli(folder);
    expect((await startCli(["serve", "--data", folder, "--listen", "127.0.0.1:0"]).ended).code).toBe(1);
    await core.end("SIGTERM");
    const told = (await jsonOf("own-log", "--data", folder, "--json")) as { file: string; lines: string[] };
    expect(told.file).toBe(join(folder, "plugside.log"));
    expect(told.lines.filter((line) => / info the core is up /.test(line))).toHaveLength(1);
    expect(told.lines.filter((line) => / error the core did not start /.test(line))).toHaveLength(1);
    const last = await runCli("own-log", "--lines", "1", "--data", folder);
    expect([last.code, last.stdout]).toEqual([0, `${told.lines.at(-1)}\n`]);
    expect((await runCli("own-log", "--lines", "0", "--data", folder)).code).toBe(5);
  });

  test("ends with 0 while a station is connected, and tells it so", async () => {
    const core = await serveCli(await temporaryFolder());
    const station = await answeringStation(`${core.url}CP1`);
    const ended = core.end("SIGTERM");
    expect(await station.closed).toEqual({ code: 1001, reason: "the central system is closing" });
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  test("plugside stop ends it in good order, on every system alike, and is done when it is gone", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const station = await answeringStation(`${core.url}CP1`);
    expect(await runCli("stop", "--data", folder)).toEqual({ code: 0, stdout: "Plugside has ended.\n", stderr: "" });
    expect(await station.closed).toEqual({ code: 1001, reason: "the central system is closing" });
    expect(await core.ended).toEqual({ code: 0, signal: null });
    expect(existsSync(join(folder, "core.json"))).toBe(false);
    expect(await runCli("stop", "--data", folder)).toEqual({
      code: 4,
      stdout: "",
      stderr: "No core runs on this folder.\n",
    });
  });

  test.each(["asks for it", "is gone"])("ends in good order when the process above %s", async (how) => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0"], process.execPath, true);
    const station = await answeringStation(`${core.url}CP1`);
    const ended = once(core.child, "exit");
    if (how === "asks for it") core.child.send({ type: "stop" });
    else core.child.disconnect();
    expect((await station.closed).code).toBe(1001);
    expect(await ended).toEqual([0, null]);
    expect(existsSync(join(folder, "core.json"))).toBe(false);
  });

  test("a core whose supervisor is killed closes its record all the same", async () => {
    const core = await serveCli(await temporaryFolder());
    const station = await answeringStation(`${core.url}CP1`);
    core.child.kill("SIGKILL");
    // On Windows what a process of Node's has started ends with it, the hard way.
    expect((await station.closed).code).toBe(process.platform === "win32" ? 1006 : 1001);
  });

  test("takes the next free port where the wanted one is taken, and says so", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const core = await serveCli(await temporaryFolder(), ["--listen", `127.0.0.1:${port}`]);
    const got = Number(new URL(core.url).port);
    expect(got).toBeGreaterThan(port);
    expect(got).toBeLessThanOrEqual(port + 20);
    await rawStation(`${core.url}CP1`);
    await core.end("SIGTERM");
    expect(core.stderr()).toContain(`port ${port} is taken; stations connect to port ${got}`);
  });

  test("a second one on the same folder is refused in words, and the first goes on", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const second = await runCli("serve", "--json", "--data", folder, "--listen", "127.0.0.1:0");
    expect(second).toEqual({
      code: 1,
      stdout: "",
      stderr: `Another Plugside is using the data folder ${folder}. Close it, or name another folder with --data.\n`,
    });
    expect(await jsonOf("stations", "--data", folder, "--json")).toEqual([]);
    expect(await core.end("SIGINT")).toEqual({ code: 0, signal: null });
  });

  test("serves no screens with --no-ui, and the command line reaches it all the same", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0", "--no-ui"]);
    expect(core.ready.ui).toBe(null);
    const { url } = JSON.parse(readFileSync(join(folder, "core.json"), "utf8"));
    const page = await fetch(url.replace("ws:", "http:").replace("/api", "/"));
    expect([page.status, await page.text()]).toEqual([404, "This core was started without screens (--no-ui).\n"]);
    expect(await jsonOf("stations", "--data", folder, "--json")).toEqual([]);
    expect(await runCli("link", "--data", folder)).toEqual({
      code: 1,
      stdout: "",
      stderr: "The core was started without screens (--no-ui).\n",
    });
  });

  test("prints a link that opens the screens once, and a fresh one on demand", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const { url } = (await jsonOf("link", "--data", folder, "--json")) as { url: string };
    expect(url).not.toBe(core.ready.ui);
    for (const link of [core.ready.ui ?? "", url]) {
      const first = await fetch(link, { redirect: "manual" });
      const again = await fetch(link, { redirect: "manual" });
      expect([first.status, again.status]).toEqual([303, 403]);
      expect(first.headers.get("set-cookie")).toMatch(/^plugside-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    }
  });

  test("a core that is killed is started again on the same ports, says so, and its screens stay let in", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const page = await openedPage(core.ready.ui ?? "");
    const station = await answeringStation(`${core.url}CP1`);
    process.kill(core.pid, "SIGKILL");
    expect((await station.closed).code).toBe(1006);
    expect(JSON.parse(await core.line())).toEqual({ event: "ended", why: killed, count: 1, startsInMs: 500 });
    const ready = JSON.parse(await core.line());
    expect(ready).toEqual({ ...core.ready, ui: expect.stringContaining(page.origin) });
    expect(core.stderr()).toBe(
      `Plugside ended by itself (${killed}). It is started again; 1 of at most 5 times within 10 minutes.\n`,
    );
    expect((await fetch(page.origin, { headers: { cookie: page.cookie } })).status).toBe(200);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    expect(await snapshot(client, "connection.status", {})).toMatchObject({ startedAgain: true });
    await answeringStation(`${core.url}CP1`);
    expect(await core.end("SIGTERM")).toEqual({ code: 0, signal: null });
  });

  test("told to end while no core runs, it ends with 0", async () => {
    const core = await serveCli(await temporaryFolder());
    process.kill(core.pid, "SIGKILL");
    await core.line();
    expect(await core.end("SIGTERM")).toEqual({ code: 0, signal: null });
  });

  test("what took a killed core's port is not believed by the command line", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const { url, secret } = JSON.parse(readFileSync(join(folder, "core.json"), "utf8"));
    core.kill();
    await core.ended;
    const impostor = new WebSocketServer({ host: "127.0.0.1", port: Number(new URL(url).port) });
    onTestFinished(() => impostor.close());
    await once(impostor, "listening");
    const heard: string[] = [];
    impostor.on("connection", (socket, request) => {
      heard.push(JSON.stringify(request.headers));
      socket.on("message", (data) => heard.push(String(data)));
      socket.send('{"id":1,"value":{"url":"http://127.0.0.1:1/open/x"}}');
    });
    const asked = await runCli("link", "--data", folder);
    expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 4, stdout: "" });
    expect(asked.stderr).toContain(`What answers at ${new URL(url).host} is not this folder's core.`);
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain(secret);
  });

  test.each([
    { args: ["--listen", "nowhere"], says: '--listen takes HOST:PORT, for example 0.0.0.0:9000; got "nowhere".' },
    { args: ["--listen", "127.0.0.1:70000"], says: "--listen takes HOST:PORT" },
    { args: ["--ui", "0.0.0.0:0"], says: "--ui takes a loopback address" },
    { args: ["--ui", "127.0.0.1:0", "--no-ui"], says: "--ui and --no-ui exclude each other." },
    { args: ["--port", "9000"], says: "Unknown option '--port'" },
  ])("$args is bad input, said in words", async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli("serve", "--data", await temporaryFolder(), ...args);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toContain(says);
  });
});

/** Opens the screens by a link, as a browser does. */
async function openedPage(link: string): Promise<{ origin: string; cookie: string }> {
  const { headers } = await fetch(link, { redirect: "manual" });
  return { origin: new URL(link).origin, cookie: headers.get("set-cookie")?.split(";", 1)[0] ?? "" };
}

test("what cannot be had is said with where, why and what to do", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const data = ["--data", join(folder, "data")];
  const free = ["--listen", "127.0.0.1:0"];
  const tried = [
    await runCli("serve", ...free, "--data", file),
    await runCli("serve", ...data, "--listen", "192.0.2.1:9000"),
    await runCli("serve", ...data, ...free, "--ui", `127.0.0.1:${port}`),
  ];
  expect(tried.map(({ code, stdout }) => ({ code, stdout }))).toEqual(tried.map(() => ({ code: 1, stdout: "" })));
  const [folderUse, stations, screens] = tried.map(({ stderr }) => stderr);
  expect(folderUse).toMatch(
    /^The data folder .+a-file cannot be used: .+EEXIST.+ Name another folder with --data\.\n$/,
  );
  expect(stations).toMatch(
    /^No station can be listened for at 192\.0\.2\.1:9000: .+ Name another place with --listen, or choose one in Settings\.\n$/,
  );
  expect(screens).toMatch(
    /^The screens cannot be served at 127\.0\.0\.1:\d+: .+EADDRINUSE.+ Name another place with --ui\.\n$/,
  );
});

describe.skipIf(mustSkip("old-node", oldNode() !== null, "No Node below 22.12 was found."))(
  "started by a Node that is too old",
  () => {
    test("it starts itself again with the one it brings along; signals and exit codes pass through", async () => {
      const folder = await temporaryFolder();
      const core = await serveCli(folder, ["--listen", "127.0.0.1:0"], oldNode() ?? "");
      expect(JSON.parse(readFileSync(join(folder, "core.json"), "utf8")).pid).not.toBe(core.child.pid);
      expect(await core.end("SIGTERM")).toEqual({ code: 0, signal: null });
      expect(existsSync(join(folder, "core.json"))).toBe(false);
      const bad = startCli(["brew"], oldNode() ?? "");
      expect(await bad.ended).toEqual({ code: 5, signal: null });
    });

    test("killed, it takes the one it started along, which closes its record", async () => {
      const folder = await temporaryFolder();
      const core = await serveCli(folder, ["--listen", "127.0.0.1:0"], oldNode() ?? "");
      const station = await answeringStation(`${core.url}CP1`);
      // It is over when all that held its outputs have ended, the other one among them.
      expect(await core.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
      expect((await station.closed).code).toBe(1001);
      const next = await serveCli(folder);
      expect(await next.end("SIGTERM")).toEqual({ code: 0, signal: null });
    });
  },
);

test("the command that an old Node begins goes on with the Node that it came with", async () => {
  expect(await runCliOnOldNode("--version")).toEqual(await runCli("--version"));
});

/** A Node on the PATH that lacks what the core needs; null where there is none. */
function oldNode(): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, "node");
    if (!existsSync(path)) continue;
    const version = execFileSync(path, ["--version"], { encoding: "utf8" });
    const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
    if (major < 22 || (major === 22 && minor < 14)) return path;
  }
  return null;
}
