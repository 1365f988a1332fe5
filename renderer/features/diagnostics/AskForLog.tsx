import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readMoment } from "../../../src/lib/time/moments.ts";
import { uploadWays } from "../../../src/services/diagnostics/contract.ts";
import { logKinds } from "../../../src/station/commands.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./diagnostics.module.css";

const protocols = ["auto", ...uploadWays] as const;

/** One button that fetches the log, and what else can be said of it under "more". */
export function AskForLog({ identity, open }: { identity: string; open: boolean }) {
  const { t } = useTranslation();
  const state = useWatch("stations.state", { identity });
  const request = useCall("diagnostics.request");
  const [kind, setKind] = useState<(typeof logKinds)[number]>("diagnostics");
  const [protocol, setProtocol] = useState<(typeof protocols)[number]>("auto");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const offline = state.value?.link.state !== "online";
  const times = { from: readTime(from), to: readTime(to) };
  const unread = times.from === null || times.to === null;

  function ask(): void {
    const window = { ...(times.from && { from: times.from }), ...(times.to && { to: times.to }) };
    void request.run({ station: identity, kind, protocol, ...window });
  }
  return (
    <div className={layout.stack}>
      <div className={layout.row} data-gap="16">
        <Button
          disabled={offline || unread || request.busy}
          aria-describedby={offline ? "diagnostics-offline" : undefined}
          onClick={ask}
        >
          {t(open ? "diagnostics.askAnew" : "diagnostics.ask")}
        </Button>
        {state.value && offline && (
          <p id="diagnostics-offline" className="muted">
            {t("stations.actions.offline")}
          </p>
        )}
        {open && !offline && <p className="muted">{t("diagnostics.askAnewHint")}</p>}
      </div>
      {request.error && <Failure what={t("diagnostics.notAsked")} error={request.error} />}
      <details>
        <summary className={ui.more}>{t("diagnostics.more")}</summary>
        <div className={layout.fields} data-apart>
          <Select
            className={classes.field}
            label={t("diagnostics.kind")}
            allowDeselect={false}
            value={kind}
            data={logKinds.map((value) => ({ value, label: t(`diagnostics.kinds.${value}`) }))}
            onChange={(value) => setKind(logKinds.find((one) => one === value) ?? kind)}
          />
          <Select
            className={classes.field}
            label={t("diagnostics.protocol")}
            description={t("diagnostics.protocolHint")}
            inputWrapperOrder={["label", "input", "description"]}
            allowDeselect={false}
            value={protocol}
            data={protocols.map((value) => ({
              value,
              label: value === "auto" ? t("diagnostics.auto") : value.toUpperCase(),
            }))}
            onChange={(value) => setProtocol(protocols.find((one) => one === value) ?? protocol)}
          />
          <TextInput
            className={classes.field}
            label={t("diagnostics.from")}
            description={t("diagnostics.timeHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={from}
            error={times.from === null && t("common.moment.unread")}
            onChange={(event) => setFrom(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
          <TextInput
            className={classes.field}
            label={t("diagnostics.to")}
            value={to}
            error={times.to === null && t("common.moment.unread")}
            onChange={(event) => setTo(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      </details>
    </div>
  );
}

/** A moment as it is written in a filter, in ISO 8601; undefined for none, null for what cannot be read. */
function readTime(text: string): string | null | undefined {
  if (text.trim() === "") return undefined;
  const at = readMoment(text.trim(), Date.now());
  return at === undefined ? null : new Date(at).toISOString();
}
