import { Checkbox, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./access.module.css";
import { readProfile } from "./draft.ts";
import { emptyPassword, PasswordFields } from "./PasswordFields.tsx";
import { ProcedureSteps } from "./ProcedureSteps.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

const targets = ["p1", "p2", "p3"] as const;

/** Changes that could lock the station out, and the last of them step by step. */
export function GuardedChanges({ access, online }: { access: StationAccess; online: boolean }) {
  const { t } = useTranslation();
  const { identity } = access;
  const procedure = useWatch("procedures.state", { identity });
  const start = useCall("procedures.start");
  const [draft, setDraft] = useState(emptyPassword);
  const [made, setMade] = useState<string | null>(null);
  const [target, setTarget] = useState<(typeof targets)[number] | null>(null);
  const [url, setUrl] = useState("");
  const [anyway, setAnyway] = useState(false);
  // A password that is in the station and not shown yet counts from profile 1 on.
  const profile = target ?? (access.unshownPassword ? "p1" : "p2");
  const underWay = procedure.value?.state === "under-way";
  const why = online ? undefined : t("access.change.offline");

  async function changePassword(): Promise<void> {
    const typed = draft.password === "" ? {} : { password: draft.password };
    const done = await start.run({ kind: "password", identity, form: draft.form, ...typed });
    if (!done) return;
    setMade(done.password ?? null);
    setDraft(emptyPassword);
  }

  function changeProfile(): void {
    const typed = url.trim() === "" ? {} : { url: url.trim() };
    void start.run({ kind: "profile", identity, profile: readProfile(profile) ?? 1, anyway, ...typed });
  }

  return (
    <section className={layout.section} aria-labelledby="access-change">
      <h2 id="access-change">{t("access.change.title")}</h2>
      <p className="muted">{t("access.change.intro")}</p>
      {made && <ShownOnce password={made} onNoted={() => setMade(null)} />}
      {!underWay && (
        <div className={layout.row}>
          <ConfirmInline
            verb={t("access.change.password")}
            disabled={!online}
            why={why}
            onConfirm={() => void changePassword()}
          >
            <p>{t("access.change.passwordSentence", { station: identity })}</p>
            <PasswordFields draft={draft} onChange={setDraft} />
          </ConfirmInline>
          <ConfirmInline verb={t("access.change.profile")} disabled={!online} why={why} onConfirm={changeProfile}>
            <p>{t("access.change.profileSentence", { station: identity, profile: profile.slice(1) })}</p>
            <div className={layout.fields} data-apart>
              <Select
                className={classes.field}
                label={t("access.change.target")}
                allowDeselect={false}
                value={profile}
                data={targets.map((value) => ({ value, label: t(`access.door.profiles.${value}`) }))}
                onChange={(value) => setTarget(targets.find((one) => one === value) ?? profile)}
              />
              <TextInput
                className={classes.field}
                label={t("access.change.url")}
                description={t("access.change.urlHint")}
                inputWrapperOrder={["label", "input", "description"]}
                value={url}
                onChange={(event) => setUrl(event.currentTarget.value)}
                classNames={{ input: "mono" }}
                spellCheck={false}
                autoComplete="off"
              />
              {profile !== "p1" && (
                <Checkbox
                  label={t("access.change.anyway")}
                  checked={anyway}
                  onChange={(event) => setAnyway(event.currentTarget.checked)}
                />
              )}
            </div>
          </ConfirmInline>
        </div>
      )}
      {start.error && <Failure what={t("access.change.started")} error={start.error} />}
      {procedure.value && <ProcedureSteps of={procedure.value} access={access} />}
    </section>
  );
}
