import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { useRoute } from "../../navigation/routes.ts";
import { Failure } from "../../ui/parts.tsx";
import { useHelp } from "../help/use-help.ts";
import { screens } from "../screens.ts";
import { rank } from "./fuzzy.ts";
import { itemKey, paletteItems, type World } from "./items.ts";
import classes from "./palette.module.css";
import { useDoing } from "./use-doing.tsx";
import { wordsOf } from "./words.ts";

/** More are found by typing; ten thousand buttons make no window faster. */
const mostShown = 100;

type Props = { typed: RefObject<string>; onClose: () => void };

/** A line to type on and what fits it. Arrows choose, Enter takes, Esc closes; the focus returns where it was.
 * @param typed what was typed before it came */
export function PaletteDialog({ typed, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const world = useWorld();
  const doing = useDoing();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const [tried, setTried] = useState("");
  const found = useMemo(() => {
    const said = paletteItems(world).map((item) => ({ item, words: wordsOf(item, world, t) }));
    return rank(query, said, ({ words }) => words.found);
  }, [world, query, t]);
  const entries = found.slice(0, mostShown);
  const current = Math.min(chosen, entries.length - 1);

  // Closed before it leaves the page, so that the browser puts the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not before: one types on while it is drawn for the first time.
    setQuery(typed.current);
    return () => element?.close();
  }, [typed]);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [current]);

  async function take(index: number): Promise<void> {
    const entry = entries[index];
    if (!entry || doing.busy || entry.item.off) return;
    setTried(entry.words.label);
    // What is put on screen takes the focus, so the window must be free first.
    const quick =
      entry.item.action.do !== "theme" && entry.item.action.do !== "language" && entry.item.action.do !== "virtual";
    if (quick) {
      dialog.current?.close();
      void doing.run(entry.item.action);
      return onClose();
    }
    if (await doing.run(entry.item.action)) onClose();
  }

  function press(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") void take(current);
    else if (step !== undefined && entries.length > 0) setChosen((current + step + entries.length) % entries.length);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={t("palette.title")}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={press}
    >
      <div className={classes.box}>
        <input
          className={classes.input}
          role="combobox"
          aria-label={t("palette.label")}
          placeholder={t("palette.label")}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length > 0 ? `${id}-${current}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
            doing.reset();
          }}
        />
        {doing.error && <Failure what={t("palette.failed", { what: tried })} error={doing.error} />}
        <div className={classes.list} role="listbox" id={`${id}-list`} aria-label={t("palette.results")} ref={list}>
          {entries.map(({ item, words }, index) => (
            <button
              type="button"
              key={itemKey(item)}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-disabled={item.off}
              className={classes.option}
              onMouseMove={() => setChosen(index)}
              onClick={() => void take(index)}
            >
              <span className={classes.label}>{words.label}</span>
              <span className={classes.group}>{item.off ? t("stations.actions.offline") : words.group}</span>
              {words.key && <kbd>{words.key}</kbd>}
            </button>
          ))}
        </div>
        {entries.length === 0 && (
          <div className={classes.none}>
            <p>{t("palette.none", { query })}</p>
            <p className="muted">{t("palette.noneHint")}</p>
          </div>
        )}
        <p className={classes.foot}>
          <span role="status">{doing.busy ? t("palette.running") : t("palette.count", { count: found.length })}</span>
          <span>{t("palette.how")}</span>
        </p>
      </div>
    </dialog>
  );
}

function useWorld(): World {
  const route = useRoute();
  const { station: focus, stations } = useFocus();
  const state = useWatch("stations.state", focus ? { identity: focus.identity } : null);
  const settings = useWatch("settings.values", {});
  const { help } = useHelp();
  return useMemo(
    () => ({
      screens,
      here: screens.find((screen) => screen.id === route.path)?.id ?? null,
      stations: stations.value ?? [],
      focus,
      state: state.value ?? null,
      settings: settings.value ?? null,
      help,
    }),
    [route.path, stations.value, focus, state.value, settings.value, help],
  );
}
