// One receiver in a process of its own: `core` (Plugside, with one station that is asked for its log by the protocol that is given), or
// `plain` (see plain-receivers.mjs). Between "start" and "stop" it looks at its memory, and tells by how much that grew, and how long it had the
// processor.
import { openPlain } from "./plain-receivers.mjs";

const [kind, protocol, folder] = process.argv.slice(2);
const lookMs = 20;
let came = async () => undefined;
let watch;
let before = 0;
let cpu;
let most = 0;

process.on("message", async (word) => {
  if (word === "start") {
    before = process.memoryUsage.rss();
    cpu = process.cpuUsage();
    most = before;
    watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, lookMs);
    process.send({ event: "started" });
  } else if (word === "stop") {
    clearInterval(watch);
    const { user, system } = process.cpuUsage(cpu);
    process.send({ growth: most - before, cpuMicros: user + system, came: await came() });
  } else ask();
});

let ask = () => undefined;

if (kind === "plain") process.send({ place: await openPlain(protocol, folder) });
else {
  const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
  const listen = { host: "127.0.0.1", port: 0 };
  const core = await startCore({ dataFolder: folder, listen, ui: false, uploadPorts: [0] });
  await secured(core);
  ask = () => core.handlers["diagnostics.request"]({ station: "BENCH", kind: "diagnostics", protocol, wait: 600 });
  came = () => core.handlers["files.list"]({ station: "BENCH" }, () => undefined).snapshot[0]?.sha256;
  process.send({ url: core.ready.ocpp[0] });
}

/** Waits for the certificate, which is made once the ports are open. */
async function secured(core) {
  for (;;) {
    const { snapshot } = await core.handlers["certificates.overview"]({}, () => undefined);
    if (snapshot.wss.state === "ready") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
