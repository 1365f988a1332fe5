import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Configuration } from "../../../src/station/fold/configuration.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { FocusedStation } from "../../ui/FocusedStation.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { useThrottled } from "../../ui/use-throttled.ts";
import { CommandNote } from "../stations/commands/CommandNote.tsx";
import classes from "./configuration.module.css";
import { groupsOf } from "./groups.ts";
import { PlaceValues } from "./PlaceValues.tsx";

/** How the station in focus is set up, as far as it was asked. */
export function ConfigurationScreen() {
  const { t } = useTranslation();
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.configuration")}</h1>
        <p className="muted">{t("configuration.intro")}</p>
      </header>
      <FocusedStation failed={t("configuration.failed")}>
        {(identity) => <OfStation key={identity} identity={identity} />}
      </FocusedStation>
    </div>
  );
}

function OfStation({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const state = useWatch("stations.state", { identity });
  const told = useWatch("configuration.live", { station: identity });
  const command = useCall("stations.command");
  const commands = state.value?.commands ?? [];
  const last = commands.findLast(({ name }) => name === "read-configuration");
  const asking = last !== undefined && last.outcome === undefined;
  const offline = state.value?.link.state !== "online";
  return (
    <>
      <div className={layout.row} data-gap="16">
        <Button
          disabled={offline || asking}
          title={offline ? t("stations.actions.offline") : undefined}
          onClick={() => void command.run({ identity, command: { name: "read-configuration" } })}
        >
          {t("configuration.read")}
        </Button>
        {last && <CommandNote record={last} commands={commands} events={[]} />}
      </div>
      {command.error && <Failure what={t("stations.outcome.failed")} error={command.error} />}
      {told.state === "loading" && <Busy what={t("configuration.loading")} />}
      {told.state === "failed" && <Failure what={t("configuration.failed")} error={told.error} />}
      {told.state === "ready" && <Values of={told.value} />}
    </>
  );
}

function Values({ of: fresh }: { of: Configuration }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { values, unknown, beyond } = useThrottled(fresh);
  const groups = groupsOf(values, text);
  const found = groups.reduce((count, group) => count + group.values.length, 0);
  const unfolded = groups.length === 1 || (text !== "" && found <= shownAtOnce);
  if (values.length === 0 && unknown.length === 0)
    return <EmptyState title={t("configuration.none")}>{t("configuration.noneHint")}</EmptyState>;
  return (
    <>
      <div className={layout.row} data-gap="16">
        <TextInput
          type="search"
          data-filter
          className={classes.filter}
          aria-label={t("configuration.filter")}
          placeholder={t("configuration.filter")}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className="muted" role="status">
          {text === ""
            ? t("configuration.count", { count: values.length })
            : t("configuration.found", { found, count: values.length })}
        </p>
      </div>
      {text !== "" && found === 0 && <EmptyState title={t("configuration.noMatch", { text })} />}
      <div>
        {groups.map((group) => (
          <PlaceValues key={`${group.place} ${unfolded}`} group={group} open={unfolded} />
        ))}
      </div>
      {unknown.length > 0 && <p className="muted">{t("configuration.unknown", { keys: unknown.join(", ") })}</p>}
      {beyond > 0 && <p className="muted">{t("configuration.beyond", { count: beyond })}</p>}
    </>
  );
}

/** More than that is folded by place. */
const shownAtOnce = 200;
