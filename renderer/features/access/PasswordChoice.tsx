import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import { useCall } from "../../core/core.tsx";
import { Failure, Time } from "../../ui/parts.tsx";
import classes from "./access.module.css";

/** Where the choice is found from elsewhere on the screen. */
export const choiceId = "access-choice";

/** Two passwords are good since a change: which they are, what the station came with last, and what each choice does. */
export function PasswordChoice({ access }: { access: StationAccess }) {
  const { t } = useTranslation();
  const keep = useCall("access.keepPassword");
  const { identity, password, nextPassword, lastUsed } = access;
  if (!nextPassword) return null;
  return (
    <section className={classes.choice} aria-labelledby={choiceId}>
      <h4 id={choiceId} tabIndex={-1}>
        {t("access.choice.title")}
      </h4>
      <p>
        {t(`access.choice.used.${lastUsed?.which ?? "not"}`, { station: identity })}
        {lastUsed && (
          <>
            {" "}
            (<Time at={lastUsed.at} />)
          </>
        )}
      </p>
      <dl className={classes.options}>
        <div>
          <dt>
            {password ? (
              <>
                {t(`access.choice.old.${password.form}`)} <Time at={password.setAt} />
              </>
            ) : (
              t("access.choice.old.none")
            )}
          </dt>
          <dd>{t("access.choice.keepOldMeans")}</dd>
          <dd>
            <Button variant="default" disabled={keep.busy} onClick={() => void keep.run({ identity, keep: "old" })}>
              {t("access.choice.keepOld")}
            </Button>
          </dd>
        </div>
        <div>
          <dt>
            {t(`access.choice.new.${nextPassword.form}`)} <Time at={nextPassword.setAt} />
          </dt>
          <dd>{t("access.choice.keepNewMeans")}</dd>
          <dd>
            <Button variant="default" disabled={keep.busy} onClick={() => void keep.run({ identity, keep: "new" })}>
              {t("access.choice.keepNew")}
            </Button>
          </dd>
        </div>
      </dl>
      <p className="muted">{t("access.choice.neither")}</p>
      {keep.error && <Failure what={t("access.changeFailed")} error={keep.error} />}
    </section>
  );
}
