import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConnectorError } from "../../../../src/station/views.ts";
import { errors } from "../../../i18n/en/shell/errors.ts";
import { useDrawer } from "../../../navigation/drawer.tsx";
import { FrameView } from "../../../ui/frames/FrameView.tsx";
import { Facts } from "../../../ui/parts.tsx";
import { Shape } from "../../../ui/StateWord.tsx";
import ui from "../../../ui/ui.module.css";
import classes from "../stations.module.css";

type KnownError = keyof typeof errors;

function isKnownError(code: string): code is KnownError {
  return Object.hasOwn(errors, code);
}

/** A fault: its code, what that means, the likely cause and what to check. */
export function FaultBox({ error }: { error: ConnectorError }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const { code, frame } = error;
  const texts = explain(code);
  return (
    <div className={ui.failure}>
      <p className={classes.faultTitle}>
        <Shape tone="faulted" /> {t("stations.fault.title", { code: code ?? "" })}
      </p>
      <p>{texts.meaning}</p>
      <Facts
        stacked
        of={[
          [t("stations.fault.cause"), texts.cause && <span key="cause">{texts.cause}</span>],
          [t("stations.fault.check"), <span key="check">{texts.check}</span>],
          [t("stations.fault.info"), error.info],
          [t("stations.fault.vendorCode"), error.vendorErrorCode],
          [t("stations.fault.vendor"), error.vendorId],
        ]}
      />
      {frame !== undefined && (
        <Button
          variant="default"
          onClick={() => drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))}
        >
          {t("stations.fault.frame")}
        </Button>
      )}
    </div>
  );

  function explain(word: string | undefined): { meaning: string; cause?: string; check: string } {
    if (word === undefined) return { meaning: t("stations.fault.unnamed"), check: t("stations.fault.unnamedCheck") };
    if (!isKnownError(word)) return { meaning: t("stations.fault.unknown"), check: t("stations.fault.unknownCheck") };
    return {
      meaning: t(`errors.${word}.meaning`),
      cause: t(`errors.${word}.cause`),
      check: t(`errors.${word}.check`),
    };
  }
}
