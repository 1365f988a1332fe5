import type { TFunction } from "i18next";
import type { ProfileView } from "../../../src/services/modbus/contract.ts";
import { choiceOf } from "./modbus-draft.ts";

/** The profiles as they stand in a list: those that are shipped, and those of a person's own with the device that is read by each. */
export function profileChoices(t: TFunction, profiles: readonly ProfileView[]): { value: string; label: string }[] {
  return profiles.map((profile) => {
    const { maker, device, ownOf } = profile;
    const name = `${maker} ${device}`;
    return {
      value: choiceOf(profile),
      label: ownOf === undefined ? name : t("modbus.attach.ownOf", { name, station: ownOf }),
    };
  });
}
