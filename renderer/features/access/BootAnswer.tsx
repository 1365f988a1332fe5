import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import type { BootState } from "../../../src/station/model.ts";
import layout from "../../ui/layout.module.css";
import classes from "./access.module.css";
import { BootPlan } from "./BootPlan.tsx";
import { DraftInput } from "./DraftInput.tsx";
import { readSeconds } from "./draft.ts";
import { Saved, useChange } from "./Saved.tsx";

const answers = ["Accepted", "Pending", "Rejected"] as const;

/** What the station is told when it boots, where that differs from the settings. */
export function BootAnswer({ access, boot }: { access: StationAccess; boot: BootState | undefined }) {
  const { t } = useTranslation();
  const change = useChange(access.identity);
  return (
    <section className={layout.section} aria-labelledby="access-boot">
      <h2 id="access-boot">{t("access.boot.title")}</h2>
      {boot && boot.answered !== "Accepted" && <p>{t("access.boot.held", { answered: boot.answered })}</p>}
      <Select
        className={classes.field}
        label={t("access.boot.status")}
        allowDeselect={false}
        value={access.bootStatus ?? "setting"}
        data={[
          { value: "setting", label: t("access.boot.bySetting") },
          ...answers.map((answer) => ({ value: answer, label: t(`access.boot.${answer}`) })),
        ]}
        onChange={(value) => void change.save({ bootStatus: answers.find((answer) => answer === value) ?? null })}
      />
      <DraftInput
        label={t("access.boot.interval")}
        description={t("access.boot.intervalHint")}
        value={access.bootInterval === null ? "" : String(access.bootInterval)}
        problem={(text) => (readSeconds(text) === undefined ? t("access.boot.intervalBad") : null)}
        save={(text) => change.save({ bootInterval: readSeconds(text) ?? null })}
      />
      <BootPlan access={access} change={change} />
      <Saved of={change} />
    </section>
  );
}
