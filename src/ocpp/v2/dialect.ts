import type { OcppVersion } from "../../station/model.ts";
import type { Dialect } from "../dialect.ts";
import { readAnswer } from "./answers.ts";
import { authorizationHandlers, paymentHandlers } from "./authorization.ts";
import { availabilityHandlers } from "./availability.ts";
import { batterySwapAdded } from "./battery-swap.ts";
import { dataTransferHandlers } from "./data-transfer.ts";
import { diagnosticsHandlers, eventStreamsAdded, logs21, logs201 } from "./diagnostics.ts";
import { displayHandlers } from "./display-and-cost.ts";
import { firmwareHandlers } from "./firmware.ts";
import { meteringHandlers } from "./metering.ts";
import type { Handlers } from "./notice.ts";
import { readOutcome } from "./outcome.ts";
import { provisioningHandlers } from "./provisioning.ts";
import { type CommandForm, planCommand, triggerWords21, triggerWords201 } from "./remote-control.ts";
import { reservationHandlers } from "./reservation.ts";
import { certificateForm21, certificateForm201 } from "./security/certificates.ts";
import { securityAdded, securityHandlers } from "./security/security.ts";
import { profileChange2, readSecurity2 } from "./security/security-plans.ts";
import { smartChargingAdded, smartChargingHandlers } from "./smart-charging.ts";
import { tokenForm21, tokenForm201 } from "./tokens.ts";
import { transactionHandlers } from "./transactions.ts";

/** BasicAuthPassword: 40 characters in 2.0.1, 64 in 2.1 (SecurityCtrlr). 2.0.1 has one word for itself and 2.0. */
const security201 = { ocppVersion: "OCPP20", longestPassword: 40 };
const security21 = { ocppVersion: "OCPP21", longestPassword: 64 };

/** OCPP 2.0.1. */
export const v201: Dialect = create("2.0.1", {
  form: {
    token: tokenForm201,
    triggers: triggerWords201,
    customTrigger: false,
    security: security201,
    certificates: certificateForm201,
    logs: logs201,
  },
  added: {},
  occurrenceViolation: "OccurenceConstraintViolation",
  tellsBadAnswers: false,
});

/** OCPP 2.1: the same messages, and what it adds. */
export const v21: Dialect = create("2.1", {
  form: {
    token: tokenForm21,
    triggers: triggerWords21,
    customTrigger: true,
    security: security21,
    certificates: certificateForm21,
    logs: logs21,
  },
  added: { ...securityAdded, ...smartChargingAdded, ...eventStreamsAdded, ...paymentHandlers, ...batterySwapAdded },
  // 2.0.1 part 4 misspells this code, 2.1 does not.
  occurrenceViolation: "OccurrenceConstraintViolation",
  tellsBadAnswers: true,
});

type Difference = {
  form: CommandForm;
  added: Handlers;
  occurrenceViolation: string;
  tellsBadAnswers: boolean;
};

function create(version: OcppVersion, { form, added, occurrenceViolation, tellsBadAnswers }: Difference): Dialect {
  return {
    version,
    handlers: {
      ...provisioningHandlers,
      ...authorizationHandlers(form.token),
      ...availabilityHandlers,
      ...transactionHandlers(form.token),
      ...meteringHandlers,
      ...smartChargingHandlers,
      ...reservationHandlers,
      ...firmwareHandlers,
      ...diagnosticsHandlers,
      ...securityHandlers,
      ...displayHandlers,
      ...dataTransferHandlers,
      ...added,
    },
    plan: (command, station) => planCommand(command, station, form),
    outcome: readOutcome,
    readAnswer,
    profileChange: profileChange2,
    readSecurity: readSecurity2,
    errorCodes: {
      badMessage: "RpcFrameworkError",
      formatViolation: "FormatViolation",
      structureViolation: "ProtocolError",
      occurrenceViolation,
      notAccepted: "SecurityError",
    },
    tellsBadAnswers,
  };
}
