import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Shape } from "../../ui/StateWord.tsx";
import { FaultLine } from "./FaultLine.tsx";
import classes from "./faults.module.css";

/** What is put in on purpose for a station, in red for as long as it is on. */
export function FaultBanner({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const { value } = useWatch("faults.state", { identity });
  if (!value || value.active.length === 0) return null;
  return (
    <section className={classes.banner} aria-label={t("common.screens.faults")} role="status">
      <strong className={classes.name} data-tone="faulted">
        <Shape tone="faulted" />
        <span>{t("faults.banner")}</span>
      </strong>
      <ul className={layout.list}>
        {value.active.map((fault) => (
          <FaultLine key={fault.kind} identity={identity} fault={fault} />
        ))}
      </ul>
    </section>
  );
}
