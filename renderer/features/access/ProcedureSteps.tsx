import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ProcedureStep, ProcedureView } from "../../../src/services/procedures/contract.ts";
import { useDrawer } from "../../app/drawer.tsx";
import { useCall } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { FrameView } from "../../ui/FrameView.tsx";
import { Failure, Time } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import classes from "./access.module.css";

const tones: Record<ProcedureStep["state"], Tone> = {
  waiting: "quiet",
  "under-way": "waiting",
  done: "charging",
  failed: "faulted",
  skipped: "quiet",
};

/** A guarded change: its steps as they come, what is good now, and the way back. */
export function ProcedureSteps({ of }: { of: ProcedureView }) {
  const { t } = useTranslation();
  const cancel = useCall("procedures.cancel");
  const { kind, state, identity } = of;
  return (
    <div className={classes.procedure}>
      <h3>
        {t(`access.change.of.${kind}`, { profile: String(of.profile ?? "") })}: {t(`access.change.state.${state}`)}
      </h3>
      <p className="muted small">
        {t("access.change.began")} <Time at={of.startedAt} />
        {of.endedAt !== undefined && (
          <>
            , {t("access.change.ended")} <Time at={of.endedAt} />
          </>
        )}
        {of.before.profile !== undefined && <>. {t("access.change.earlier", { profile: String(of.before.profile) })}</>}
      </p>
      <ol className={classes.steps} aria-live="polite">
        {of.steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
      <p>
        <strong>{t(`access.change.valid.${kind}.${of.valid}`)}</strong>
      </p>
      <p>
        {t("access.change.back.title")}: {t(`access.change.back.${kind}.${state}`)}
      </p>
      {state === "under-way" && of.deadline !== undefined && (
        <p className="muted">
          {t("access.change.until")} <Time at={of.deadline} />
        </p>
      )}
      {state === "under-way" && (
        <ConfirmInline verb={t("access.change.cancel")} onConfirm={() => void cancel.run({ identity })}>
          {t("access.change.cancelSentence")}
        </ConfirmInline>
      )}
      {cancel.error && <Failure what={t("access.change.cancelFailed")} error={cancel.error} />}
    </div>
  );
}

function Step({ step }: { step: ProcedureStep }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const frame = step.answerFrame ?? step.frame;
  return (
    <li>
      <div className={classes.step}>
        <span data-tone={tones[step.state]}>
          <Shape tone={tones[step.state]} />
        </span>
        <span>{t(`access.change.steps.${step.name}`)}</span>
        <span className="muted">
          {t(`access.change.stepState.${step.state}`)}
          {step.at !== undefined && (
            <>
              {" "}
              <Time at={step.at} />
            </>
          )}
        </span>
        {frame !== undefined && (
          <button
            type="button"
            className={classes.link}
            onClick={() => drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))}
          >
            {t("access.change.frame")}
          </button>
        )}
      </div>
      {step.why !== undefined && step.why !== "not-needed" && <p className="muted">{reason(t, step)}</p>}
    </li>
  );
}

function reason(t: TFunction, { why, said }: ProcedureStep): string {
  const words = why ? t(`access.change.why.${why}`) : "";
  return said ? `${words} (${said})` : words;
}
