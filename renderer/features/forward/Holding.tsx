import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ForwardState } from "../../../src/services/forward/contract.ts";
import type { HoldRule } from "../../../src/station/forward.ts";
import { useCall } from "../../core/core.tsx";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { readActions } from "../faults/draft.ts";
import classes from "./forward.module.css";
import { HeldItem } from "./HeldItem.tsx";

/** What is held back, and the frames that wait for a hand. */
export function Holding({ identity, state }: { identity: string; state: ForwardState }) {
  const { t } = useTranslation();
  const hold = useCall("forward.hold");
  const { held } = state;
  // What was asked for counts until the core tells it, so that a quick second choice builds on the first.
  const [asked, setAsked] = useState<HoldRule | null>(null);
  const rule = asked ?? state.hold;
  const [actions, setActions] = useState<string | null>(null);
  const shown = actions ?? rule.actions.join(", ");
  if (asked && sameRule(asked, state.hold)) setAsked(null);
  async function set(part: Partial<HoldRule>) {
    const wanted = { up: rule.up, down: rule.down, actions: readActions(shown), ...part };
    setAsked(wanted);
    setActions(null);
    if ((await hold.run({ identity, ...wanted })) === undefined) setAsked(null);
  }
  return (
    <section className={layout.section} data-align="start" aria-labelledby="forward-hold">
      <h2 id="forward-hold">{t("forward.hold.title")}</h2>
      <div className={layout.row} data-gap="16">
        <Checkbox
          size="md"
          label={t("forward.hold.up")}
          checked={rule.up}
          onChange={(event) => set({ up: event.currentTarget.checked })}
        />
        <Checkbox
          size="md"
          label={t("forward.hold.down")}
          checked={rule.down}
          onChange={(event) => set({ down: event.currentTarget.checked })}
        />
      </div>
      <form
        className={layout.fields}
        onSubmit={(event) => {
          event.preventDefault();
          set({});
        }}
      >
        <TextInput
          className={classes.wide}
          label={t("forward.hold.actions")}
          description={t("forward.hold.actionsHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="off"
          spellCheck={false}
          value={shown}
          onChange={(event) => setActions(event.currentTarget.value)}
        />
        <Button type="submit" className={fields.submit} variant="default" disabled={actions === null}>
          {t("forward.hold.set")}
        </Button>
      </form>
      <div className={layout.row} data-gap="16">
        <Button variant="default" onClick={() => set({ up: true, down: true, actions: [] })}>
          {t("forward.hold.all")}
        </Button>
        <Button variant="default" disabled={!rule.up && !rule.down} onClick={() => set({ up: false, down: false })}>
          {t("forward.hold.none")}
        </Button>
      </div>
      {hold.error && <Failure what={t("forward.hold.failed")} error={hold.error} />}
      <p role="status">
        {held.length === 0 ? t("forward.hold.nothing") : t("forward.hold.held", { count: held.length })}
      </p>
      {held.length > 0 && (
        <ul className={classes.held}>
          {held.map((frame) => (
            <HeldItem key={frame.seq} identity={identity} frame={frame} />
          ))}
        </ul>
      )}
    </section>
  );
}

function sameRule(a: HoldRule, b: HoldRule): boolean {
  return a.up === b.up && a.down === b.down && a.actions.join() === b.actions.join();
}
