// A well-behaved station in a process of its own: `node bystander.mjs URL`. It charges, asks again a little after each answer, and tells
// on each message from its parent how it fared.
import WebSocket from "ws";

const [url] = process.argv.slice(2);
const pauseMs = 10;
const told = { answered: 0, worstMs: 0, open: true, waitingMs: 0 };
const socket = new WebSocket(url, ["ocpp1.6"], { perMessageDeflate: false });
let askedAt = 0;
let count = 0;

socket.on("open", () => ask("BootNotification", { chargePointVendor: "Good", chargePointModel: "Neighbour" }));
socket.on("message", (data) => {
  const frame = JSON.parse(String(data));
  if (frame[0] === 2) return socket.send(JSON.stringify([3, frame[1], { status: "Rejected" }]));
  told.answered += 1;
  told.worstMs = Math.max(told.worstMs, performance.now() - askedAt);
  if (told.answered === 1) process.send({ event: "ready" });
  setTimeout(() => ask("MeterValues", meterValues()), pauseMs);
});
socket.on("close", () => (told.open = false));
socket.on("error", () => undefined);
process.on("message", () => {
  process.send({ event: "told", ...told, waitingMs: askedAt === 0 ? 0 : performance.now() - askedAt });
});
process.on("disconnect", () => process.exit(0));

function ask(action, payload) {
  if (socket.readyState !== socket.OPEN) return;
  askedAt = performance.now();
  socket.send(JSON.stringify([2, `by-${++count}`, action, payload]));
}

function meterValues() {
  const sampledValue = [{ value: String(1000 + count) }];
  return { connectorId: 1, meterValue: [{ timestamp: new Date().toISOString(), sampledValue }] };
}
