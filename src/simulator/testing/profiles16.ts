/** A charging schedule of 1.6: 10 A, and 6 A after a minute. */
export const schedule = (more: object = {}) => ({
  chargingRateUnit: "A",
  chargingSchedulePeriod: [
    { startPeriod: 0, limit: 10 },
    { startPeriod: 60, limit: 6, numberPhases: 1 },
  ],
  ...more,
});
/** A charging profile of 1.6 (7.8) that a station takes. */
export const profile = (more: object = {}) => ({
  ...{ chargingProfileId: 1, stackLevel: 1, chargingProfilePurpose: "TxDefaultProfile" },
  ...{ chargingProfileKind: "Relative", chargingSchedule: schedule() },
  ...more,
});
