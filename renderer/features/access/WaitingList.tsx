import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { WaitingAtDoor } from "../../../src/services/access/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";

/** The stations that wait to be let in, each with the decision beside it. Nothing where none waits. */
export function WaitingList() {
  const { t } = useTranslation();
  const waiting = useWatch("access.waiting", {});
  if (!waiting.value || waiting.value.length === 0) return null;
  return (
    <section className={layout.section} aria-labelledby="access-waiting">
      <h2 id="access-waiting">{t("access.waiting.title")}</h2>
      <ul className={layout.list}>
        {waiting.value.map((one) => (
          <WaitingStation key={one.identity} one={one} />
        ))}
      </ul>
    </section>
  );
}

function WaitingStation({ one }: { one: WaitingAtDoor }) {
  const { t } = useTranslation();
  const decide = useCall("access.decide");
  const { identity, state, remoteAddress, tries, lastAt } = one;
  return (
    <li className={layout.item}>
      <div>
        <p>{t(`access.waiting.${state}`, { station: identity, address: remoteAddress, count: tries })}</p>
        <p className="muted small">
          {t("access.waiting.last")} <Time at={lastAt} />. {t("access.waiting.after")}
        </p>
      </div>
      <div className={layout.row}>
        <Button disabled={decide.busy} onClick={() => void decide.run({ identity, decision: "accepted" })}>
          {t("access.waiting.letIn")}
        </Button>
        <Button
          variant="default"
          disabled={decide.busy}
          onClick={() => void decide.run({ identity, decision: "refused" })}
        >
          {t("access.waiting.refuse")}
        </Button>
      </div>
      {decide.error && <Failure what={t("access.changeFailed")} error={decide.error} />}
    </li>
  );
}
