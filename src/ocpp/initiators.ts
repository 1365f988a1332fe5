import { dialectOf } from "./versions.ts";

/** Actions that both ends ask for. */
const both = new Set(["DataTransfer"]);

const ofStation = new Set(
  (["1.6", "2.0.1", "2.1"] as const).flatMap((version) => Object.keys(dialectOf(version).handlers)),
);

/** Actions that a central system alone asks for (1.6 5, security whitepaper 4; 2.0.1 and 2.1 part 2). */
const ofCentralSystem: ReadonlySet<string> = new Set([
  "AFRRSignal",
  "AdjustPeriodicEventStream",
  "CancelReservation",
  "CertificateSigned",
  "ChangeAvailability",
  "ChangeConfiguration",
  "ChangeTransactionTariff",
  "ClearCache",
  "ClearChargingProfile",
  "ClearDERControl",
  "ClearDisplayMessage",
  "ClearTariffs",
  "ClearVariableMonitoring",
  "CostUpdated",
  "CustomerInformation",
  "DeleteCertificate",
  "ExtendedTriggerMessage",
  "GetBaseReport",
  "GetChargingProfiles",
  "GetCompositeSchedule",
  "GetConfiguration",
  "GetDERControl",
  "GetDiagnostics",
  "GetDisplayMessages",
  "GetInstalledCertificateIds",
  "GetLocalListVersion",
  "GetLog",
  "GetMonitoringReport",
  "GetPeriodicEventStream",
  "GetReport",
  "GetTariffs",
  "GetTransactionStatus",
  "GetVariables",
  "InstallCertificate",
  "NotifyAllowedEnergyTransfer",
  "NotifyWebPaymentStarted",
  "PublishFirmware",
  "RemoteStartTransaction",
  "RemoteStopTransaction",
  "RequestBatterySwap",
  "RequestStartTransaction",
  "RequestStopTransaction",
  "ReserveNow",
  "Reset",
  "SendLocalList",
  "SetChargingProfile",
  "SetDERControl",
  "SetDefaultTariff",
  "SetDisplayMessage",
  "SetMonitoringBase",
  "SetMonitoringLevel",
  "SetNetworkProfile",
  "SetVariableMonitoring",
  "SetVariables",
  "SignedUpdateFirmware",
  "TriggerMessage",
  "UnlockConnector",
  "UnpublishFirmware",
  "UpdateDynamicSchedule",
  "UpdateFirmware",
  "UsePriorityCharging",
]);

/** Who asks for an action, in any version; undefined for an action that no version has. */
export function initiatorOf(action: string): "station" | "central-system" | "both" | undefined {
  if (both.has(action)) return "both";
  if (ofStation.has(action)) return "station";
  return ofCentralSystem.has(action) ? "central-system" : undefined;
}
