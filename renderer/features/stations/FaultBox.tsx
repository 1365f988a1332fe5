import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConnectorState } from "../../../src/station/model.ts";
import { errors } from "../../i18n/en/errors.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { Facts } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./stations.module.css";

type KnownError = keyof typeof errors;

function isKnownError(code: string): code is KnownError {
  return Object.hasOwn(errors, code);
}

/** A fault: its code, what that means, the likely cause and what to check. */
export function FaultBox({ connector }: { connector: ConnectorState }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const { errorCode, frame } = connector;
  const texts = explain(errorCode);
  return (
    <div className={ui.failure}>
      <p className={classes.faultTitle}>
        <Shape tone="faulted" /> {t("stations.fault.title", { code: errorCode ?? "" })}
      </p>
      <p>{texts.meaning}</p>
      <Facts
        stacked
        of={[
          [t("stations.fault.cause"), texts.cause],
          [t("stations.fault.check"), texts.check],
          [t("stations.fault.info"), connector.info],
          [t("stations.fault.vendorCode"), connector.vendorErrorCode],
          [t("stations.fault.vendor"), connector.vendorId],
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

  function explain(code: string | undefined): { meaning: string; cause?: string; check: string } {
    if (code === undefined) return { meaning: t("stations.fault.unnamed"), check: t("stations.fault.unnamedCheck") };
    if (!isKnownError(code)) return { meaning: t("stations.fault.unknown"), check: t("stations.fault.unknownCheck") };
    return {
      meaning: t(`errors.${code}.meaning`),
      cause: t(`errors.${code}.cause`),
      check: t(`errors.${code}.check`),
    };
  }
}
