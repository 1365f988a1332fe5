import type { Dialect } from "../dialect.ts";
import { authorize } from "./authorization.ts";
import { statusNotification } from "./availability.ts";
import { readAnswer } from "./configuration.ts";
import { dataTransfer } from "./data-transfer.ts";
import { diagnosticsStatusNotification } from "./diagnostics.ts";
import { firmwareStatusNotification } from "./firmware.ts";
import { meterValues } from "./metering.ts";
import { outcome } from "./outcome.ts";
import { bootNotification, heartbeat } from "./provisioning.ts";
import { plan } from "./remote-control.ts";
import { securityEventNotification, signCertificate } from "./security/security.ts";
import { profileChange16, readSecurity16 } from "./security/security-plans.ts";
import { startTransaction, stopTransaction } from "./transactions.ts";

/** OCPP 1.6J (edition 2) with the security extension (whitepaper, edition 2). */
export const v16: Dialect = {
  version: "1.6",
  handlers: {
    Authorize: authorize,
    BootNotification: bootNotification,
    DataTransfer: dataTransfer,
    DiagnosticsStatusNotification: diagnosticsStatusNotification,
    FirmwareStatusNotification: firmwareStatusNotification,
    Heartbeat: heartbeat,
    LogStatusNotification: diagnosticsStatusNotification,
    MeterValues: meterValues,
    SecurityEventNotification: securityEventNotification,
    SignCertificate: signCertificate,
    SignedFirmwareStatusNotification: firmwareStatusNotification,
    StartTransaction: startTransaction,
    StatusNotification: statusNotification,
    StopTransaction: stopTransaction,
  },
  plan,
  outcome,
  readAnswer,
  profileChange: profileChange16,
  readSecurity: readSecurity16,
  errorCodes: {
    badMessage: "FormationViolation",
    formatViolation: "FormationViolation",
    structureViolation: "FormationViolation",
    occurrenceViolation: "OccurenceConstraintViolation",
  },
  tellsBadAnswers: false,
};
