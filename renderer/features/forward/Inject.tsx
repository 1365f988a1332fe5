import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";

const targets = ["station", "upstream"] as const;

/** Puts a frame on the wire by hand, towards either end. */
export function Inject({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const id = useId();
  const inject = useCall("forward.inject");
  const [to, setTo] = useState<(typeof targets)[number]>("station");
  const [text, setText] = useState('[2,"by-hand-1","",{}]');
  const [sentAt, setSentAt] = useState<number | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSentAt(null);
    // The answer is null, and so is a value that is not there: what counts is that it did not fail.
    if ((await inject.run({ identity, to, text })) !== undefined) setSentAt(Date.now());
  }

  return (
    <section className={layout.section} data-align="start" aria-labelledby="forward-inject">
      <h2 id="forward-inject">{t("forward.inject.title")}</h2>
      <p className="muted">{t("forward.inject.hint")}</p>
      <form className={layout.stack} onSubmit={(event) => void submit(event)}>
        <div className={layout.row} data-gap="16">
          <span id={id}>{t("forward.inject.to")}</span>
          <SegmentedControl
            size="md"
            aria-labelledby={id}
            data={targets.map((value) => ({ value, label: t(`forward.inject.${value}`) }))}
            value={to}
            onChange={(name) => setTo(targets.find((target) => target === name) ?? "station")}
            transitionDuration={0}
          />
        </div>
        <Textarea
          classNames={{ input: "mono" }}
          label={t("forward.inject.text")}
          autosize
          minRows={3}
          maxRows={16}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={layout.row} data-gap="16">
          <Button type="submit" disabled={inject.busy || text === ""}>
            {t("forward.inject.send")}
          </Button>
          <span role="status" className="muted">
            {sentAt !== null && t("forward.inject.sent", { time: timeText(sentAt) })}
          </span>
        </div>
      </form>
      {inject.error && <Failure what={t("forward.inject.failed")} error={inject.error} />}
    </section>
  );
}
