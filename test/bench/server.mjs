// One server in a process of its own: `echo` (ws sends every frame back), `upstream` (a central system that answers every CALL with
// {}), `ocpp-rpc` (another library, strict), `storing` (the same, with a row of SQLite before each answer), `core`, or `forward` (a core
// that forwards the station BENCH to the URL given as a third argument). Tells its CPU time between "start" and "stop".
import { WebSocketServer } from "ws";
import { ocppRpc } from "./peers.mjs";

const [kind, folder, above] = process.argv.slice(2);
let before;

process.on("message", (word) => {
  if (word === "start") {
    before = process.cpuUsage();
    process.send({ event: "started" });
    return;
  }
  const { user, system } = process.cpuUsage(before);
  process.send({ event: "stopped", cpuMicros: user + system, rss: process.memoryUsage().rss });
});

if (kind === "echo" || kind === "upstream") {
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    perMessageDeflate: false,
    handleProtocols: () => "ocpp1.6",
  });
  const answer = kind === "echo" ? (data) => data : (data) => `[3,${JSON.stringify(JSON.parse(data)[1])},{}]`;
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(answer(data), { binary: false })));
  server.on("listening", () => process.send({ event: "ready", url: `ws://127.0.0.1:${server.address().port}/` }));
} else if (kind === "ocpp-rpc" || kind === "storing") {
  process.send({ event: "ready", url: await ocppRpc(kind === "storing" ? folder : undefined) });
} else {
  const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
  const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false });
  process.send({ event: "ready", url: core.ready.ocpp[0] });
  if (kind === "forward") await forwardOnceKnown(core);
}

/** Turns forward mode on as soon as the station has been there once. */
async function forwardOnceKnown(core) {
  const setUp = { on: true, url: above, credentials: "none", insecure: false, whenAway: "silent" };
  for (;;) {
    try {
      await core.handlers["forward.set"]({ identity: "BENCH", ...setUp });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
