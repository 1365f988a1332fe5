import { Button, FileButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { longestProfile, type ProfileView } from "../../../src/services/modbus/contract.ts";
import { useCall } from "../../core/core.tsx";
import fields from "../../ui/fields/fields.module.css";
import { Failure } from "../../ui/parts.tsx";

/** A profile of a person's own: its file as it stands, and what it says. */
export type Own = { text: string; view: ProfileView };

/** Takes a profile from a file; its faults are told, with their lines. */
export function OwnProfile({ onTake }: { onTake: (own: Own) => void }) {
  const { t } = useTranslation();
  const check = useCall("modbus.checkProfile");
  async function read(file: File | null): Promise<void> {
    if (!file) return;
    // What is too long is refused by its length, whatever it holds.
    const text = file.size > longestProfile ? " ".repeat(longestProfile + 1) : await file.text();
    const view = await check.run({ text });
    if (view) onTake({ text, view });
  }
  return (
    <>
      <FileButton onChange={(file) => void read(file)} accept=".yaml,.yml,.txt">
        {(props) => (
          <Button className={fields.submit} variant="default" {...props}>
            {t("modbus.attach.file")}
          </Button>
        )}
      </FileButton>
      {check.error && <Failure what={t("modbus.attach.fileFailed")} error={check.error} />}
    </>
  );
}
