import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { type ScreenId, screens } from "../screens.ts";
import type { WordId } from "./en/words.ts";
import classes from "./help.module.css";
import { Keys } from "./Keys.tsx";
import type { HelpContent } from "./model.ts";
import { useHelp } from "./use-help.ts";

/** What is shown: the help of the screen in view, of another one, or the glossary at a word. */
export type HelpTopic = { screen: ScreenId } | { word: WordId | null } | null;

/** Help beside the screen: what it is for, what to do, its words, the keys; and the glossary.
 * @param topic what it opens at; null: the screen in view, whichever that becomes */
export function HelpPage({ topic }: { topic: HelpTopic }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const route = useRoute();
  const [at, setAt] = useState(topic);
  const { help, failed } = useHelp();
  if (failed !== null) {
    return (
      <p role="alert">
        {t("help.failed")} {say(failed)}
      </p>
    );
  }
  if (!help) return <Busy what={t("common.loading")} />;
  if (at && "word" in at) return <Glossary help={help} at={at.word} onScreen={() => setAt(null)} />;
  const here = screens.find(({ id }) => id === route.path) ?? screens[0];
  const id = at?.screen ?? here?.id;
  return id ? <Page id={id} help={help} onTopic={setAt} /> : null;
}

type PageProps = { id: ScreenId; help: HelpContent; onTopic: (topic: HelpTopic) => void };

function Page({ id, help, onTopic }: PageProps) {
  const { t } = useTranslation();
  const { purpose, steps, words } = help.pages[id];
  return (
    <div className={layout.stack}>
      <h3>{t(`common.screens.${id}`)}</h3>
      <p>{purpose}</p>
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <h3>{t("help.words")}</h3>
      <Words of={words} help={help} />
      <button type="button" className={ui.link} onClick={() => onTopic({ word: null })}>
        {t("help.glossary")}
      </button>
      <h3>{t("help.keys")}</h3>
      <Keys />
    </div>
  );
}

type GlossaryProps = { help: HelpContent; at: WordId | null; onScreen: () => void };

function Glossary({ help, at, onScreen }: GlossaryProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ids = (Object.keys(help.words) as WordId[]).sort((a, b) =>
    help.words[a].word.localeCompare(help.words[b].word, language),
  );
  return (
    <div className={layout.stack}>
      <button type="button" className={ui.link} onClick={onScreen}>
        {t("help.thisScreen")}
      </button>
      <h3>{t("help.glossary")}</h3>
      <Words of={ids} help={help} at={at} />
    </div>
  );
}

function Words({ of, help, at = null }: { of: readonly WordId[]; help: HelpContent; at?: WordId | null }) {
  return (
    <dl className={classes.words}>
      {of.map((id) => (
        <div key={id} ref={id === at ? bringIntoView : undefined} data-at={id === at || undefined}>
          <dt>{help.words[id].word}</dt>
          <dd>{help.words[id].means}</dd>
        </div>
      ))}
    </dl>
  );
}

function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "center" });
}
