import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProfileView } from "../../../src/services/modbus/contract.ts";
import { useCall } from "../../core/core.tsx";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { choiceOf, type DeviceDraft, emptyDevice, ownProfile, readDevice, type Wrong } from "./modbus-draft.ts";
import { type Own, OwnProfile } from "./OwnProfile.tsx";
import { PlaceFields } from "./PlaceFields.tsx";
import { profileChoices } from "./profile-choices.ts";

/** Sets up a device that is read as a station. */
export function AttachForm({
  profiles,
  stations,
  list,
}: {
  profiles: readonly ProfileView[];
  /** Stations that a meter may be held beside. */
  stations: readonly string[];
  list: string;
}) {
  const { t } = useTranslation();
  const attach = useCall("modbus.attach");
  const [draft, setDraft] = useState<DeviceDraft>(emptyDevice);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [own, setOwn] = useState<Own | null>(null);
  const viewOf = (profile: string) =>
    profile === ownProfile ? own?.view : profiles.find((one) => choiceOf(one) === profile);
  const chosen = viewOf(draft.profile);

  function change(part: Partial<DeviceDraft>): void {
    setDraft({ ...draft, ...part });
    setWrong(null);
  }
  /** With a profile comes how the device is set when it leaves its maker. */
  function choose(profile: string, serial = viewOf(profile)?.serial): void {
    change({ profile, ...(serial && { baud: String(serial.baudRate), frame: serial.frame }) });
  }
  function take(taken: Own): void {
    setOwn(taken);
    choose(ownProfile, taken.view.serial);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (attach.busy) return;
    const read = readDevice(draft, own?.text);
    if ("wrong" in read) return setWrong(read.wrong);
    if (await attach.run(read.input)) setDraft(emptyDevice);
  }
  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-labelledby="modbus-attach"
      className={layout.section}
    >
      <h3 id="modbus-attach">{t("modbus.attach.title")}</h3>
      <div className={layout.fields}>
        <PlaceFields draft={draft} wrong={wrong} list={list} onChange={change} />
        <Select
          className={fields.wide}
          label={t("modbus.attach.profile")}
          description={t("modbus.attach.profileHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          searchable
          value={draft.profile}
          data={[
            { value: "auto", label: t("modbus.attach.auto") },
            ...(own ? [{ value: ownProfile, label: `${own.view.maker} ${own.view.device} (${own.view.name})` }] : []),
            ...profileChoices(t, profiles),
          ]}
          allowDeselect={false}
          onChange={(profile) => profile && choose(profile)}
        />
        <OwnProfile onTake={take} />
        <TextInput
          className={fields.wide}
          label={t("modbus.attach.identity")}
          description={t("modbus.attach.identityHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={draft.identity}
          error={wrong === "identity" && t("modbus.attach.identityBad")}
          onChange={(event) => change({ identity: event.currentTarget.value })}
          classNames={{ input: "mono" }}
          autoComplete="off"
          spellCheck={false}
        />
        {chosen?.kind === "meter" && (
          <Select
            className={fields.wide}
            label={t("modbus.attach.reference")}
            description={t("modbus.attach.referenceHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={draft.reference}
            data={[
              { value: "", label: t("modbus.attach.noReference") },
              ...stations.filter((one) => one !== draft.identity.trim()).map((value) => ({ value, label: value })),
            ]}
            allowDeselect={false}
            onChange={(reference) => change({ reference: reference ?? "" })}
          />
        )}
        <Button type="submit" className={fields.submit}>
          {t("modbus.attach.action")}
        </Button>
      </div>
      {chosen && (
        <p className="muted">
          {t(`modbus.proven.${chosen.proven}`)} {t("modbus.attach.source", { source: chosen.source })}{" "}
          {!chosen.tellsErrors && chosen.kind === "charger" && t("modbus.attach.noErrors")}
        </p>
      )}
      {attach.error && <Failure what={t("modbus.attach.failed")} error={attach.error} />}
    </form>
  );
}
