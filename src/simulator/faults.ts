/** A fault at an outlet. */
export type Fault = {
  /** OCPP 1.6 errorCode. */
  code: string;
  /** The make's own code. */
  vendorCode: string;
  info: string;
  /** OCPP 2.x stoppedReason of a transaction that it ends. */
  stoppedReason: string;
};

const known: Fault[] = [
  fault("ConnectorLockFailure", "E101", "Lock motor did not reach its end position"),
  fault("EVCommunicationError", "E102", "Control pilot left its states"),
  fault("GroundFailure", "E201", "Residual current 34 mA", "GroundFault"),
  fault("HighTemperature", "E301", "Housing above 85 degrees"),
  fault("InternalError", "E401", "Watchdog of the power board"),
  fault("LocalListConflict", "E402", "Entry differs from the central system's"),
  fault("OtherError", "E499", "LinkAcceptor contact open"),
  fault("OverCurrentFailure", "E202", "L2 above 40 A", "OvercurrentFault"),
  fault("OverVoltage", "E203", "L1 above 265 V", "PowerQuality"),
  fault("PowerMeterFailure", "E501", "Meter does not answer"),
  fault("PowerSwitchFailure", "E204", "Contactor welded"),
  fault("ReaderFailure", "E502", "Card reader does not answer"),
  fault("ResetFailure", "E403", "Restart was not carried out"),
  fault("UnderVoltage", "E205", "L3 below 195 V", "PowerQuality"),
  fault("WeakSignal", "E503", "Signal below -110 dBm"),
];

/** The error codes of OCPP 1.6 that mean a fault, for lists of choices. */
export const faultCodes = known.map((entry) => entry.code);

/** The fault of an OCPP error code, or null for a word that is none. */
export function findFault(code: string): Fault | null {
  return known.find((entry) => entry.code.toLowerCase() === code.toLowerCase()) ?? null;
}

function fault(code: string, vendorCode: string, info: string, stoppedReason = "Other"): Fault {
  return { code, vendorCode, info, stoppedReason };
}
