import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { composeTicket } from "../../../src/station/ticket.ts";
import type { Rule } from "../../../src/words/en/findings.ts";
import type { Language } from "../../../src/words/language.ts";
import { useLoad } from "../../core/core.tsx";
import { fetchLanguage, useLanguage } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./findings.module.css";

/** A ticket for the vendor: the text as it is copied, in either language. */
export function TicketView({ station, rules }: { station: string; rules: Rule[] }) {
  const { t } = useTranslation();
  const onScreen = useLanguage();
  const [chosen, setChosen] = useState<Language | null>(null);
  const language = chosen ?? onScreen;
  const ticket = useLoad("findings.ticket", { station, rules });
  if (ticket.state === "loading") return <Busy what={t("findings.writing")} />;
  if (ticket.state === "failed")
    return <Failure what={t("findings.ticketFailed")} error={ticket.error} onRetry={ticket.reload} />;
  function choose(wanted: Language): void {
    fetchLanguage(wanted).then(
      () => setChosen(wanted),
      () => undefined,
    );
  }
  const text = composeTicket(ticket.value, language);
  return (
    <div className={classes.frames}>
      <p className="muted">{t("findings.ticketHint")}</p>
      <div className={layout.row} data-gap="16">
        <SegmentedControl
          size="md"
          aria-label={t("findings.ticketLanguage")}
          value={language}
          data={[
            { value: "en", label: "English" },
            { value: "sv", label: "Svenska" },
          ]}
          onChange={(value) => choose(value === "sv" ? "sv" : "en")}
          transitionDuration={0}
        />
        <CopyButton text={text} label={t("findings.copyTicket")} />
      </div>
      <pre className={ui.code} data-wrap>
        {text}
      </pre>
    </div>
  );
}
