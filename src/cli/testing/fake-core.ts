import type { CoreClient } from "../../api/client.ts";
import { printed } from "./printed.ts";

/** A core as the command line reaches it, in the hands of a test: what it answers to a call, and tells in a feed, by its name. */
export const core = {
  says: {} as Record<string, unknown>,
  asked: [] as unknown[],
  /** What was watched, and that it is not any more. */
  watched: [] as unknown[],
  tell: (_value: unknown, _added?: unknown): void => undefined,
  turn: (_state: string): void => undefined,
  refuse: (_error: Error): void => undefined,
  state: "open",
};

const client = {
  async call(name: string, input: unknown) {
    core.asked.push([name, input]);
    const answer = core.says[name];
    return typeof answer === "function" ? answer(input) : answer;
  },
  watch(
    name: string,
    input: unknown,
    tell: (value: unknown, added?: unknown) => void,
    refuse: (error: Error) => void = () => undefined,
  ) {
    core.watched.push([name, input]);
    Object.assign(core, { tell, refuse });
    tell(core.says[name]);
    return { stop: () => void core.watched.push("stopped") };
  },
  onState(listener: (state: string) => void) {
    core.turn = listener;
    return { stop: () => undefined };
  },
  close: () => void core.asked.push("closed"),
  get state() {
    return core.state;
  },
} as unknown as CoreClient;

/** In the place of what reaches a core. */
export function reachingIt<Reach extends object>(reach: Reach) {
  return {
    ...reach,
    reachCore: async () => client,
    async withCore(_folder: string, work: (core: CoreClient) => Promise<unknown>) {
      const code = await work(client);
      return typeof code === "number" ? code : 0;
    },
  };
}

/** What a command prints where the core says this. */
export function toldOf(says: typeof core.says, args: string[]): Promise<string> {
  core.says = says;
  core.asked = [];
  core.watched = [];
  core.state = "open";
  return printed(args);
}
