import { useTranslation } from "react-i18next";
import type { TokenStatus } from "../../../src/station/model.ts";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import classes from "./tokens.module.css";

const tones: Record<TokenStatus, Tone> = {
  Accepted: "charging",
  Blocked: "faulted",
  Expired: "quiet",
  Invalid: "quiet",
  ConcurrentTx: "waiting",
};

/** OCPP's word for an answer, with its shape and a plain word beside it. */
export function Answer({ status }: { status: TokenStatus }) {
  const { t } = useTranslation();
  return (
    <span className={classes.answer} data-tone={tones[status]}>
      <Shape tone={tones[status]} />
      <span>{status}</span>
      <span className="muted small">{t(`tokens.statuses.${status}`)}</span>
    </span>
  );
}
