import { useTranslation } from "react-i18next";
import type { Part } from "../../../src/logs/model.ts";
import { useSpoken } from "../../i18n/index.ts";
import { Busy, Failure } from "../../ui/parts.tsx";
import { HexReader } from "./HexReader.tsx";
import { TextReader } from "./TextReader.tsx";
import { useOpened } from "./use-opened.ts";

/** A part of a file: as text, or by its bytes. */
export function OpenPart({ file, part, station }: { file: number; part: Part; station: string | null }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { opened, again } = useOpened(file, part.id);
  if (opened.state === "loading") return <Busy what={t("reader.opening")} />;
  if (opened.state === "failed") return <Failure what={t("reader.failed")} error={opened.error} onRetry={again} />;
  const { log, bytes, problem, text } = opened.log;
  return (
    <>
      {problem && <p role="status">{t("reader.endsEarly", { why: say(problem) })}</p>}
      {text ? (
        <TextReader key={log} log={log} bytes={bytes} text={text} station={station} onGone={again} />
      ) : (
        <HexReader key={log} log={log} bytes={bytes} />
      )}
    </>
  );
}
