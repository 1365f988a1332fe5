import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { asNumber } from "../../ocpp/read.ts";
import type { Card } from "../authorizer.ts";
import type { ActiveTransaction, JobStatus, Machine, Outlet, Queued, Speaker, TransactionStep } from "../model.ts";
import type { Operations } from "../operations.ts";
import { createAnswers } from "./answers.ts";
import { createConfiguration } from "./configuration.ts";
import { meterValue, outletStatus, readCard, stationStatus, stopReasons } from "./payloads.ts";

/** What a transaction is called that the central system never gave a number, having refused its start. */
const numberless = -1;

/** OCPP 1.6 from the station's side. */
export function createSpeaker16(machine: Machine, operations: Operations): Speaker {
  const configuration = createConfiguration(machine);
  const begun = new WeakMap<ActiveTransaction, JsonObject>();
  const answers = createAnswers(machine, operations, configuration);
  const nowText = () => isoTime(machine.clock.now());

  function started(outlet: Outlet, transaction: ActiveTransaction): Queued {
    const first = meterValue(machine, outlet, configuration.list("StopTxnSampledData"), "Transaction.Begin");
    if (first) begun.set(transaction, first);
    const payload: JsonObject = {
      connectorId: outlet.evse,
      idTag: transaction.card.value,
      meterStart: transaction.meterStart,
      timestamp: isoTime(transaction.startedAt),
      ...(transaction.reservation === undefined ? {} : { reservationId: transaction.reservation }),
    };
    return {
      action: "StartTransaction",
      transaction: transaction.key,
      payload: () => payload,
      settled(answer) {
        const id = answer?.transactionId;
        transaction.number = typeof id === "bigint" ? id : (asNumber(id) ?? numberless);
        if (answer) machine.cardAnswered(transaction, readCard(answer));
      },
    };
  }

  function ended(outlet: Outlet, transaction: ActiveTransaction, step: TransactionStep & { kind: "ended" }): Queued {
    const last = meterValue(machine, outlet, configuration.list("StopTxnSampledData"), "Transaction.End");
    const data = [begun.get(transaction), last].filter((value) => value !== undefined && value !== null);
    const payload: JsonObject = {
      ...(step.card ? { idTag: step.card.value } : {}),
      meterStop: Math.floor(outlet.reading.register),
      timestamp: nowText(),
      reason: stopReasons[step.cause],
      ...(data.length > 0 ? { transactionData: data } : {}),
    };
    return {
      action: "StopTransaction",
      transaction: transaction.key,
      payload: () => ({ ...payload, transactionId: transaction.number ?? numberless }),
    };
  }

  function sampledNow(outlet: Outlet, transaction: ActiveTransaction, context: string): Queued[] {
    const key = context === "Sample.Clock" ? "MeterValuesAlignedData" : "MeterValuesSampledData";
    const value = meterValue(machine, outlet, configuration.list(key), context);
    if (!value) return [];
    const payload = (): JsonObject => ({
      connectorId: outlet.evse,
      transactionId: transaction.number ?? numberless,
      meterValue: [value],
    });
    return [{ action: "MeterValues", transaction: transaction.key, payload, sample: true }];
  }

  return {
    subprotocol: "ocpp1.6",
    longestCard: 20,
    knobs: configuration.knobs,
    setHeartbeat: (seconds) => configuration.put("HeartbeatInterval", String(seconds)),
    restarted: configuration.restarted,
    // 40 hex digits are the 20 bytes of a key (OCPP-J 1.6, 6.2).
    passwordBytes: (password) => Buffer.from(password, /^[0-9a-f]{40}$/i.test(password) ? "hex" : "utf8"),
    unreachable: () => undefined,
    boot: () => ({
      action: "BootNotification",
      payload: {
        chargePointVendor: "Plugside",
        chargePointModel: "Virtual AC 22",
        chargePointSerialNumber: machine.identity.slice(0, 25),
        firmwareVersion: "1.0.0",
        meterType: "Three-phase, virtual",
        meterSerialNumber: `M-${machine.identity}`.slice(0, 25),
      },
    }),
    heartbeat: () => ({ action: "Heartbeat", payload: {} }),
    status: (outlet) => [
      { action: "StatusNotification", payload: outlet ? outletStatus(machine, outlet) : stationStatus(machine) },
    ],
    faultChanged: () => [],
    securityEvent: (type, info) => ({
      action: "SecurityEventNotification",
      payload: { type, timestamp: nowText(), techInfo: info },
    }),
    signCertificate: (csr) => ({ action: "SignCertificate", payload: { csr } }),
    authorize: (card: Card) => ({ action: "Authorize", payload: { idTag: card.value } }),
    readAuthorization: readCard,
    transaction(outlet, transaction, step) {
      switch (step.kind) {
        case "started":
          return [started(outlet, transaction)];
        case "sample":
          return sampledNow(outlet, transaction, step.context);
        case "ended":
          return [ended(outlet, transaction, step)];
        case "state":
          // In 1.6 the charging state is told by StatusNotification alone.
          return [];
      }
    },
    values(outlet, context) {
      const key = context === "Sample.Clock" ? "MeterValuesAlignedData" : "MeterValuesSampledData";
      const wanted = [...configuration.list(key), "Energy.Active.Import.Register"];
      const value = meterValue(machine, outlet, [...new Set(wanted)], context);
      return { action: "MeterValues", payload: { connectorId: outlet.evse, meterValue: value ? [value] : [] } };
    },
    firmware(job) {
      if (!job.signed) return { action: "FirmwareStatusNotification", payload: { status: job.status } };
      return { action: "SignedFirmwareStatusNotification", payload: withRequest(job) };
    },
    log(job) {
      if (!job.signed) return { action: "DiagnosticsStatusNotification", payload: { status: job.status } };
      return { action: "LogStatusNotification", payload: withRequest(job) };
    },
    reservationEnded: () => [],
    answer: (action, request) => (Object.hasOwn(answers, action) ? (answers[action]?.(request) ?? null) : null),
  };
}

function withRequest(job: JobStatus): JsonObject {
  return { status: job.status, ...(job.requestId === undefined ? {} : { requestId: job.requestId }) };
}
