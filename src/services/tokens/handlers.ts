import type { Handlers } from "../../lib/contract.ts";
import { createEmitter } from "../../lib/emitter.ts";
import type { StationEvent } from "../../station/events.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ServiceContext } from "../context.ts";
import type { TokenDecisionEntry, TokenEntry, TokenList, tokensContract } from "./contract.ts";

const shownDecisions = 100;

/** Handlers of the token list. */
export function tokensHandlers(context: ServiceContext): Handlers<typeof tokensContract> {
  const { tokens, settings, events, recorder, registry } = context;
  const changed = createEmitter<TokenList>(context.log);
  const seen = new Map<string, number>();
  let pastIsKnown = false;

  function list(): TokenList {
    learnPast();
    const entries = tokens.all().map((row): TokenEntry => ({ ...row, lastSeenAt: seen.get(row.value.toLowerCase()) }));
    return { acceptAll: settings.acceptAll, tokens: entries.sort((a, b) => a.value.localeCompare(b.value)) };
  }
  function tell(): TokenList {
    const value = list();
    changed.emit(value);
    return value;
  }
  function note(value: string, at: number): void {
    const key = value.toLowerCase();
    seen.set(key, Math.max(at, seen.get(key) ?? at));
  }
  /** Once somebody asks: it is looked for in all of the record, and no start waits for that. */
  function learnPast(): void {
    if (pastIsKnown) return;
    pastIsKnown = true;
    for (const [value, at] of events.lastAt("token", "$.token.value")) note(value, at);
  }
  recorder.stored.on(({ events: stored }) => {
    const presented = stored.filter(({ event }) => event.kind === "token");
    for (const { event } of presented) if (event.kind === "token") note(event.token.value, event.at);
    if (presented.length > 0 && changed.size > 0) tell();
  });

  return {
    "tokens.list": (_input, push) => {
      const listening = changed.on(push);
      return { snapshot: list(), close: () => void listening.dispose() };
    },
    "tokens.save": (input) => {
      tokens.save(input);
      return tell();
    },
    "tokens.remove": ({ value }) => {
      if (!tokens.remove(value)) throw failure("not-found", words("no-token", { value }));
      return tell();
    },
    "tokens.acceptAll": ({ on }) => {
      settings.setAcceptAll(on);
      return tell();
    },
    "tokens.decisions": (_input, push) => {
      const past = events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["token"] }, shownDecisions).reverse();
      const listening = recorder.stored.on(({ events: stored }) => {
        const entries = stored.flatMap(({ station, event }) => toEntry(station.identity, event));
        if (entries.length > 0) push(entries);
      });
      const snapshot = past.flatMap(({ station, event }) => toEntry(registry.byId(station)?.identity ?? "", event));
      return { snapshot, close: () => void listening.dispose() };
    },
  };
}

function toEntry(station: string, event: StationEvent): TokenDecisionEntry[] {
  if (event.kind !== "token") return [];
  const { at, seq, ...presented } = event;
  return [{ station, at, seq, presented }];
}
