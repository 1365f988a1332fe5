import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExpectedStation } from "../../../src/services/access/contract.ts";
import { useCall } from "../../core/core.tsx";
import { focusStation, routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./access.module.css";

/** Stations that were prepared for before they were ever heard of, and one more. */
export function Expected({ stations }: { stations: readonly ExpectedStation[] }) {
  const { t } = useTranslation();
  const decide = useCall("access.decide");
  const forget = useCall("access.forget");
  const [typed, setTyped] = useState("");
  const identity = typed.trim();

  async function expect(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (identity === "" || !(await decide.run({ identity, decision: "accepted" }))) return;
    setTyped("");
    focusStation(identity);
  }

  return (
    <section className={layout.section} aria-labelledby="access-expected">
      <h2 id="access-expected">{t("access.expected.title")}</h2>
      {stations.length > 0 && (
        <ul className={layout.list}>
          {stations.map((one) => (
            <li key={one.identity} className={layout.item}>
              <a className={ui.link} href={routeHash("access", { station: one.identity })}>
                <Told text={one.identity} />
              </a>
              <Button
                variant="default"
                aria-label={t("access.expected.forgetOne", { station: one.identity })}
                onClick={() => void forget.run({ identity: one.identity })}
              >
                {t("access.expected.forget")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={layout.section} onSubmit={(event) => void expect(event)}>
        <TextInput
          className={classes.field}
          label={t("access.expected.identity")}
          description={t("access.expected.hint")}
          inputWrapperOrder={["label", "input", "description"]}
          value={typed}
          maxLength={255}
          onChange={(event) => setTyped(event.currentTarget.value)}
          classNames={{ input: "mono" }}
          spellCheck={false}
          autoComplete="off"
        />
        <div className={layout.row}>
          <Button type="submit" variant="default" disabled={identity === ""}>
            {t("access.expected.add")}
          </Button>
        </div>
      </form>
      {decide.error && <Failure what={t("access.changeFailed")} error={decide.error} />}
      {forget.error && <Failure what={t("access.changeFailed")} error={forget.error} />}
    </section>
  );
}
