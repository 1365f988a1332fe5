import { useTranslation } from "react-i18next";
import type { Age } from "../../../src/station/age.ts";
import { Time } from "../../ui/parts.tsx";

/** When something was told that is not of now, and why it is not. */
export function Aged({ at, age }: { at: number; age: Age }) {
  const { t } = useTranslation();
  return (
    <span>
      {t("stations.age.told")} <Time at={at} />, {t(`stations.age.${age}`)}
    </span>
  );
}
