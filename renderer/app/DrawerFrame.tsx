import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type DrawerContent, useDrawer } from "../navigation/drawer.tsx";
import { Busy } from "../ui/parts.tsx";
import classes from "./shell.module.css";
import strip from "./strip/strip.module.css";

/** The drawer at the right: a frame, a finding, an event, with its neighbours. */
export function DrawerFrame({ content }: { content: DrawerContent }) {
  const { t } = useTranslation();
  const { close } = useDrawer();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (content && !box.current?.contains(document.activeElement)) box.current?.focus();
  }, [content]);
  return (
    <aside className={classes.drawer} data-drawer ref={box} tabIndex={-1} aria-label={t("common.shell.drawer")}>
      <div className={classes.drawerHead}>
        <h2>{content.title}</h2>
        <button type="button" className={strip.keys} onClick={close}>
          {t("common.close")} <kbd>Esc</kbd>
        </button>
      </div>
      <div className={classes.drawerBody}>
        <Suspense fallback={<Busy what={t("common.loading")} />}>{content.node}</Suspense>
      </div>
    </aside>
  );
}
