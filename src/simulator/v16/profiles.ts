import { isoTime } from "../../lib/units.ts";
import { integer, text } from "../../ocpp/read.ts";
import { findOutlet, transactionId } from "../charging/outlet.ts";
import { clearProfiles, inner, installProfile, readProfile, scopeOf } from "../charging/profile-reader.ts";
import { composite } from "../energy/charging-profiles.ts";
import type { Answer, Answers, Machine } from "../model.ts";

/** Smart charging (1.6 5.5, 5.7, 5.16). */
export function profileAnswers(machine: Machine): Answers {
  return {
    SetChargingProfile(request) {
      const profile = readProfile(inner(request, "csChargingProfiles"), integer(request, "connectorId") ?? 0);
      const why = typeof profile === "string" ? profile : installProfile(machine, profile);
      if (why) machine.log(`charging profile refused: ${why}`);
      return { reply: { status: why ? "Rejected" : "Accepted" }, after: machine.refresh };
    },
    ClearChargingProfile(request) {
      const removed = clearProfiles(machine, {
        id: integer(request, "id"),
        evse: integer(request, "connectorId"),
        purpose: text(request, "chargingProfilePurpose"),
        stackLevel: integer(request, "stackLevel"),
      });
      return { reply: { status: removed > 0 ? "Accepted" : "Unknown" }, after: machine.refresh };
    },
    GetCompositeSchedule(request): Answer {
      const evse = integer(request, "connectorId") ?? 0;
      const outlet = findOutlet(machine, evse);
      if (evse !== 0 && !outlet) return { reply: { status: "Rejected" } };
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
          connectorId: evse,
          scheduleStart: isoTime(time),
          chargingSchedule: {
            duration,
            startSchedule: isoTime(time),
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
