import WebSocket from "ws";

const phases = ["L1", "L2", "L3"];

/** A MeterValues payload as a three-phase wallbox sends it while it charges, close to 2 kB. */
export function payload(index, transactionId) {
  const sampledValue = [
    {
      value: String(1_234_567 + index),
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Energy.Active.Import.Register",
      location: "Outlet",
      unit: "Wh",
    },
    {
      value: "11042.5",
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Power.Active.Import",
      location: "Outlet",
      unit: "W",
    },
    ...phases.map((phase) => ({
      value: "15.98",
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Current.Import",
      phase,
      location: "Outlet",
      unit: "A",
    })),
    ...phases.map((phase) => ({
      value: "230.4",
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Voltage",
      phase: `${phase}-N`,
      location: "Outlet",
      unit: "V",
    })),
    ...phases.map((phase) => ({
      value: "3680.8",
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Power.Active.Import",
      phase,
      location: "Outlet",
      unit: "W",
    })),
    { value: "49.98", context: "Sample.Periodic", format: "Raw", measurand: "Frequency", location: "Outlet" },
    {
      value: "34.5",
      context: "Sample.Periodic",
      format: "Raw",
      measurand: "Temperature",
      location: "Body",
      unit: "Celsius",
    },
    { value: "57", context: "Sample.Periodic", format: "Raw", measurand: "SoC", location: "EV", unit: "Percent" },
  ];
  return JSON.stringify({
    connectorId: 1,
    transactionId,
    meterValue: [{ timestamp: new Date().toISOString(), sampledValue }],
  });
}

let connectionCount = 0;
let askCount = 0;

/** `stations` sockets boot and start a transaction, as a station does, and then send `total` MeterValues together, each the next one
 * when the last is answered. */
export async function meterValues(url, stations, total) {
  const latencies = [];
  const sockets = await Promise.all(
    Array.from({ length: stations }, () => open(`${url}BENCH-${connectionCount++ % stations}`)),
  );
  const transactions = await Promise.all(sockets.map(startCharging));
  let left = total;
  let answered = 0;
  const began = performance.now();
  await new Promise((resolve) => {
    for (const [index, socket] of sockets.entries()) {
      const body = payload(index, transactions[index]);
      let count = 0;
      let sentAt = 0;
      const next = () => {
        if (left-- <= 0) return;
        sentAt = performance.now();
        socket.send(`[2,"${index}-${began.toFixed(0)}-${++count}","MeterValues",${body}]`);
      };
      socket.on("message", () => {
        latencies.push(performance.now() - sentAt);
        if (++answered === total) resolve();
        else next();
      });
      next();
    }
  });
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.terminate();
  return { seconds, latencies };
}

/** What every station does before it measures. Resolves with the transaction's id; an echo gives none. */
async function startCharging(socket) {
  const timestamp = new Date().toISOString();
  await ask(socket, "BootNotification", { chargePointVendor: "Bench", chargePointModel: "Bench" });
  await ask(socket, "StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Charging", timestamp });
  const start = { connectorId: 1, idTag: "BENCH", meterStart: 1_234_567, timestamp };
  const [, , answer] = await ask(socket, "StartTransaction", start);
  return answer?.transactionId ?? 7;
}

function ask(socket, action, payload) {
  return new Promise((resolve) => {
    socket.once("message", (data) => resolve(JSON.parse(data)));
    socket.send(JSON.stringify([2, `${action}-${++askCount}`, action, payload]));
  });
}

function open(url) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ["ocpp1.6"], { perMessageDeflate: false });
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}
