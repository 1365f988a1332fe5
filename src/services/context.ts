import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Journal } from "../session/journal.ts";
import type { Registry } from "../session/registry.ts";
import type { EventsRepository } from "../store/events.ts";
import type { FramesRepository } from "../store/frames.ts";
import type { Recorder } from "../store/recorder.ts";
import type { TokensRepository } from "../store/tokens.ts";
import type { SettingsBook } from "./settings/logic.ts";

/** What services work with. */
export type ServiceContext = {
  clock: Clock;
  log: Logger;
  registry: Registry;
  journal: Journal;
  recorder: Recorder;
  frames: FramesRepository;
  events: EventsRepository;
  tokens: TokensRepository;
  settings: SettingsBook;
};
