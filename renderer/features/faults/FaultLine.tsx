import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ActiveFault } from "../../../src/station/faults.ts";
import { durationText, timeText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import { useNow } from "../../ui/format/use-format.ts";
import { Failure } from "../../ui/parts.tsx";
import classes from "./faults.module.css";
import { faultWords } from "./words.ts";

/** One fault that is on: what it does, since when, how long still, and the way out. */
export function FaultLine({ identity, fault }: { identity: string; fault: ActiveFault }) {
  const { t } = useTranslation();
  const clear = useCall("faults.clear");
  const left = Math.max(0, Math.ceil((fault.until - useNow()) / 1000) * 1000);
  return (
    <li className={classes.line}>
      <span>
        {t("faults.line", {
          what: faultWords(t, fault),
          since: timeText(fault.since),
          left: durationText(left),
        })}
      </span>
      <Button variant="default" disabled={clear.busy} onClick={() => void clear.run({ identity, kind: fault.kind })}>
        {t("faults.turnOff")}
      </Button>
      {clear.error && <Failure what={t("faults.notDone")} error={clear.error} />}
    </li>
  );
}
