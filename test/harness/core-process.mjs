// A core of the build in a process of its own: `node core-process.mjs FOLDER HASTE`. What the core does every few seconds (keeping the
// states, checkpoints) it does HASTE times as often, so that a kill meets it there. Tells where stations connect, once it is ready.
const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
const [folder, haste] = process.argv.slice(2);
const clock = {
  now: () => performance.timeOrigin + performance.now(),
  monotonic: () => performance.now(),
  sinceBoot: () => performance.now(),
  after: (ms, task) => stoppable(setTimeout(task, ms), clearTimeout),
  every: (ms, task) => stoppable(setInterval(task, ms / Number(haste)), clearInterval),
};
const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false, clock });
process.send(core.ready.ocpp[0]);
// Whoever started it is gone.
process.on("disconnect", () => process.exit(0));

function stoppable(handle, stop) {
  return { stop: () => stop(handle) };
}
