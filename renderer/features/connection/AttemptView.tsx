import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { measuredText } from "../../../src/words/format.ts";
import type { AttemptStage } from "../../../src/words/stages.ts";
import { useLoad } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, Facts, Failure, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { bytesOf, hexLines, stagesOf } from "./attempt-list.ts";
import classes from "./attempts.module.css";
import { CauseText } from "./CauseText.tsx";
import { TlsFacts } from "./TlsFacts.tsx";

/** All that is known of an attempt, for the drawer. */
export function AttemptView({ id }: { id: number }) {
  const { t } = useTranslation();
  const loaded = useLoad("connection.attempt", { id });
  if (loaded.state === "failed")
    return <Failure what={t("attempts.failed")} error={loaded.error} onRetry={loaded.reload} />;
  if (loaded.state === "loading") return <Busy what={t("attempts.loading")} />;
  const attempt = loaded.value;
  return (
    <div className={classes.view}>
      {attempt.causes.map((cause) => (
        <CauseText key={JSON.stringify(cause)} cause={cause} />
      ))}
      <Known attempt={attempt} />
      <Stages attempt={attempt} />
      <TlsFacts attempt={attempt} />
      {attempt.http && (
        <section>
          <h3>{t("attempts.http")}</h3>
          <pre className={ui.code} data-apart>
            {[attempt.http.line, ...attempt.http.headers.map(([name, value]) => `${name}: ${value}`)]
              .map(shownText)
              .join("\n")}
          </pre>
        </section>
      )}
      {attempt.raw && <Raw base64={attempt.raw} />}
    </div>
  );
}

function Known({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { credentials, repeats, gapMs, endedAt, lastAt, offered, connection } = attempt;
  return (
    <section>
      <h3>{t("attempts.facts")}</h3>
      <Facts
        of={[
          [t("attempts.fact.station"), attempt.identity],
          [t("attempts.fact.from"), `${attempt.remoteAddress} : ${attempt.remotePort}`],
          [t("attempts.fact.to"), `${attempt.localAddress} : ${attempt.localPort}`],
          [t("attempts.fact.first"), repeats > 1 ? <Time key="first" at={attempt.at} /> : undefined],
          [t("attempts.fact.last"), <Time key="last" at={lastAt} ms />],
          [t("attempts.fact.lasted"), endedAt === undefined ? undefined : measuredText(Math.max(0, endedAt - lastAt))],
          [t("attempts.fact.count"), repeats > 1 ? String(repeats) : undefined],
          [t("attempts.fact.gap"), gapMs === undefined ? undefined : measuredText(gapMs)],
          [t("attempts.fact.bytes"), format.bytes(attempt.bytes)],
          [t("attempts.fact.user"), credentials?.user],
          [t("attempts.fact.password"), credentials && t(`attempts.password.${credentials.form}`)],
          [t("attempts.fact.offered"), offered?.join(", ")],
          [t("attempts.fact.subprotocol"), attempt.subprotocol],
          [t("attempts.fact.ocpp"), attempt.ocpp],
          [t("attempts.fact.boot"), attempt.boot],
          [t("attempts.fact.connection"), connection === undefined ? undefined : String(connection)],
        ]}
      />
    </section>
  );
}

function Stages({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const passed = stagesOf(attempt).filter((stage: AttemptStage) => attempt.times[stage] !== undefined);
  return (
    <section>
      <h3>{t("attempts.stages")}</h3>
      <Facts
        of={passed.map(
          (stage) => [t(`attempts.stage.${stage}`), `+${measuredText(attempt.times[stage] ?? 0)}`] as const,
        )}
      />
    </section>
  );
}

function Raw({ base64 }: { base64: string }) {
  const { t } = useTranslation();
  const bytes = bytesOf(base64);
  const hex = hexLines(bytes);
  return (
    <section>
      <h3>{t("attempts.raw")}</h3>
      <p className="small muted">{t("attempts.rawNote")}</p>
      <pre className={ui.code} data-apart>
        {hex}
      </pre>
      <div className={layout.row}>
        <CopyButton text={hex} label={t("attempts.copyHex")} />
        <CopyButton text={new TextDecoder().decode(bytes)} label={t("attempts.copyText")} />
      </div>
    </section>
  );
}
