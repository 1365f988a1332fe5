import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import ui from "../../ui/ui.module.css";
import classes from "./connection.module.css";

const systems = ["windows", "macos", "linux"] as const;
type System = (typeof systems)[number];
const names: Record<System, string> = { windows: "Windows", macos: "macOS", linux: "Linux" };

/** What keeps stations out and how to let them in: the firewall, and a cable without a router, for each operating system. */
export function Guide() {
  const { t } = useTranslation();
  const [system, setSystem] = useState<System>(() => thisSystem(navigator.userAgent));
  const status = useWatch("connection.status", {});
  const place = status.value?.listening[0];
  const port = String(place?.port ?? 9000);
  const scheme = place?.mode === "wss" ? "wss" : "ws";
  const steps = (key: "firewall" | "cable") => t(`network.${key}.${system}`, { returnObjects: true, port });
  return (
    <details>
      <summary className={ui.more}>{t("network.guide")}</summary>
      <div className={classes.addresses}>
        <SegmentedControl
          aria-label={t("network.system")}
          className={classes.own}
          value={system}
          onChange={(value) => setSystem(value as System)}
          data={systems.map((value) => ({ value, label: names[value] }))}
        />
        <h3>{t("network.firewall.title")}</h3>
        <StepList of={steps("firewall")} />
        <h3>{t("network.cable.title")}</h3>
        <p>{t("network.cable.lead")}</p>
        <StepList of={t("network.cable.ways", { returnObjects: true, port, scheme })} />
        <StepList of={steps("cable")} />
        <p className="muted">{t("network.cable.usb")}</p>
      </div>
    </details>
  );
}

function StepList({ of }: { of: readonly string[] }) {
  return (
    <ul className={layout.steps}>
      {of.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ul>
  );
}

/** The operating system a browser says it runs on. */
function thisSystem(userAgent: string): System {
  if (/Windows/.test(userAgent)) return "windows";
  return /Macintosh|Mac OS/.test(userAgent) ? "macos" : "linux";
}
