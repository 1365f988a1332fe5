import { type RawStation, rawStation } from "./raw-station.ts";

/** A station of OCPP 1.6 that accepts whatever it is asked, and acts on none of it. */
export async function agreeingStation(url: string): Promise<RawStation> {
  const station = await rawStation(url);
  station.socket.on("message", (data) => {
    const [type, id] = JSON.parse(String(data)) as [number, string];
    if (type === 2) station.send(`[3,"${id}",{"status":"Accepted"}]`);
  });
  return station;
}
