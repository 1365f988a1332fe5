import { Suspense, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDrawer } from "../navigation/drawer.tsx";
import { useFocus, useSteadyFocus } from "../navigation/focus.ts";
import { useRoute } from "../navigation/routes.ts";
import { Busy } from "../ui/parts.tsx";
import { Banners } from "./Banners.tsx";
import { DrawerFrame } from "./DrawerFrame.tsx";
import { Help, loadHelpPage } from "./help/Help.tsx";
import { useNotices } from "./notices/use-notices.ts";
import { OnPurpose } from "./OnPurpose.tsx";
import { Palette } from "./palette/Palette.tsx";
import { Rail } from "./rail/Rail.tsx";
import { ScreenFailure } from "./ScreenFailure.tsx";
import { loadScreens, screens } from "./screens.ts";
import classes from "./shell.module.css";
import { NewsLine } from "./strip/NewsLine.tsx";
import { Strip } from "./strip/Strip.tsx";
import { Wire } from "./strip/Wire.tsx";
import { useKeys } from "./use-keys.ts";
import { useTitle } from "./use-title.ts";

/** How long the first screen has the link to itself. */
const quietMs = 1500;

/** Rail, strip, screen, wire and drawer. */
export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();
  const drawer = useDrawer();
  const { station, idle } = useFocus();
  const main = useRef<HTMLElement>(null);
  const screen = screens.find((entry) => entry.id === route.path) ?? screens[0];
  const Component = screen?.component;
  const { open, close } = drawer;
  const keys = useMemo(() => ({ close, help: () => open(<Help topic={null} />, t("help.title")) }), [open, close, t]);
  useKeys(keys);
  useSteadyFocus();
  useTitle();
  useNotices();
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void loadScreens()
          .then(loadHelpPage)
          .catch(() => undefined),
      quietMs,
    );
    return () => clearTimeout(timer);
  }, []);
  const shown = screen?.id;
  // Each screen begins at its top, wherever one was on the one before.
  useLayoutEffect(() => {
    if (shown) main.current?.scrollTo({ top: 0 });
  }, [shown]);
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t("common.skip")}
      </button>
      <Rail current={screen?.id ?? ""} />
      <div className={classes.body}>
        <Banners />
        <Strip onHelp={keys.help} />
        {station && !idle && <OnPurpose identity={station.identity} />}
        <NewsLine screen={screen?.id} />
        <div className={classes.middle}>
          <main className={classes.main} ref={main} tabIndex={-1} data-screen={screen?.id}>
            <ScreenFailure key={screen?.id}>
              <Suspense fallback={<Busy what={t("common.loading")} />}>{Component && <Component />}</Suspense>
            </ScreenFailure>
          </main>
          {drawer.content && <DrawerFrame content={drawer.content} />}
        </div>
        {station && !idle && <Wire station={station.identity} key={station.identity} />}
      </div>
      <Palette />
    </div>
  );
}
