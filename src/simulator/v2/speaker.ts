import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { object } from "../../ocpp/read.ts";
import type { Fault } from "../faults.ts";
import type { ActiveTransaction, JobStatus, Knobs, Machine, Outlet, Queued, Request, Speaker } from "../model.ts";
import type { Operations } from "../operations.ts";
import { controlAnswers } from "./control.ts";
import { dataAnswers } from "./data.ts";
import { createDeviceModel, type DeviceModel } from "./device-model.ts";
import { fileAnswers } from "./files.ts";
import { createNetworks } from "./network.ts";
import {
  connectorStatus,
  meterValues,
  readCardInfo,
  sampleTriggers,
  startTriggers,
  stopWords,
  writeCard,
} from "./payloads.ts";
import { profileAnswers } from "./profiles.ts";
import { reportAnswers } from "./reports.ts";
import { triggerAnswers } from "./triggers.ts";

/** How bad a fault at a connector is, for 2.1: severity 1, a hardware failure that stops regular operation. */
const faultSeverity = 1;

/** OCPP 2.0.1 from the station's side, and 2.1 where it adds. */
export function createSpeaker2(machine: Machine, operations: Operations, version: "2.0.1" | "2.1"): Speaker {
  const networks = createNetworks(machine);
  const model = createDeviceModel(machine, version, networks);
  const answers = {
    ...controlAnswers(machine, operations),
    ...triggerAnswers(machine, operations),
    ...reportAnswers(machine, model),
    ...dataAnswers(machine),
    ...profileAnswers(machine),
    ...fileAnswers(machine, operations),
    ...networks.answers,
  };
  const nowText = () => isoTime(machine.clock.now());
  let nextEvent = 1;

  function event(transaction: ActiveTransaction, fields: JsonObject, info: JsonObject): Queued {
    const payload: JsonObject = {
      timestamp: nowText(),
      seqNo: transaction.sequence++,
      ...(machine.mail.ready ? {} : { offline: true }),
      ...fields,
      transactionInfo: {
        transactionId: transaction.key,
        timeSpentCharging: Math.round(transaction.secondsCharging),
        ...(transaction.remoteStartId === undefined ? {} : { remoteStartId: transaction.remoteStartId }),
        ...info,
      },
    };
    return {
      action: "TransactionEvent",
      transaction: transaction.key,
      payload: () => payload,
      settled(answer) {
        const info = object(answer ?? {}, "idTokenInfo");
        if (info) machine.cardAnswered(transaction, readCardInfo(info));
      },
    };
  }

  function values(outlet: Outlet, component: string, name: string, context: string): JsonObject {
    const found = meterValues(machine, outlet, model.list(component, name), context);
    return found.length > 0 ? { meterValue: found } : {};
  }

  return {
    subprotocol: version === "2.1" ? "ocpp2.1" : "ocpp2.0.1",
    longestCard: version === "2.1" ? 255 : 36,
    knobs: () => knobsOf(model),
    setHeartbeat: (seconds) => model.put("OCPPCommCtrlr", "HeartbeatInterval", String(seconds)),
    restarted() {
      model.restarted();
      networks.restarted();
    },
    passwordBytes: (password) => Buffer.from(password, "utf8"),
    unreachable: networks.unreachable,
    boot: (reason) => ({
      action: "BootNotification",
      payload: {
        reason,
        chargingStation: {
          model: "Virtual AC 22",
          vendorName: "Plugside",
          serialNumber: machine.identity.slice(0, 25),
          firmwareVersion: "1.0.0",
        },
      },
    }),
    heartbeat: () => ({ action: "Heartbeat", payload: {} }),
    status(outlet) {
      // 2.x has no status of the station as a whole.
      if (!outlet) return [];
      const connectorStatusNow = connectorStatus(machine, outlet);
      const place = { evseId: outlet.evse, connectorId: 1 };
      return [
        {
          action: "StatusNotification",
          payload: { timestamp: nowText(), connectorStatus: connectorStatusNow, ...place },
        },
      ];
    },
    faultChanged: (outlet, fault, cleared) => [
      notifyEvent(nowText(), outlet, fault, cleared, { eventId: nextEvent++, version }),
    ],
    securityEvent: (type, info) => ({
      action: "SecurityEventNotification",
      payload: { type, timestamp: nowText(), techInfo: info },
    }),
    signCertificate: (csr) => ({
      action: "SignCertificate",
      payload: { csr, certificateType: "ChargingStationCertificate" },
    }),
    authorize: (card) => ({ action: "Authorize", payload: { idToken: writeCard(card) } }),
    readAuthorization: (answer) => readCardInfo(object(answer, "idTokenInfo")),
    transaction(outlet, transaction, step) {
      switch (step.kind) {
        case "started": {
          const fields: JsonObject = {
            eventType: "Started",
            triggerReason: startTriggers[step.cause],
            evse: { id: outlet.evse, connectorId: 1 },
            idToken: writeCard(transaction.card),
            cableMaxCurrent: 32,
            ...(transaction.reservation === undefined ? {} : { reservationId: transaction.reservation }),
            ...values(outlet, "SampledDataCtrlr", "TxStartedMeasurands", "Transaction.Begin"),
          };
          return [event(transaction, fields, { chargingState: transaction.state })];
        }
        case "state": {
          const fields = { eventType: "Updated", triggerReason: "ChargingStateChanged" };
          return [event(transaction, fields, { chargingState: transaction.state })];
        }
        case "sample": {
          const aligned = step.context === "Sample.Clock";
          const sampled = aligned
            ? values(outlet, "AlignedDataCtrlr", "Measurands", step.context)
            : values(outlet, "SampledDataCtrlr", "TxUpdatedMeasurands", step.context);
          const phases = outlet.reading.current.filter((current) => current > 0).length;
          const fields: JsonObject = {
            eventType: "Updated",
            triggerReason: sampleTriggers[step.context],
            ...(phases > 0 ? { numberOfPhasesUsed: phases } : {}),
            ...sampled,
          };
          return [{ ...event(transaction, fields, { chargingState: transaction.state }), sample: true }];
        }
        case "ended": {
          const { trigger, reason } = stopWords(step.cause, step.fault);
          const fields: JsonObject = {
            eventType: "Ended",
            triggerReason: trigger,
            ...(step.card ? { idToken: writeCard(step.card) } : {}),
            ...values(outlet, "SampledDataCtrlr", "TxEndedMeasurands", "Transaction.End"),
          };
          const chargingState = step.cause === "unplugged" ? "Idle" : "EVConnected";
          return [event(transaction, fields, { chargingState, stoppedReason: reason })];
        }
      }
    },
    values(outlet, context) {
      const wanted =
        context === "Sample.Clock"
          ? model.list("AlignedDataCtrlr", "Measurands")
          : model.list("SampledDataCtrlr", "TxUpdatedMeasurands");
      const all = [...new Set([...wanted, "Energy.Active.Import.Register"])];
      const meterValue = meterValues(machine, outlet, all, context);
      return { action: "MeterValues", payload: { evseId: outlet.evse, meterValue } };
    },
    firmware: (job) => ({ action: "FirmwareStatusNotification", payload: withRequest(job) }),
    log: (job) => ({ action: "LogStatusNotification", payload: withRequest(job) }),
    reservationEnded: (reservation, how) => [
      {
        action: "ReservationStatusUpdate",
        payload: { reservationId: reservation.id, reservationUpdateStatus: how },
      },
    ],
    answer: (action, request) => (Object.hasOwn(answers, action) ? (answers[action]?.(request) ?? null) : null),
  };
}

function notifyEvent(
  timestamp: string,
  outlet: Outlet,
  fault: Fault,
  cleared: boolean,
  { eventId, version }: { eventId: number; version: "2.0.1" | "2.1" },
): Request {
  const data: JsonObject = {
    eventId,
    timestamp,
    trigger: "Delta",
    actualValue: String(!cleared),
    techCode: fault.vendorCode,
    techInfo: `${fault.code}: ${fault.info}`,
    cleared,
    eventNotificationType: "HardWiredNotification",
    component: { name: "Connector", evse: { id: outlet.evse, connectorId: 1 } },
    variable: { name: "Problem" },
    ...(version === "2.1" ? { severity: faultSeverity } : {}),
  };
  return { action: "NotifyEvent", payload: { generatedAt: timestamp, seqNo: 0, eventData: [data] } };
}

function withRequest(job: JobStatus): JsonObject {
  return { status: job.status, ...(job.requestId === undefined ? {} : { requestId: job.requestId }) };
}

function knobsOf(model: DeviceModel): Knobs {
  const on = (component: string, name: string) => model.text(component, name) === "true";
  const count = (component: string, name: string, instance?: string) => Number(model.text(component, name, instance));
  return {
    heartbeatSeconds: count("OCPPCommCtrlr", "HeartbeatInterval"),
    sampleSeconds: count("SampledDataCtrlr", "TxUpdatedInterval"),
    alignedSeconds: count("AlignedDataCtrlr", "Interval"),
    connectionTimeoutSeconds: count("TxCtrlr", "EVConnectionTimeOut"),
    authorizeRemote: on("AuthCtrlr", "AuthorizeRemoteStart"),
    localPreAuthorize: on("AuthCtrlr", "LocalPreAuthorize"),
    localAuthorizeOffline: on("AuthCtrlr", "LocalAuthorizeOffline"),
    unknownOffline: on("AuthCtrlr", "OfflineTxForUnknownIdEnabled"),
    listEnabled: on("LocalAuthListCtrlr", "Enabled"),
    cacheEnabled: on("AuthCacheCtrlr", "Enabled"),
    stopOnInvalid: on("TxCtrlr", "StopTxOnInvalidId"),
    stopOnUnplug: on("TxCtrlr", "StopTxOnEVSideDisconnect"),
    attempts: count("OCPPCommCtrlr", "MessageAttempts", "TransactionEvent"),
    retrySeconds: count("OCPPCommCtrlr", "MessageAttemptInterval", "TransactionEvent"),
    pingSeconds: count("OCPPCommCtrlr", "WebSocketPingInterval"),
    maxCurrent: count("ChargingStation", "MaxCurrent"),
    organisation: model.text("SecurityCtrlr", "OrganizationName"),
  };
}
