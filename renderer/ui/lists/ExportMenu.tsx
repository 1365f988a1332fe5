import { Button, Popover } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExportForm, ExportWish } from "../../../src/services/export/contract.ts";
import { useCall } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { download } from "../download.ts";
import layout from "../layout.module.css";
import { Failure } from "../parts.tsx";

/** Named here: the contract itself is of no use to a window that begins. */
const exportForms = ["ndjson", "csv"] as const satisfies readonly ExportForm[];

/** Takes what a list shows along as a file.
 * @param wish made anew when it is asked for: what is shown then */
export function ExportMenu({ wish }: { wish: () => ExportWish }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState(false);
  const open = useCall("export.open");
  async function take(form: ExportForm): Promise<void> {
    setOpened(false);
    const place = await open.run({ wish: wish(), form, language });
    if (place) download(place.path);
  }
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        withinPortal={false}
        trapFocus
        returnFocus
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <Button variant="default" data-export loading={open.busy} onClick={() => setOpened(!opened)}>
            {t("common.export.button")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={layout.stack}>
          <p className="small muted">{t("common.export.what")}</p>
          {exportForms.map((form) => (
            <Button key={form} variant="default" onClick={() => void take(form)}>
              {t(`common.export.forms.${form}`)}
            </Button>
          ))}
        </Popover.Dropdown>
      </Popover>
      {open.value && (
        <span className="small muted" role="status">
          {t("common.export.given", { name: open.value.name })}
        </span>
      )}
      {open.error && <Failure what={t("common.export.failed")} error={open.error} />}
    </>
  );
}
