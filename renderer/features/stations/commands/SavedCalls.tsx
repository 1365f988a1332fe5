import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedCall } from "../../../../src/services/calls/contract.ts";
import { useCall, useWatch } from "../../../core/core.tsx";
import layout from "../../../ui/layout.module.css";
import { Failure } from "../../../ui/parts.tsx";

/** Calls that are kept: one chosen is put into the form. */
export function SavedCalls({ onChoose }: { onChoose: (call: SavedCall) => void }) {
  const { t } = useTranslation();
  const list = useWatch("calls.list", {});
  const remove = useCall("calls.remove");
  const [name, setName] = useState<string | null>(null);
  const all = list.value ?? [];
  const chosen = all.find((one) => one.name === name);
  if (all.length === 0) return null;
  return (
    <>
      <div className={layout.row} data-align="end">
        <Select
          label={t("stations.raw.saved")}
          placeholder={t("stations.raw.savedHint")}
          searchable
          value={chosen?.name ?? null}
          data={all.map((one) => one.name)}
          allowDeselect={false}
          // Also the one that is chosen already: the form may have been changed since.
          onOptionSubmit={(value) => {
            setName(value);
            const call = all.find((one) => one.name === value);
            if (call) onChoose(call);
          }}
        />
        {chosen && (
          <Button variant="default" onClick={() => void remove.run({ name: chosen.name })}>
            {t("stations.raw.forget")}
          </Button>
        )}
      </div>
      {remove.error && <Failure what={t("stations.raw.notKept")} error={remove.error} />}
    </>
  );
}
