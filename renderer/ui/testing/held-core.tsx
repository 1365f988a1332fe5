import { act } from "@testing-library/react";
import type { ReactNode } from "react";
import type { CoreClient } from "../../../src/api/client.ts";
import type { FailureError } from "../../../src/lib/contract.ts";
import { CoreProvider } from "../../core/core.tsx";
import { refused } from "./screen.tsx";

type Tell = (value: never, added: never | null) => void;
type Watch = { name: string; input: unknown; tell: Tell; fail: (error: FailureError) => void };

/** A core that a test answers by hand, for the hooks that ask it: what is asked, and in which order answers come, is the test's. */
export function heldCore() {
  const asked: [name: string, input: unknown][] = [];
  const answers: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  const watches: Watch[] = [];
  const client = {
    call(name: string, input: unknown) {
      asked.push([name, input]);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    watch(name: string, input: unknown, tell: Tell, fail: Watch["fail"]) {
      const watch = { name, input, tell, fail };
      watches.push(watch);
      return { stop: () => void watches.splice(watches.indexOf(watch), 1) };
    },
    onState: () => ({ stop() {} }),
    state: "open",
  } as unknown as CoreClient;
  return {
    wrapper: ({ children }: { children: ReactNode }) => <CoreProvider client={client}>{children}</CoreProvider>,
    /** What was asked since it was last looked at. */
    asked: () => asked.splice(0),
    /** The feeds that are open. */
    watched: () => watches.map(({ name, input }) => [name, input]),
    /** The feed that was opened last tells its value; `added`: what has come to it. */
    tell: (value: unknown, added: unknown = null) => act(() => watches.at(-1)?.tell(value as never, added as never)),
    /** The feed that was opened last cannot be had. */
    fail: () => act(() => watches.at(-1)?.fail(refused())),
    /** The oldest question that has no answer yet gets one. */
    answer: (value: unknown) => act(async () => answers.shift()?.resolve(value)),
    /** The oldest question that has no answer yet is refused. */
    refuse: (why: Error = refused()) => act(async () => answers.shift()?.reject(why)),
  };
}
