import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import type { RegistrationStatus } from "../../../src/station/model.ts";
import layout from "../../ui/layout.module.css";
import { readSeconds, readTimes } from "./draft.ts";
import type { useChange } from "./Saved.tsx";

const answers = ["Pending", "Rejected", "Accepted"] as const satisfies readonly RegistrationStatus[];

/** The answers to the station's next boots, in their order: what is left of them, and one more. */
export function BootPlan({ access, change }: { access: StationAccess; change: ReturnType<typeof useChange> }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<RegistrationStatus>("Pending");
  const [interval, setSeconds] = useState("");
  const [times, setTimes] = useState("1");
  const [tried, setTried] = useState(false);
  const { bootPlan } = access;
  const numbered = bootPlan.map((step, number) => ({ ...step, number }));
  const seconds = readSeconds(interval.trim());
  const count = readTimes(times.trim());

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (seconds === undefined || count === undefined) return;
    const step = { status, times: count, ...(seconds === null ? {} : { interval: seconds }) };
    if (await change.save({ bootPlan: [...bootPlan, step] })) setTried(false);
  }

  return (
    <form className={layout.section} aria-labelledby="access-plan" noValidate onSubmit={(event) => void add(event)}>
      <h3 id="access-plan">{t("access.plan.title")}</h3>
      <p className="muted">{t("access.plan.what")}</p>
      {bootPlan.length === 0 ? (
        <p>{t("access.plan.none")}</p>
      ) : (
        <ol className={layout.list}>
          {numbered.map((step) => (
            <li key={step.number} className={layout.item}>
              <span>
                {t("access.plan.step", { status: step.status, count: step.times })}
                {step.interval !== undefined && `, ${t("access.plan.interval", { seconds: step.interval })}`}
              </span>
              <Button
                variant="default"
                aria-label={t("access.plan.removeStep", { status: step.status })}
                onClick={() => void change.save({ bootPlan: bootPlan.toSpliced(step.number, 1) })}
              >
                {t("common.remove")}
              </Button>
            </li>
          ))}
        </ol>
      )}
      <div className={layout.fields}>
        <Select
          label={t("access.plan.status")}
          allowDeselect={false}
          value={status}
          data={[...answers]}
          onChange={(value) => setStatus(answers.find((answer) => answer === value) ?? status)}
        />
        <TextInput
          label={t("access.plan.seconds")}
          inputMode="numeric"
          autoComplete="off"
          value={interval}
          error={tried && seconds === undefined && t("access.boot.intervalBad")}
          onChange={(event) => setSeconds(event.currentTarget.value)}
        />
        <TextInput
          label={t("access.plan.times")}
          inputMode="numeric"
          autoComplete="off"
          value={times}
          error={tried && count === undefined && t("access.plan.timesBad")}
          onChange={(event) => setTimes(event.currentTarget.value)}
        />
      </div>
      <div className={layout.row}>
        <Button type="submit" variant="default">
          {t("access.plan.add")}
        </Button>
      </div>
    </form>
  );
}
