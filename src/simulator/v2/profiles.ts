import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { integer, object, text, texts } from "../../ocpp/read.ts";
import { findOutlet, transactionId } from "../charging/outlet.ts";
import { clearProfiles, inner, installProfile, readProfile, scopeOf } from "../charging/profile-reader.ts";
import { composite, type Profile } from "../energy/charging-profiles.ts";
import type { Answer, Answers, Machine } from "../model.ts";
import { because } from "./payloads.ts";

/** Smart charging (2.0.1 K01, K08, K09, K10). */
export function profileAnswers(machine: Machine): Answers {
  async function report(requestId: number, profiles: readonly Profile[]): Promise<void> {
    for (const [at, profile] of profiles.entries()) {
      const payload: JsonObject = {
        requestId,
        chargingLimitSource: "CSO",
        evseId: profile.evse,
        chargingProfile: [profile.source],
        tbc: at < profiles.length - 1,
      };
      await machine.mail.ask({ action: "ReportChargingProfiles", payload });
    }
  }

  return {
    SetChargingProfile(request) {
      const profile = readProfile(inner(request, "chargingProfile"), integer(request, "evseId") ?? 0);
      const why = typeof profile === "string" ? profile : installProfile(machine, profile);
      const reply = why ? { status: "Rejected", ...because("InvalidProfile", why) } : { status: "Accepted" };
      return { reply, after: machine.refresh };
    },
    ClearChargingProfile(request) {
      const criteria = object(request, "chargingProfileCriteria");
      const removed = clearProfiles(machine, {
        id: integer(request, "chargingProfileId"),
        evse: integer(criteria, "evseId"),
        purpose: text(criteria, "chargingProfilePurpose"),
        stackLevel: integer(criteria, "stackLevel"),
      });
      return { reply: { status: removed > 0 ? "Accepted" : "Unknown" }, after: machine.refresh };
    },
    GetChargingProfiles(request) {
      const evse = integer(request, "evseId");
      const criterion = inner(request, "chargingProfile");
      const ids = texts(criterion, "chargingProfileId");
      const purpose = text(criterion, "chargingProfilePurpose");
      const level = integer(criterion, "stackLevel");
      const sources = texts(criterion, "chargingLimitSource");
      const found = machine.profiles.filter(
        (profile) =>
          (evse === undefined || profile.evse === evse) &&
          (ids.length === 0 || ids.includes(String(profile.id))) &&
          (purpose === undefined || text(profile.source, "chargingProfilePurpose") === purpose) &&
          (level === undefined || profile.stackLevel === level) &&
          (sources.length === 0 || sources.includes("CSO")),
      );
      if (found.length === 0) return { reply: { status: "NoProfiles" } };
      const requestId = integer(request, "requestId") ?? 0;
      return { reply: { status: "Accepted" }, after: () => void report(requestId, found) };
    },
    GetCompositeSchedule(request): Answer {
      const evse = integer(request, "evseId") ?? 0;
      const outlet = findOutlet(machine, evse);
      if (evse !== 0 && !outlet) return { reply: { status: "Rejected", ...because("UnknownEvse") } };
      const unit = text(request, "chargingRateUnit") === "W" ? "W" : "A";
      const duration = integer(request, "duration") ?? 0;
      const time = machine.clock.now();
      const running = outlet?.transaction;
      const transaction = running ? { id: transactionId(running), startedAt: running.startedAt } : undefined;
      const { profiles, ceiling } = scopeOf(machine, evse);
      const periods = composite(profiles, { time, evse, transaction }, duration, unit, ceiling);
      return {
        reply: {
          status: "Accepted",
          schedule: {
            evseId: evse,
            duration,
            scheduleStart: isoTime(time),
            chargingRateUnit: unit,
            chargingSchedulePeriod: periods.map(({ start, limit, phases }) => ({
              startPeriod: start,
              limit,
              numberPhases: phases,
            })),
          },
        },
      };
    },
  };
}
