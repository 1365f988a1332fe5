import { useTranslation } from "react-i18next";
import ui from "../../ui/ui.module.css";
import { useMeterWords } from "./use-words.ts";
import type { Layer } from "./visible.ts";

type Props = { layers: readonly Layer[]; hidden: ReadonlySet<string>; onHidden: (hidden: ReadonlySet<string>) => void };

/** Hides and shows outlets, phases and marks in all charts. */
export function LayerChips({ layers, hidden, onHidden }: Props) {
  const { t } = useTranslation();
  const words = useMeterWords();
  function name(layer: Layer): string {
    if (layer.kind === "outlet") return words.outlet(layer.evse, layer.connector);
    return layer.kind === "phase" ? layer.phase : t("metering.layerMarks");
  }
  function turn(key: string) {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    onHidden(next);
  }
  return (
    <fieldset className={ui.chips}>
      <legend className="visually-hidden">{t("metering.shown")}</legend>
      {layers.map((layer) => (
        <button key={layer.key} type="button" aria-pressed={!hidden.has(layer.key)} onClick={() => turn(layer.key)}>
          {name(layer)}
        </button>
      ))}
    </fieldset>
  );
}
