import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { latencyText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import classes from "./connection.module.css";

/** Knocks at each own address as a station would, and says which answer. */
export function SelfTest() {
  const { t } = useTranslation();
  const say = useSpoken();
  const test = useCall("connection.selfTest");
  return (
    <section className={classes.addresses} aria-live="polite">
      <Button variant="default" className={classes.own} onClick={() => test.run({})} disabled={test.busy}>
        {t("network.selfTest")}
      </Button>
      {test.busy && <Busy what={t("network.selfTestBusy")} />}
      {test.error && <Failure what={t("network.selfTestFailed")} error={test.error} />}
      {test.value && (
        <>
          <ul className={layout.list} data-gap="12">
            {test.value.map(({ url, ok, ms, why }) => (
              <li key={url}>
                <code>{url}</code>{" "}
                <span className={classes.answer}>
                  <Shape tone={ok ? "charging" : "faulted"} />
                  {ok
                    ? t("network.selfTestOk", { ms: latencyText(ms) })
                    : t("network.selfTestBad", { why: say(why ?? "") })}
                </span>
              </li>
            ))}
          </ul>
          <p className="muted">{t("network.selfTestNote")}</p>
        </>
      )}
    </section>
  );
}
