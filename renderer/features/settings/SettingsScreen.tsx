import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import { Destinations } from "../outbox/Destinations.tsx";
import { About } from "./About.tsx";
import { BootSetting } from "./BootSetting.tsx";
import { LanguageSetting, ThemeSetting, UnknownStationsSetting } from "./ChoiceSetting.tsx";
import { NoticesSetting } from "./NoticesSetting.tsx";
import { NumberSetting } from "./NumberSetting.tsx";
import { PlacesSetting } from "./PlacesSetting.tsx";
import { SwitchSetting } from "./SwitchSetting.tsx";
import classes from "./settings.module.css";

/** Everything that can be set, saved at once with its outcome beside it, and what the core says of itself. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useWatch("settings.values", {});
  return (
    <div className={layout.screen} data-width="wide">
      <header>
        <h1>{t("common.screens.settings")}</h1>
        <p className="muted">{t("settings.intro")}</p>
      </header>
      {settings.state === "loading" && <Busy what={t("settings.loading")} />}
      {settings.state === "failed" && <Failure what={t("settings.failed")} error={settings.error} />}
      {settings.state === "ready" && (
        <>
          <section aria-labelledby="settings-screen">
            <h2 id="settings-screen">{t("settings.groups.screen")}</h2>
            <LanguageSetting values={settings.value} />
            <ThemeSetting values={settings.value} />
            <NoticesSetting values={settings.value} />
          </section>
          <section aria-labelledby="settings-stations">
            <h2 id="settings-stations">{t("settings.groups.stations")}</h2>
            <BootSetting values={settings.value} />
            <UnknownStationsSetting values={settings.value} />
            <SwitchSetting setting="strict" values={settings.value} />
            <SwitchSetting setting="triggerAfterConnect" values={settings.value} />
            <SwitchSetting setting="timeMilliseconds" values={settings.value} />
            <NumberSetting setting="heartbeatSeconds" values={settings.value} unit="seconds" />
            <NumberSetting setting="pingSeconds" values={settings.value} unit="seconds" />
            <NumberSetting setting="answerSeconds" values={settings.value} unit="seconds" />
            <NumberSetting setting="frameLimit" values={settings.value} unit="kib" />
            <SwitchSetting setting="compression" values={settings.value} />
          </section>
          <section aria-labelledby="settings-way-in">
            <h2 id="settings-way-in">{t("settings.groups.wayIn")}</h2>
            {settings.value.listeners.length === 0 && <NumberSetting setting="port" values={settings.value} />}
            <PlacesSetting values={settings.value} />
            <SwitchSetting setting="announce" values={settings.value} />
            <p className={classes.elsewhere}>
              {t("settings.elsewhere")}{" "}
              <a className={classes.link} href={routeHash("certificates")}>
                {t("common.screens.certificates")}
              </a>
            </p>
          </section>
          <section className={layout.section} aria-labelledby="settings-destinations">
            <h2 id="settings-destinations">{t("outbox.destinations.group")}</h2>
            <Destinations />
          </section>
          <section aria-labelledby="settings-about">
            <h2 id="settings-about">{t("settings.groups.about")}</h2>
            <About />
          </section>
        </>
      )}
    </div>
  );
}
