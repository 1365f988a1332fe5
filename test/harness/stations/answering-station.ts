import { type RawStation, rawStation } from "./raw-station.ts";

/** What it boots with. */
export const boot = { chargePointVendor: "Vendor", chargePointModel: "Model", firmwareVersion: "1.2" };

/** A station that answers each action in a way of its own. */
export async function answeringStation(url: string): Promise<RawStation> {
  const station = await rawStation(url);
  await station.ask("BootNotification", boot);
  station.socket.on("message", (data) => {
    const [type, id, action] = JSON.parse(String(data));
    if (type !== 2) return;
    if (action === "GetConfiguration") {
      station.send(
        `[3,"${id}",{"configurationKey":[{"key":"Odd","readonly":true,"value":"1"}],"n":9223372036854775807}]`,
      );
    } else if (action === "Reset") station.send(`[4,"${id}","InternalError","out of order",{"code":7}]`);
    else if (action === "ClearCache") station.send(`[3,"${id}",{"status":"Rejected"}]`);
    else if (action === "UnlockConnector") station.send(`[3,"${id}",{"status":"Unlocked"}]`);
    else if (action === "ChangeAvailability") station.send(`[3,"${id}",{"status":"Scheduled"}]`);
    else if (action === "TriggerMessage") station.send(`[3,"${id}",{"status":"NotImplemented"}]`);
    else station.socket.terminate();
  });
  return station;
}
