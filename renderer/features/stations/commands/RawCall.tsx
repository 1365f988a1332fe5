import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fillIn, variablesOf } from "../../../../src/services/calls/variables.ts";
import type { RawAction } from "../../../../src/services/stations/contract.ts";
import { useCall, useLoad } from "../../../core/core.tsx";
import { useLanguage } from "../../../i18n/index.ts";
import { layOutJson, longestText, shownLines } from "../../../ui/frames/json-text.ts";
import layout from "../../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../../ui/parts.tsx";
import { Told } from "../../../ui/Told.tsx";
import ui from "../../../ui/ui.module.css";
import { deviationsOf, deviationText } from "../deviations.ts";
import classes from "../stations.module.css";
import { AnswerChanges } from "./AnswerChanges.tsx";
import { KeepCall } from "./KeepCall.tsx";
import { RawHistory } from "./RawHistory.tsx";
import { SavedCalls } from "./SavedCalls.tsx";
import { reasonText } from "./words.ts";

/** Any action of the station's version, with its content as text. What the schema refuses can be sent all the same. */
export function RawCall({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const actions = useLoad("stations.actions", { identity });
  if (actions.state === "failed")
    return <Failure what={t("stations.raw.failed")} error={actions.error} onRetry={actions.reload} />;
  if (actions.state === "loading") return <Busy what={t("stations.raw.loading")} />;
  if (actions.value.length === 0)
    return <EmptyState title={t("stations.raw.offline")}>{t("stations.raw.offlineHint")}</EmptyState>;
  return <RawForm identity={identity} actions={actions.value} />;
}

function RawForm({ identity, actions }: { identity: string; actions: readonly RawAction[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const command = useCall("stations.command");
  const [action, setAction] = useState(actions[0]?.action ?? "");
  const [payload, setPayload] = useState(layOutJson(actions[0]?.skeleton ?? "{}"));
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const variables = variablesOf(payload);
  const deviations = command.error ? deviationsOf(command.error.details) : [];
  const send = (force: boolean) =>
    void command.run({
      identity,
      command: { name: "raw", action, payload: fillIn(payload, values), ...(force && { force }) },
    });
  function put(chosen: string, text: string) {
    setAction(chosen);
    setPayload(text);
    command.reset();
  }
  const outcome = command.value;
  return (
    <div className={layout.stack}>
      <p className="muted">{t("stations.raw.intro")}</p>
      <SavedCalls onChoose={(call) => put(call.action, call.payload)} />
      <RawHistory identity={identity} round={outcome?.frame ?? 0} onChoose={put} />
      <Select
        label={t("stations.raw.action")}
        searchable
        data={actions.map((entry) => entry.action)}
        value={action}
        onChange={(value) => {
          const chosen = actions.find((entry) => entry.action === value);
          if (chosen) put(chosen.action, layOutJson(chosen.skeleton));
        }}
      />
      <Textarea
        label={t("stations.raw.payload")}
        value={payload}
        onChange={(event) => {
          setPayload(event.currentTarget.value);
          if (command.error) command.reset();
        }}
        autosize
        minRows={8}
        maxRows={20}
        spellCheck={false}
        classNames={{ input: classes.editor }}
      />
      {variables.map((name) => (
        <TextInput
          key={name}
          label={name}
          value={values[name] ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setValues((before) => ({ ...before, [name]: value }));
          }}
          spellCheck={false}
          autoComplete="off"
        />
      ))}
      <div className={layout.row}>
        <Button
          onClick={() => send(false)}
          disabled={command.busy || action === "" || variables.some((name) => values[name] === undefined)}
        >
          {t("stations.raw.send")}
        </Button>
        {command.error?.code === "invalid-input" && (
          <Button variant="default" onClick={() => send(true)}>
            {t("stations.raw.force")}
          </Button>
        )}
      </div>
      <KeepCall action={action} payload={payload} />
      {command.busy && <Busy what={t("stations.raw.sending")} />}
      {command.error && <Failure what={t("stations.raw.refused")} error={command.error} />}
      {deviations.length > 0 && (
        <section>
          <h3>{t("stations.raw.deviations")}</h3>
          <ul className={classes.deviations}>
            {deviations.map((finding) => {
              const { title, place } = deviationText(finding, language);
              return (
                <li key={`${finding.rule} ${place}`}>
                  {title}: <code>{place}</code>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {outcome && (
        <section className={layout.stack} role="status">
          <h3>
            {t("stations.raw.answer")}: {t(`stations.result.${outcome.result}`)}
          </h3>
          {outcome.error && (
            <p>
              <code>
                <Told text={outcome.error.code} />
              </code>{" "}
              <Told text={outcome.error.description} />
            </p>
          )}
          {outcome.why && !outcome.error && <p>{reasonText(t, language, outcome)}</p>}
          {outcome.answer !== undefined && (
            <pre className={ui.code}>{shownLines(layOutJson(outcome.answer), longestText)}</pre>
          )}
          {outcome.frame !== undefined && <AnswerChanges frame={outcome.frame} />}
        </section>
      )}
    </div>
  );
}
