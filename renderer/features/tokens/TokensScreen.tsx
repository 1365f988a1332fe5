import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import { Decisions } from "./Decisions.tsx";
import { TokenTable } from "./TokenTable.tsx";
import classes from "./tokens.module.css";

/** The list that answers Authorize and transaction starts, the switch over it, and every decision on record. */
export function TokensScreen() {
  const { t } = useTranslation();
  const list = useWatch("tokens.list", {});
  return (
    <div className={layout.screen}>
      <header className={layout.head}>
        <h1>{t("common.screens.tokens")}</h1>
        <p className="muted">{t("tokens.intro")}</p>
      </header>
      {list.state === "loading" && <Busy what={t("tokens.loading")} />}
      {list.state === "failed" && <Failure what={t("tokens.failed")} error={list.error} />}
      {list.state === "ready" && <AcceptAll on={list.value.acceptAll} />}
      <Decisions list={list.value ?? null} />
      {list.state === "ready" && <TokenTable list={list.value} />}
    </div>
  );
}

/** The switch for tokens that are not in the list, with a sentence that says what it does as it stands. */
function AcceptAll({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const change = useCall("tokens.acceptAll");
  return (
    <div className={classes.acceptAll}>
      <Switch
        size="md"
        label={t("tokens.acceptAll.label")}
        description={t(on ? "tokens.acceptAll.on" : "tokens.acceptAll.off")}
        checked={on}
        onChange={(event) => void change.run({ on: event.currentTarget.checked })}
        withThumbIndicator={false}
        classNames={{
          thumb: classes.switchThumb,
          body: classes.switchBody,
          labelWrapper: classes.switchLabel,
          description: classes.switchWords,
        }}
      />
      {change.error && <Failure what={t("tokens.acceptAll.failed")} error={change.error} />}
    </div>
  );
}
