import { useTranslation } from "react-i18next";
import type { Age } from "../../../src/station/age.ts";
import { Time } from "../../ui/parts.tsx";

/** When something was told that is not of now, and why it is not; that the station is offline stands above it all. */
export function Aged({ at, age }: { at: number; age: Age }) {
  const { t } = useTranslation();
  return (
    <span>
      {t("stations.age.told")} <Time at={at} />
      {age !== "offline" && <>, {t(`stations.age.${age}`)}</>}
    </span>
  );
}
