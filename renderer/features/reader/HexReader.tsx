import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLoad } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";

const pageRows = 256;
const rowBytes = 16;

/** What is no text, by its bytes. */
export function HexReader({ log, bytes }: { log: number; bytes: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [from, setFrom] = useState(0);
  const page = useLoad("reader.bytes", { log, from, rows: pageRows });
  const step = pageRows * rowBytes;
  return (
    <div className={layout.stack}>
      <p className="muted">{t("reader.binary", { size: format.bytes(bytes) })}</p>
      <div className={layout.row}>
        <Button variant="default" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - step))}>
          {t("reader.before")}
        </Button>
        <Button variant="default" disabled={from + step >= bytes} onClick={() => setFrom(from + step)}>
          {t("reader.after")}
        </Button>
      </div>
      {page.state === "loading" && <Busy what={t("reader.opening")} />}
      {page.state === "failed" && <Failure what={t("reader.failed")} error={page.error} onRetry={page.reload} />}
      {page.state === "ready" && (
        <pre className={ui.code}>
          {page.value
            .map(({ at, hex, letters }) => `${at.toString(16).padStart(8, "0")}  ${hex.padEnd(47)}  ${letters}`)
            .join("\n")}
        </pre>
      )}
    </div>
  );
}
