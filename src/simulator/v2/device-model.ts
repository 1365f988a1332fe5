import type { JsonObject } from "../../lib/json.ts";
import type { Machine } from "../model.ts";
import { applyAfterRestart, listOf, readSetting, writeSetting } from "../settings.ts";
import type { Networks } from "./network.ts";
import { sameComponent, sameVariable, standardVariables, type Variable } from "./variables.ts";

/** The device model of a 2.x station. */
export type DeviceModel = {
  readonly variables: readonly Variable[];
  /** @returns the variable, or whether it is the component that is unknown */
  find(component: JsonObject, variable: JsonObject): Variable | "UnknownComponent" | "UnknownVariable";
  set(variable: Variable, value: string): "Accepted" | "Rejected" | "RebootRequired";
  /** A value by component and name, of the station's own components. */
  text(component: string, name: string, instance?: string): string;
  list(component: string, name: string): string[];
  /** Sets what only the station itself may. */
  put(component: string, name: string, value: string): void;
  restarted(): void;
};

/** Makes the device model with its values as delivered. */
export function createDeviceModel(machine: Machine, version: "2.0.1" | "2.1", networks: Networks): DeviceModel {
  const variables = standardVariables(machine, version, networks);
  function own(component: string, name: string, instance?: string): Variable {
    const found = variables.find(
      (each) => each.component.name === component && each.name === name && each.instance === instance,
    );
    if (!found) throw new Error(`no variable ${component}.${name}`);
    return found;
  }
  return {
    variables,
    find(component, variable) {
      const there = variables.filter((each) => sameComponent(each.component, component));
      if (there.length === 0) return "UnknownComponent";
      return there.find((each) => sameVariable(each, variable)) ?? "UnknownVariable";
    },
    set(variable, value) {
      const done = writeSetting(variable, value);
      if (done.result === "rejected") {
        machine.log(`variable ${variable.component.name}.${variable.name} refused: ${done.why}`);
        return "Rejected";
      }
      return done.result === "reboot" ? "RebootRequired" : "Accepted";
    },
    text: (component, name, instance) => readSetting(own(component, name, instance)),
    list: (component, name) => listOf(readSetting(own(component, name))),
    put(component, name, value) {
      own(component, name).value = value;
    },
    restarted: () => applyAfterRestart(variables),
  };
}
