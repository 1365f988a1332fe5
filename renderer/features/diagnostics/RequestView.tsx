import { useTranslation } from "react-i18next";
import type { DiagnosticsRequest } from "../../../src/services/diagnostics/contract.ts";
import { bytesText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Duration, Failure, Time } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import { Told } from "../../ui/Told.tsx";
import classes from "./diagnostics.module.css";
import { RungLine } from "./RungLine.tsx";

/** One request for a log: how it goes, each way that was tried, and the last word with its cure. */
export function RequestView({ request }: { request: DiagnosticsRequest }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const cancel = useCall("diagnostics.cancel");
  const { id, kind, at, endedAt, verdict, lastWord, cure, rungs } = request;
  const tone = toneOf(verdict);
  const title = `diagnostics-request-${id}`;
  return (
    <section className={layout.section} aria-labelledby={title}>
      <h2 id={title}>
        {t(`diagnostics.kinds.${kind}`)}, <Time at={at} />
      </h2>
      <div className={classes.word} aria-live="polite">
        <p className={classes.line}>
          <span data-tone={tone}>
            <Shape tone={tone} />
          </span>
          <strong>{lastWord ? say(lastWord) : t("diagnostics.underWay")}</strong>
          <span className="muted">
            {endedAt === undefined ? <Duration since={at} clock /> : <Duration ms={endedAt - at} />}
          </span>
        </p>
        {cure && <p>{say(cure)}</p>}
      </div>
      <Came request={request} />
      <ol className={classes.rungs}>
        {rungs.map((rung) => (
          <RungLine key={rung.at} rung={rung} unfolded={verdict !== "received"} />
        ))}
      </ol>
      {verdict === undefined && (
        <div>
          <ConfirmInline verb={t("diagnostics.cancel")} onConfirm={() => void cancel.run({ id })}>
            {t("diagnostics.cancelSentence")}
          </ConfirmInline>
        </div>
      )}
      {cancel.error && <Failure what={t("diagnostics.notCancelled")} error={cancel.error} />}
    </section>
  );
}

function toneOf(verdict: DiagnosticsRequest["verdict"]): Tone {
  if (verdict === undefined) return "waiting";
  if (verdict === "received") return "available";
  return verdict === "canceled" || verdict === "superseded" ? "quiet" : "faulted";
}

/** What came so far, file by file. */
function Came({ request: { files } }: { request: DiagnosticsRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (files.length === 0) return null;
  return (
    <ul className={layout.line}>
      {files.map(({ id, name, bytes, state, protocol, sha256 }) => (
        <li key={id} className={classes.came}>
          <Told text={name} className="mono" />
          <span>{bytesText(language, bytes)}</span>
          <span className="muted">
            {protocol.toUpperCase()}, {t(`files.states.${state}`)}
          </span>
          {sha256 && <code className="muted small">SHA-256 {sha256}</code>}
        </li>
      ))}
    </ul>
  );
}
