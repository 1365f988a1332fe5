import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import { useCall } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { choiceId } from "./PasswordChoice.tsx";
import { emptyPassword, PasswordFields } from "./PasswordFields.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

/** The password that is asked for here. The station's own is not touched. */
export function Password({ access }: { access: StationAccess }) {
  const { t } = useTranslation();
  const { identity, password, nextPassword, unshownPassword } = access;
  const set = useCall("access.setPassword");
  const remove = useCall("access.removePassword");
  const [draft, setDraft] = useState(emptyPassword);
  const [made, setMade] = useState<string | null>(null);
  const error = set.error ?? remove.error;

  async function apply(): Promise<void> {
    const typed = draft.password === "" ? {} : { password: draft.password };
    const done = await set.run({ identity, form: draft.form, ...typed });
    if (!done) return;
    setMade(done.password ?? null);
    setDraft(emptyPassword);
  }

  return (
    <section className={layout.section} aria-labelledby="access-password">
      <h2 id="access-password">{t("access.password.title")}</h2>
      {password ? (
        <p>
          {t(`access.password.${password.form}`)} <Time at={password.setAt} />. {t("access.password.never")}
        </p>
      ) : unshownPassword ? (
        <p>
          {t("access.password.unshown")} <Time at={unshownPassword.setAt} />. {t("access.password.unshownMeans")}
        </p>
      ) : (
        <p>{t("access.password.none")}</p>
      )}
      {nextPassword && (
        <p>
          {t("access.password.both")}{" "}
          <button type="button" className={ui.link} onClick={() => document.getElementById(choiceId)?.focus()}>
            {t("access.password.toChoice")}
          </button>
        </p>
      )}
      {made && <ShownOnce password={made} onNoted={() => setMade(null)} />}
      <div className={layout.row}>
        <ConfirmInline verb={t("access.password.here")} onConfirm={() => void apply()}>
          <p>{t("access.password.hereHint")}</p>
          <PasswordFields draft={draft} onChange={setDraft} />
        </ConfirmInline>
        {unshownPassword && (
          <ConfirmInline verb={t("access.password.forget")} onConfirm={() => void remove.run({ identity })}>
            {t("access.password.forgetSentence", { station: identity })}
          </ConfirmInline>
        )}
        {password && (
          <ConfirmInline verb={t("access.password.remove")} onConfirm={() => void remove.run({ identity })}>
            {t("access.password.removeSentence", { station: identity })}
          </ConfirmInline>
        )}
      </div>
      {error && <Failure what={t("access.changeFailed")} error={error} />}
    </section>
  );
}
