import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConsoleView } from "../../../src/station/serial/console.ts";
import { useCall } from "../../core/core.tsx";
import { Failure } from "../../ui/parts.tsx";

/** Break, DTR and RTS by hand; nothing moves them before. */
export function Signals({ view }: { view: ConsoleView }) {
  const { t } = useTranslation();
  const signals = useCall("console.signals");
  const sendBreak = useCall("console.break");
  const { port } = view.setup;
  if (view.plain) return <p className="muted">{t("console.signals.none")}</p>;
  const away = view.state !== "open";
  const error = signals.error ?? sendBreak.error;
  const word = (on: boolean | undefined) =>
    on === undefined ? t("console.signals.alone") : t(on ? "console.signals.on" : "console.signals.off");
  return (
    <>
      <Button variant="default" disabled={away} onClick={() => void sendBreak.run({ port })}>
        {t("console.signals.break")}
      </Button>
      {(["dtr", "rts"] as const).map((name) => (
        <Button
          key={name}
          variant="default"
          disabled={away}
          onClick={() => void signals.run({ port, [name]: !(view.signals?.[name] ?? true) })}
        >
          {t(`console.signals.${name}`)}: {word(view.signals?.[name])}
        </Button>
      ))}
      <p className="muted">{t("console.signals.hint")}</p>
      {error && <Failure what={t("console.signals.failed")} error={error} />}
    </>
  );
}
