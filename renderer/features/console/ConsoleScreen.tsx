import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash, useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { ConsoleList } from "./ConsoleList.tsx";
import { ConsoleView } from "./ConsoleView.tsx";
import { OpenConsole } from "./OpenConsole.tsx";
import { PastConsoles } from "./PastConsoles.tsx";

/** The console of the port that the route names, or what opens one. */
export function ConsoleScreen() {
  const { t } = useTranslation();
  const { params } = useRoute();
  const consoles = useWatch("console.list", {});
  const named = params.get("port") ?? "";
  const open = consoles.value?.find(({ setup }) => setup.port === named);
  return (
    <div className={layout.screen}>
      <header className={layout.head}>
        <h1>{t("common.screens.console")}</h1>
        {!open && <p className="muted">{t("console.intro")}</p>}
        <a className={ui.link} href={routeHash("serial")}>
          {t("console.toSerial")}
        </a>
      </header>
      {consoles.state === "loading" && <Busy what={t("common.loading")} />}
      {consoles.state === "failed" && <Failure what={t("console.failed")} error={consoles.error} />}
      {open && <ConsoleView key={named} view={open} />}
      {consoles.state === "ready" && !open && (
        <>
          <OpenConsole key={named} port={named} />
          {named === "" && consoles.value.length > 0 && (
            <section className={layout.section} aria-labelledby="console-open">
              <h2 id="console-open">{t("console.listTitle")}</h2>
              <ConsoleList consoles={consoles.value} />
            </section>
          )}
          <PastConsoles key={`past ${named}`} port={named} open={consoles.value.map(({ setup }) => setup.port)} />
        </>
      )}
    </div>
  );
}
