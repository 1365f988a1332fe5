import { type RawStation, rawStation } from "./raw-station.ts";

/** A station of OCPP 1.6 that accepts whatever it is asked, and acts on none of it.
 * @param password what it comes with; by default none */
export async function agreeingStation(url: string, password?: string): Promise<RawStation> {
  const user = new URL(url).pathname.split("/").at(-1);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const station = await rawStation(url, ["ocpp1.6"], password === undefined ? {} : { headers: { authorization } });
  station.socket.on("message", (data) => {
    const [type, id] = JSON.parse(String(data)) as [number, string];
    if (type === 2) station.send(`[3,"${id}",{"status":"Accepted"}]`);
  });
  return station;
}
