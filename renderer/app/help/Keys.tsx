import { useTranslation } from "react-i18next";
import { Facts } from "../../ui/parts.tsx";

/** What the keys do. */
export function Keys() {
  const { t } = useTranslation();
  return (
    <Facts
      of={[
        ["Ctrl+K, ⌘K", t("help.keyPalette")],
        ["1 – 9, 0", t("help.keyScreens")],
        ["/", t("help.keyFilter")],
        ["↑ ↓", t("help.keyWalk")],
        ["← →", t("help.keyChart")],
        ["Enter", t("help.keyOpen")],
        ["Esc", t("help.keyClose")],
        ["?, F1", t("help.keyHelp")],
      ]}
    />
  );
}
