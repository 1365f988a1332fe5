import { useTranslation } from "react-i18next";
import { useCall } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { Failure } from "../../ui/parts.tsx";
import classes from "./tokens.module.css";

/** Takes a token off the list, after a sentence that says how it is answered from then on. */
export function RemoveToken({ value, acceptAll }: { value: string; acceptAll: boolean }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const remove = useCall("tokens.remove");
  async function run(): Promise<void> {
    if (await remove.run({ value })) drawer.close();
  }
  return (
    <div className={classes.remove}>
      <ConfirmInline verb={t("common.remove")} onConfirm={() => void run()} disabled={remove.busy}>
        {t(acceptAll ? "tokens.remove.questionOn" : "tokens.remove.questionOff", { token: value })}
      </ConfirmInline>
      {remove.error && <Failure what={t("tokens.remove.failed", { token: value })} error={remove.error} />}
    </div>
  );
}
