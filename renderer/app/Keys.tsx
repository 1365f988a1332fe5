import { useTranslation } from "react-i18next";
import { Facts } from "../ui/parts.tsx";

/** What the keys do. */
export function Keys() {
  const { t } = useTranslation();
  return (
    <Facts
      of={[
        ["Ctrl+K, ⌘K", t("common.shell.keyPalette")],
        ["1 – 9, 0", t("common.shell.keyScreens")],
        ["/", t("common.shell.keyFilter")],
        ["↑ ↓", t("common.shell.keyWalk")],
        ["← →", t("common.shell.keyChart")],
        ["Enter", t("common.shell.keyOpen")],
        ["Esc", t("common.shell.keyClose")],
        ["?", t("common.shell.keyHelp")],
      ]}
    />
  );
}
