import WebSocket from "ws";

/** Connects a station that has booted and accepts whatever it is asked. */
export async function agreeing(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, ["ocpp1.6"], { perMessageDeflate: false });
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("open", resolve));
  socket.on("message", (data) => {
    const [type, id] = JSON.parse(String(data));
    if (type === 2) socket.send(JSON.stringify([3, id, { status: "Accepted" }]));
  });
  socket.send('[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  return socket;
}
