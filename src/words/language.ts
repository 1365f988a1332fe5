import type { english } from "./english.ts";

/** The languages that we speak. */
export const languages = ["en", "sv"] as const;
export type Language = (typeof languages)[number];

type Texts<T> = { readonly [K in keyof T]: string };
type Titled<T> = { readonly [K in keyof T]: { title: string; cure: string } };

/** All that the core says, in one language. */
export type Tables = {
  causes: Titled<typeof english.causes>;
  findings: Titled<typeof english.findings>;
  commands: Readonly<Record<string, string>>;
  events: Texts<typeof english.events>;
  log: typeof english.log;
  phrases: Texts<typeof english.phrases>;
  places: Readonly<Record<string, string>>;
  states: Readonly<Record<string, string>>;
  ticket: typeof english.ticket;
  upstream: Readonly<Record<string, string>>;
};
