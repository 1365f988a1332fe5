// One server in a process of its own: `echo` (ws sends every frame back) or `core`. Tells its CPU time between "start" and "stop".
import { WebSocketServer } from "ws";

const [kind, folder] = process.argv.slice(2);
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

if (kind === "echo") {
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    perMessageDeflate: false,
    handleProtocols: () => "ocpp1.6",
  });
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(data, { binary: false })));
  server.on("listening", () => process.send({ event: "ready", url: `ws://127.0.0.1:${server.address().port}/` }));
} else {
  const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
  const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false });
  process.send({ event: "ready", url: core.ready.ocpp[0] });
}
