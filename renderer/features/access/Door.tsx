import { Button, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StationAccess } from "../../../src/services/access/contract.ts";
import type { LinkState } from "../../../src/station/model.ts";
import { useCall } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./access.module.css";
import { DraftInput } from "./DraftInput.tsx";
import { isFingerprint, profiles, readProfile } from "./draft.ts";
import { Saved, useChange } from "./Saved.tsx";

/** Whether the station is let in, and by what at least. */
export function Door({ access, link }: { access: StationAccess; link: LinkState | undefined }) {
  const { t } = useTranslation();
  const { identity, allowed } = access;
  const decide = useCall("access.decide");
  const change = useChange(identity);
  const now = link?.state === "online" ? link.securityProfile : undefined;
  return (
    <section className={layout.section} aria-labelledby="access-door">
      <h2 id="access-door">{t("access.door.title")}</h2>
      <p>{t(`access.door.allowed.${allowed}`)}</p>
      <div className={layout.row}>
        {allowed !== "accepted" && allowed !== "known" && (
          <Button onClick={() => void decide.run({ identity, decision: "accepted" })}>{t("access.door.letIn")}</Button>
        )}
        {allowed !== "refused" && (
          <ConfirmInline
            verb={t("access.door.refuse")}
            onConfirm={() => void decide.run({ identity, decision: "refused" })}
          >
            {t("access.door.refuseSentence", { station: identity })}
          </ConfirmInline>
        )}
      </div>
      {decide.error && <Failure what={t("access.changeFailed")} error={decide.error} />}
      <Select
        className={classes.field}
        label={t("access.door.profile")}
        description={
          now === undefined ? t("access.door.profileHintOffline") : t("access.door.profileHint", { now: String(now) })
        }
        inputWrapperOrder={["label", "input", "description"]}
        allowDeselect={false}
        value={access.profile === null ? "any" : `p${access.profile}`}
        data={profiles.map((profile) => ({ value: profile, label: t(`access.door.profiles.${profile}`) }))}
        onChange={(value) => void change.save({ profile: readProfile(value) })}
      />
      <div>
        <p>{t(access.strict ? "access.door.strictOn" : "access.door.strictOff")}</p>
        <a className={ui.link} href={routeHash("findings", { station: identity })}>
          {t("access.door.strictWhere")}
        </a>
      </div>
      <DraftInput
        label={t("access.door.certificate")}
        description={t("access.door.certificateHint")}
        value={access.certificate ?? ""}
        problem={(text) => (text === "" || isFingerprint(text) ? null : t("access.door.certificateBad"))}
        save={(text) => change.save({ certificate: text === "" ? null : text })}
        mono
      />
      <DraftInput
        label={t("access.door.note")}
        description={t("access.door.noteHint")}
        value={access.note}
        problem={() => null}
        save={(note) => change.save({ note })}
      />
      <Saved of={change} />
    </section>
  );
}
