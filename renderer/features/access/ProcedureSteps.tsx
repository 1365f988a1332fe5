import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Spoken } from "../../../src/lib/words.ts";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import type { ProcedureStep, ProcedureView } from "../../../src/services/procedures/contract.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { Failure, Time } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import ui from "../../ui/ui.module.css";
import classes from "./access.module.css";
import { choiceId, PasswordChoice } from "./PasswordChoice.tsx";

const tones: Record<ProcedureStep["state"], Tone> = {
  waiting: "quiet",
  "under-way": "waiting",
  done: "charging",
  failed: "faulted",
  skipped: "quiet",
};

/** A guarded change: its steps as they come, what is good now, and the way back. */
export function ProcedureSteps({ of, access }: { of: ProcedureView; access: StationAccess }) {
  const { t } = useTranslation();
  const cancel = useCall("procedures.cancel");
  const { kind, state, identity, kept } = of;
  const stopped = useRef(false);
  const wayBack = kept
    ? (`access.change.keptBack.${kept}` as const)
    : of.valid === "stored"
      ? "access.change.back.stored"
      : (`access.change.back.${kind}.${state}` as const);
  // It is back with what it had: waiting any longer is a choice.
  const isBack = state === "under-way" && of.steps.some(({ why }) => why === "old-password" || why === "old-profile");
  const choosing = state !== "under-way" && access.nextPassword !== null;

  useEffect(() => {
    // Whoever stopped the wait has to choose next: the button that was pressed is gone.
    if (choosing && stopped.current) document.getElementById(choiceId)?.focus();
    if (choosing) stopped.current = false;
  }, [choosing]);

  async function stop(): Promise<void> {
    stopped.current = true;
    if (!(await cancel.run({ identity }))) stopped.current = false;
  }
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
        <strong>{t(kept ? `access.change.kept.${kept}` : `access.change.valid.${kind}.${of.valid}`)}</strong>
      </p>
      <p>
        {t("access.change.back.title")}: {t(wayBack)}
      </p>
      {choosing && <PasswordChoice access={access} />}
      {state === "under-way" && of.deadline !== undefined && (
        <p className="muted">
          {t("access.change.until")} <Time at={of.deadline} />
        </p>
      )}
      {isBack && (
        <Button variant="default" disabled={cancel.busy} onClick={() => void cancel.run({ identity, keep: "old" })}>
          {t(`access.change.endAtOnce.${kind}`)}
        </Button>
      )}
      {state === "under-way" && (
        <ConfirmInline verb={t("access.change.cancel")} onConfirm={() => void stop()}>
          {t(`access.change.cancelSentence.${kind}`)}
        </ConfirmInline>
      )}
      {cancel.error && <Failure what={t("access.change.cancelFailed")} error={cancel.error} />}
    </div>
  );
}

function Step({ step }: { step: ProcedureStep }) {
  const { t } = useTranslation();
  const say = useSpoken();
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
            className={ui.link}
            onClick={() => drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))}
          >
            {t("access.change.frame")}
          </button>
        )}
      </div>
      {step.why !== undefined && step.why !== "not-needed" && <p className="muted">{reason(t, say, step)}</p>}
    </li>
  );
}

function reason(t: TFunction, say: (spoken: Spoken) => string, { why, said }: ProcedureStep): string {
  const words = why ? t(`access.change.why.${why}`) : "";
  return said ? `${words} (${say(said)})` : words;
}
