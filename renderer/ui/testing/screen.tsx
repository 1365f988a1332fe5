import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, vi } from "vitest";
import type { ConnectionState, CoreClient } from "../../../src/api/client.ts";
import type { CallInput, CallName, CallOutput, FeedName, FeedValue } from "../../../src/api/contract.ts";
import { FailureError } from "../../../src/lib/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import type { Language } from "../../../src/words/language.ts";
import { CoreProvider } from "../../core/core.tsx";
import { setLanguage, startLanguage } from "../../i18n/index.ts";
import { DrawerProvider, useDrawer } from "../../navigation/drawer.tsx";
import { linesOf } from "./lines.ts";

/** What a core says that a test writes: what its feeds show (a failure: it refuses; left out: it has not come yet), and how its calls
 * are answered (left out: it refuses; a promise: it has not answered yet). */
export type Written = {
  feeds?: { [N in FeedName]?: FeedValue<N> | FailureError };
  answers?: { [N in CallName]?: CallOutput<N> | FailureError | ((input: CallInput<N>) => Answer<CallOutput<N>>) };
};
type Answer<T> = T | FailureError | Promise<T>;

/** A screen that a test looks at. */
export type Shown = {
  /** What was asked of the core, as `[name, input]`, since it was last looked at. */
  asked(): [name: string, input: unknown][];
  /** The feeds that are open, as `[name, input]`, by their names: `cleanup()` takes the screen away. */
  watched(): [name: string, input: unknown][];
  /** What it says, line by line; see `linesOf`. `part`: of the first element that this selects alone. */
  says(part?: string): string[];
  /** The same and how it is reached and filled in, as one text to be held against a file. */
  text(part?: string): string;
  /** The core tells a feed's value anew; of a feed that grows, what has come to it. */
  tell<N extends FeedName>(name: N, value: FeedValue<N>, added?: FeedValue<N>): void;
  /** The way to the core is lost, or there again. */
  reach(state: ConnectionState): void;
  /** Presses the button with this name, and waits until what it asked for is answered. `nth`: of several with the name, from 0. */
  press(name: string | RegExp, nth?: number): Promise<void>;
  /** Types a text into the field with this label, and leaves it. `nth`: of several with the label, from 0. */
  type(label: string | RegExp, text: string, nth?: number): Promise<void>;
  /** Presses a key in the field with this label. */
  key(label: string | RegExp, key: string): Promise<void>;
  /** Turns the switch or radio button with this label. */
  tick(label: string | RegExp, nth?: number): Promise<void>;
  /** What can be chosen in each list on screen, as `Label: this, that`. */
  choices(): Promise<string[]>;
  /** Chooses an option of the list with this label. */
  choose(label: string | RegExp, option: string | RegExp): Promise<void>;
};

/** An answer that does not come: what is on screen meanwhile. */
export const unanswered = (): Promise<never> => new Promise(() => undefined);

export const refused = (): FailureError => failure("unavailable", words("no-core"));

/** What screens of the test follow: nobody may once they are gone. */
const followed: { watches: ReadonlySet<{ name: string }>; reached: ReadonlySet<unknown> }[] = [];

function stillFollowed(): string[] {
  return followed
    .splice(0)
    .flatMap(({ watches, reached }) => [
      ...[...watches].map(({ name }) => name),
      ...[...reached].map(() => "the way to the core"),
    ]);
}

/** For a test file of screens: the strings are there, each test begins with an empty window, and ends with no feed left open. */
export function screensForFile(language: Language = "en"): void {
  beforeAll(async () => {
    // Fields that grow listen for the fonts, which this document knows nothing of.
    if (!("fonts" in document)) Object.assign(document, { fonts: new EventTarget() });
    await startLanguage();
    await setLanguage(language);
  });
  afterEach(() => {
    cleanup();
    window.location.hash = "";
    expect(stillFollowed(), "feeds that were left open").toEqual([]);
  });
}

/** The test goes on in Swedish. */
export async function inSwedish(): Promise<void> {
  await setLanguage("sv");
  onTestFinished(() => setLanguage("en"));
}

/** For a test file of a long list: what has no size draws no row. */
export function drawnLists(height = 320): void {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(height);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  });
}

/** Shows a part of the screens over a core that the test writes.
 * @param hash where the window is, e.g. `#/messages?station=CP1` */
export async function show(node: ReactNode, { feeds = {}, answers = {} }: Written, hash = ""): Promise<Shown> {
  window.location.hash = hash;
  type Watch = { name: FeedName; input: unknown; onValue(value: never, added: null): void };
  const watches = new Set<Watch>();
  let asked: [string, unknown][] = [];
  const reached = new Set<(state: ConnectionState) => void>();
  followed.push({ watches, reached });
  const client = {
    async call(name: CallName, input: never) {
      asked.push([name, input]);
      const answer = answers[name];
      if (answer === undefined) throw refused();
      const said = await (typeof answer === "function" ? (answer as (input: unknown) => unknown)(input) : answer);
      if (said instanceof FailureError) throw said;
      return said;
    },
    watch(name: FeedName, input: unknown, onValue: Watch["onValue"], onFailure) {
      const watch = { name, input, onValue };
      watches.add(watch);
      const value = feeds[name];
      if (value instanceof FailureError) onFailure?.(value);
      else if (value !== undefined) onValue(value as never, null);
      return { stop: () => void watches.delete(watch) };
    },
    onState(listener) {
      reached.add(listener);
      return { stop: () => void reached.delete(listener) };
    },
    state: "open",
    close() {},
  } as Omit<CoreClient, "state"> & { state: ConnectionState };
  const { container } = render(
    <CoreProvider client={client}>
      <MantineProvider env="test">
        <DrawerProvider>
          <main>{node}</main>
          <Drawn />
        </DrawerProvider>
      </MantineProvider>
    </CoreProvider>,
  );
  await settled();
  const partOf = (part?: string) => (part === undefined ? container : (container.querySelector(part) ?? absent(part)));
  return {
    says: (part) => linesOf(partOf(part)),
    text: (part) => `${linesOf(partOf(part), true).join("\n")}\n`,
    asked() {
      const all = asked;
      asked = [];
      return all;
    },
    watched: () =>
      [...watches].map(({ name, input }): [string, unknown] => [name, input]).sort(([a], [b]) => (a < b ? -1 : 1)),
    tell: (name, value, added) =>
      act(() => {
        for (const watch of [...watches])
          if (watch.name === name) watch.onValue(value as never, (added ?? null) as null);
      }),
    reach: (state) =>
      act(() => {
        client.state = state;
        for (const listener of reached) listener(state);
      }),
    async press(name, nth = 0) {
      const button = screen.getAllByRole("button", { name })[nth] ?? absent(String(name));
      fireEvent.click(button);
      await settled();
    },
    async type(label, text, nth) {
      const field = fieldOf(label, nth);
      fireEvent.change(field, { target: { value: text } });
      fireEvent.blur(field);
      await settled();
    },
    async key(label, key) {
      fireEvent.keyDown(fieldOf(label), { key });
      await settled();
    },
    async tick(label, nth) {
      fireEvent.click(fieldOf(label, nth));
      await settled();
    },
    async choices() {
      const lists: string[] = [];
      for (const list of container.querySelectorAll<HTMLInputElement>("[role=combobox][aria-haspopup=listbox]")) {
        fireEvent.click(list);
        await settled();
        const box = document.getElementById(list.getAttribute("aria-controls") ?? "");
        const options = [...(box?.querySelectorAll("[role=option]") ?? [])].map(({ textContent }) => textContent);
        lists.push(`${linesOf(list)[0]?.split(":")[0]}: ${options.join(", ")}`);
        fireEvent.click(list);
        await settled();
      }
      return lists;
    },
    async choose(label, option) {
      const field = screen.getByRole("combobox", { name: label });
      fireEvent.click(field);
      await settled();
      // Lists that are closed lie in the page as well: this one's is the one that its field names.
      const list = document.getElementById(field.getAttribute("aria-controls") ?? "");
      fireEvent.click(within(list ?? document.body).getByRole("option", { name: option, hidden: true }));
      await settled();
    },
  };
}

/** Lets what waits for its turn come to its end, as a change of the hash does. */
export async function settled(): Promise<void> {
  await act(async () => {
    await new Promise((done) => setTimeout(done, 0));
  });
}

/** The one field with this label, or one of several. */
function fieldOf(label: string | RegExp, nth?: number): HTMLElement {
  const all = screen.getAllByLabelText(label, { selector: "input, textarea, select" });
  return (all.length === 1 || nth !== undefined ? all[nth ?? 0] : undefined) ?? absent(`single field ${label}`);
}

function absent(what: string): never {
  throw new Error(`There is no ${what} on screen.`);
}

function Drawn() {
  const { content } = useDrawer();
  return content && <aside aria-label={content.title}>{content.node}</aside>;
}
