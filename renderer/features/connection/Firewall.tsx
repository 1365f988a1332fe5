import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FirewallReport, FirewallState } from "../../../src/services/connection/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, Failure } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import classes from "./connection.module.css";

const tones = {
  allowed: "charging",
  off: "charging",
  unknown: "quiet",
  "not-allowed": "faulted",
  blocked: "faulted",
} as const satisfies Record<FirewallState, string>;

/** Whether this laptop's firewall lets stations in, and the commands that let them; nothing where no firewall can be asked.
 * @param quiet nothing either where stations get in, or where that is not known */
export function Firewall({ quiet }: { quiet?: boolean }) {
  const { t } = useTranslation();
  const watched = useWatch("connection.firewall", {});
  const asking = useCall("connection.askFirewall");
  const report = watched.value;
  if (!report?.firewall) return null;
  const { state, networks = [], blockedBy, byPolicy } = report;
  if (quiet && state !== "blocked" && state !== "not-allowed") return null;
  const shut = networks.filter((one) => one.state === "blocked" || one.state === "not-allowed");
  const firewall = t(`network.firewall.name.${report.firewall}`);
  return (
    <section className={classes.addresses} aria-label={t("network.firewall.label")} aria-live="polite">
      <p className={classes.answer}>
        <Shape tone={tones[state]} />
        {t(`network.firewall.state.${state}`, { firewall })}
      </p>
      {shut.length > 0 && (
        <ul className={layout.list} data-gap="4">
          {shut.map(({ name, profile }) => (
            <li key={name}>{`${name}, ${t(`network.firewall.profile.${profile}`, { defaultValue: profile })}`}</li>
          ))}
        </ul>
      )}
      {blockedBy && <p>{t("network.firewall.blockedBy", { rules: blockedBy.join(", ") })}</p>}
      {byPolicy && <p>{t("network.firewall.byPolicy")}</p>}
      {state !== "allowed" && state !== "off" && <Commands of={report} />}
      {asking.busy && <Busy what={t("network.firewall.asking")} />}
      {asking.error && <Failure what={t("network.firewall.failed")} error={asking.error} />}
      <Button variant="default" className={classes.own} onClick={() => asking.run({})} disabled={asking.busy}>
        {t("network.firewall.again")}
      </Button>
    </section>
  );
}

function Commands({ of: { commands, firewall, program } }: { of: FirewallReport }) {
  const { t } = useTranslation();
  const isNode = firewall === "windows" && /[\\/]node\.exe$/i.test(program);
  return (
    <>
      <p>{t(firewall === "windows" ? "network.firewall.powershell" : "network.firewall.terminal")}</p>
      <ol className={layout.list} data-gap="12">
        {commands.map((command, index) => (
          <li key={command} className={classes.command}>
            <code>{command}</code>
            <CopyButton text={command} label={t("network.firewall.copy", { number: index + 1 })} />
          </li>
        ))}
      </ol>
      {isNode && <p className="muted">{t("network.firewall.node")}</p>}
    </>
  );
}
