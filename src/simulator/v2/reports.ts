import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { integer, object, objects, text, texts } from "../../ocpp/read.ts";
import { inner } from "../charging/profile-reader.ts";
import type { Answer, Answers, Machine } from "../model.ts";
import { readSetting, type Setting } from "../settings.ts";
import type { DeviceModel } from "./device-model.ts";
import { because } from "./payloads.ts";
import { itemsPerMessage, sameComponent, sameVariable, type Variable, writePlace } from "./variables.ts";

/** Variables are reported this many at a time. */
const perPart = 20;

const dataTypes: Record<Setting["kind"], string> = {
  boolean: "boolean",
  integer: "integer",
  decimal: "decimal",
  string: "string",
  list: "MemberList",
  choice: "OptionList",
  time: "dateTime",
};
const mutability = { read: "ReadOnly", write: "WriteOnly", both: "ReadWrite" } as const;

/** GetVariables, SetVariables, GetBaseReport, GetReport (2.0.1 B05 to B08). */
export function reportAnswers(machine: Machine, model: DeviceModel): Answers {
  async function report(requestId: number, variables: readonly Variable[]): Promise<void> {
    const generatedAt = isoTime(machine.clock.now());
    const data = variables.map(reportData);
    for (let at = 0, seqNo = 0; at < data.length; at += perPart, seqNo++) {
      const reportPart = data.slice(at, at + perPart);
      const tbc = at + perPart < data.length;
      const payload: JsonObject = { requestId, generatedAt, seqNo, tbc, reportData: reportPart };
      await machine.mail.ask({ action: "NotifyReport", payload });
    }
  }

  function answerReport(request: JsonObject, variables: readonly Variable[]): Answer {
    if (variables.length === 0) return { reply: { status: "EmptyResultSet" } };
    const requestId = integer(request, "requestId") ?? 0;
    return { reply: { status: "Accepted" }, after: () => void report(requestId, variables) };
  }

  function meetsCriteria(variable: Variable, criteria: string[]): boolean {
    if (criteria.length === 0) return true;
    const place = writePlace(variable.component);
    return model.variables.some(
      (each) => criteria.includes(each.name) && sameComponent(each.component, place) && readSetting(each) === "true",
    );
  }

  function setOne(item: JsonObject): JsonObject {
    const component = inner(item, "component");
    const variable = inner(item, "variable");
    const type = text(item, "attributeType");
    const place = { component, variable, ...(type ? { attributeType: type } : {}) };
    const found = model.find(component, variable);
    if (typeof found === "string") return { ...place, attributeStatus: found };
    if (type !== undefined && type !== "Actual") return { ...place, attributeStatus: "NotSupportedAttributeType" };
    return { ...place, attributeStatus: model.set(found, text(item, "attributeValue") ?? "") };
  }

  function getOne(item: JsonObject): JsonObject {
    const component = inner(item, "component");
    const variable = inner(item, "variable");
    const type = text(item, "attributeType");
    const place = { component, variable, ...(type ? { attributeType: type } : {}) };
    const found = model.find(component, variable);
    if (typeof found === "string") return { ...place, attributeStatus: found };
    if (type !== undefined && type !== "Actual") return { ...place, attributeStatus: "NotSupportedAttributeType" };
    if (found.access === "write") return { ...place, attributeStatus: "Rejected", ...attributeBecause("WriteOnly") };
    return { ...place, attributeStatus: "Accepted", attributeValue: readSetting(found) };
  }

  return {
    GetVariables(request) {
      const items = objects(request, "getVariableData");
      if (items.length > itemsPerMessage) return tooMany(items.length);
      return { reply: { getVariableResult: items.map(getOne) } };
    },
    SetVariables(request) {
      const items = objects(request, "setVariableData");
      if (items.length > itemsPerMessage) return tooMany(items.length);
      return { reply: { setVariableResult: items.map(setOne) }, after: machine.rearm };
    },
    GetBaseReport(request) {
      switch (text(request, "reportBase")) {
        case "FullInventory":
          return answerReport(request, model.variables);
        case "ConfigurationInventory":
          return answerReport(
            request,
            model.variables.filter((variable) => variable.access !== "read"),
          );
        case "SummaryInventory":
          return answerReport(
            request,
            model.variables.filter(({ name }) => ["Available", "AvailabilityState", "Problem"].includes(name)),
          );
        default:
          return { reply: { status: "NotSupported" } };
      }
    },
    GetReport(request) {
      const criteria = texts(request, "componentCriteria");
      const wanted = objects(request, "componentVariable");
      const chosen = model.variables.filter(
        (variable) =>
          meetsCriteria(variable, criteria) && (wanted.length === 0 || wanted.some((each) => isMeant(variable, each))),
      );
      return answerReport(request, chosen);
    },
  };
}

/** A component without EVSE or instance means all of that name; one without variable, all its variables (B08). */
function isMeant(variable: Variable, wanted: JsonObject): boolean {
  const asked = inner(wanted, "component");
  const place = writePlace(variable.component);
  const component = { ...place, name: asked.name ?? "", ...pick(asked, "instance"), ...pick(asked, "evse") };
  if (!sameComponent(variable.component, component)) return false;
  const name = object(wanted, "variable");
  if (!name) return true;
  return sameVariable(name.instance === undefined ? { name: variable.name } : variable, name);
}

function pick(from: JsonObject, key: string): JsonObject {
  return from[key] === undefined ? {} : { [key]: from[key] };
}

function reportData(variable: Variable): JsonObject {
  const { unit, min, max, allowed, kind, access } = variable;
  const changes = variable.read !== undefined;
  return {
    component: writePlace(variable.component),
    variable: { name: variable.name, ...(variable.instance ? { instance: variable.instance } : {}) },
    variableAttribute: [
      {
        type: "Actual",
        ...(access === "write" ? {} : { value: readSetting(variable) }),
        mutability: mutability[access],
        persistent: access !== "read",
        constant: access === "read" && !changes,
      },
    ],
    variableCharacteristics: {
      dataType: dataTypes[kind],
      ...(unit ? { unit } : {}),
      ...(min === undefined ? {} : { minLimit: min }),
      ...(max === undefined ? {} : { maxLimit: max }),
      ...(allowed ? { valuesList: allowed.join(",") } : {}),
      supportsMonitoring: false,
    },
  };
}

function attributeBecause(reasonCode: string): JsonObject {
  return { attributeStatusInfo: because(reasonCode).statusInfo ?? {} };
}

function tooMany(items: number): Answer {
  return {
    error: "PropertyConstraintViolation",
    description: `${items} items, ItemsPerMessage allows ${itemsPerMessage}`,
  };
}
