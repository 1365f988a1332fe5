import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cutText } from "../../../src/lib/text.ts";
import type { WholeFrame } from "../../../src/services/messages/contract.ts";
import { useLoad } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { FindingText } from "../FindingText.tsx";
import { useFormat } from "../format/use-format.ts";
import layout from "../layout.module.css";
import { PastStation } from "../PastStation.tsx";
import { Busy, CopyButton, Facts, Failure, Time } from "../parts.tsx";
import { Told } from "../Told.tsx";
import classes from "../ui.module.css";
import { Bookmark } from "./Bookmark.tsx";
import { Changed } from "./Changed.tsx";
import { layOutJson, longestText, shownLines } from "./json-text.ts";
import { Related } from "./Related.tsx";
import { wayKey } from "./way.ts";

/** One frame of the record, for the drawer: laid out, with its findings, its raw text to copy, and the other half of its pair. */
export function FrameView({ seq }: { seq: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState({ asked: seq, seq });
  // Another one that is asked for begins anew: what one had gone on to belongs to the one before.
  if (shown.asked !== seq) setShown({ asked: seq, seq });
  const frame = useLoad("messages.frame", { seq: shown.seq });
  if (frame.state === "failed")
    return <Failure what={t("common.frame.failed")} error={frame.error} onRetry={frame.reload} />;
  if (frame.state === "loading") return <Busy what={t("common.frame.loading")} />;
  const { value } = frame;
  return (
    <div className={layout.stack}>
      <Facts
        of={[
          [t("common.frame.number"), String(value.seq)],
          [t("common.frame.direction"), t(wayKey(value))],
          [t("common.frame.done"), value.marks?.map((mark) => t(`common.marks.${mark}`)).join(", ")],
          [t("common.frame.action"), value.action],
          [t("common.frame.station"), value.station],
          [t("common.heard.where"), value.console && <ConsoleLink key="console" port={value.console} />],
          [t("common.frame.time"), <Time key="at" at={value.at} ms />],
          [t("common.frame.stationTime"), value.stationTime],
          [t("common.frame.size"), format.bytes(value.bytes)],
        ]}
      />
      {value.lane === "console" && <p className="small muted">{t("common.heard.why")}</p>}
      {value.findings.length > 0 && (
        <section>
          <h3>{t("common.frame.findings")}</h3>
          {value.findings.map((finding) => (
            <FindingText key={`${finding.rule} ${finding.where}`} finding={finding} />
          ))}
        </section>
      )}
      <Bookmark key={`bookmark ${value.seq}`} seq={value.seq} />
      <Related frame={value} />
      <Changed key={`changed ${value.seq}`} frame={value} />
      {value.station !== "" && <PastStation key={value.seq} identity={value.station} frame={value.seq} at={value.at} />}
      <FrameText frame={value} title={t("common.frame.content")} />
      {value.partner && (
        <>
          <FrameText
            frame={value.partner}
            title={t(value.partner.seq > value.seq ? "common.frame.answer" : "common.frame.question")}
          />
          <button
            type="button"
            className={classes.link}
            onClick={() => setShown({ asked: seq, seq: value.partner?.seq ?? seq })}
          >
            {t("common.frame.title", { seq: String(value.partner.seq) })}
          </button>
        </>
      )}
    </div>
  );
}

function ConsoleLink({ port }: { port: string }) {
  return (
    <a className={classes.link} href={routeHash("console", { port })}>
      <Told text={port} />
    </a>
  );
}

function FrameText({ frame, title }: { frame: WholeFrame; title: string }) {
  const { t } = useTranslation();
  const [unveiled, setUnveiled] = useState(false);
  const { masked, base64 } = frame;
  const text = masked === undefined || unveiled ? frame.text : masked;
  const laidOut = layOutJson(text);
  return (
    <section className={layout.stack}>
      <h3>{title}</h3>
      <pre className={classes.code}>{shownLines(laidOut, longestText)}</pre>
      {masked !== undefined && (
        <p className="muted small">
          {!unveiled && `${t("common.frame.hidden")} `}
          <button type="button" className={classes.link} onClick={() => setUnveiled(!unveiled)}>
            {t(unveiled ? "common.frame.veil" : "common.frame.unveil")}
          </button>
        </p>
      )}
      {laidOut !== text && (
        <details>
          <summary className={classes.summary}>{t("common.frame.raw")}</summary>
          <pre className={classes.code} data-wrap>
            {shownLines(text, longestText)}
          </pre>
        </details>
      )}
      {base64 && text === frame.text && (
        <details>
          <summary className={classes.summary}>{t("common.frame.bytes")}</summary>
          <pre className={classes.code} data-wrap>
            {cutText(base64, longestText)}
          </pre>
        </details>
      )}
      <div className={layout.row}>
        <CopyButton text={text} label={t("common.frame.copy")} />
      </div>
    </section>
  );
}
