import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import type { EventBody } from "../../station/events.ts";
import type { Finding } from "../../station/findings.ts";
import type { RegistrationStatus, StationInfo } from "../../station/model.ts";
import type { Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { optionalText } from "../placeholders.ts";
import { integer, text } from "../read.ts";

/** BootNotification (1.6 4.2, 6.3). */
export const bootNotification: Handler = {
  reply: (_request, { now, boot, currentTime = isoTime(now) }) => ({
    currentTime,
    interval: Math.max(0, Math.round(boot.intervalSeconds)),
    status: boot.status,
  }),
  events(request, reply) {
    const findings: Finding[] = [];
    const booted: EventBody = {
      kind: "booted",
      info: readInfo(request, findings),
      answered: (text(reply, "status") ?? "Rejected") as RegistrationStatus,
      intervalSeconds: integer(reply, "interval"),
    };
    return [booted, ...foundEvents(findings)];
  },
};

/** Heartbeat (1.6 4.6, 6.29). */
export const heartbeat: Handler = {
  reply: (_request, { now, currentTime = isoTime(now) }) => ({ currentTime }),
  events: () => [{ kind: "heartbeat" }],
};

const infoFields = {
  vendor: "chargePointVendor",
  model: "chargePointModel",
  serialNumber: "chargePointSerialNumber",
  boxSerialNumber: "chargeBoxSerialNumber",
  firmwareVersion: "firmwareVersion",
  iccid: "iccid",
  imsi: "imsi",
  meterType: "meterType",
  meterSerialNumber: "meterSerialNumber",
} as const satisfies Record<keyof StationInfo, string>;

const where = "BootNotification /";
const required: ReadonlySet<string> = new Set([infoFields.vendor, infoFields.model]);

/** Empty texts, as some send for a modem that they do not have, say nothing. */
function readInfo(request: JsonObject, findings: Finding[]): StationInfo {
  const info: StationInfo = {};
  for (const [name, field] of Object.entries(infoFields)) {
    const said = (required.has(field) ? text(request, field) : optionalText(request, field, where, findings))?.trim();
    if (said) info[name as keyof StationInfo] = said;
  }
  return info;
}
