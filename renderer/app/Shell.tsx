import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useDrawer } from "./drawer.tsx";
import { Palette } from "./palette/Palette.tsx";
import { routeHash, useRoute } from "./routes.ts";
import { screens } from "./screens.ts";

/** Rail, strip, screen, wire and drawer. */
export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();
  const drawer = useDrawer();
  const screen = screens.find((entry) => entry.id === route.path) ?? screens[0];
  const Component = screen?.component;
  return (
    <div>
      <nav>
        {screens.map((entry) => (
          <a key={entry.id} href={routeHash(entry.id, { station: route.station ?? undefined })}>
            {t(`common.screens.${entry.id}`)}
          </a>
        ))}
      </nav>
      <main>
        <Suspense>{Component && <Component />}</Suspense>
      </main>
      {drawer.content && <aside data-drawer>{drawer.content.node}</aside>}
      <Palette />
    </div>
  );
}
