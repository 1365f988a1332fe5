import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { ConnectionState, CoreClient } from "../../src/api/client.ts";
import type { CallInput, CallName, CallOutput, FeedInput, FeedName, FeedValue } from "../../src/api/contract.ts";
import { FailureError } from "../../src/lib/contract.ts";
import { failure, whyOf } from "../../src/station/failure.ts";
import { createFeeds, type Feeds, type Watched } from "./feeds.ts";

const CoreContext = createContext<{ client: CoreClient; feeds: Feeds } | null>(null);

/** Gives everything below it the core. */
export function CoreProvider({ client, children }: { client: CoreClient; children: ReactNode }) {
  const [core] = useState(() => ({ client, feeds: createFeeds(client) }));
  return <CoreContext value={core}>{children}</CoreContext>;
}

function useContextCore(): { client: CoreClient; feeds: Feeds } {
  const core = useContext(CoreContext);
  if (!core) throw new Error("There is no CoreProvider above this component.");
  return core;
}

/** The client itself, for what the hooks below do not cover (a feed's additions one by one, a call in a loop). */
export function useCore(): CoreClient {
  return useContextCore().client;
}

/** Follows a feed. Equal watches are shared; the value is whole each time. `null` as input watches nothing and stays loading. */
export function useWatch<N extends FeedName>(name: N, input: FeedInput<N> | null): Watched<FeedValue<N>> {
  const { feeds } = useContextCore();
  const feed = input === null ? null : feeds.get(name, input);
  const subscribe = useCallback((listener: () => void) => feed?.subscribe(listener) ?? nothing, [feed]);
  return useSyncExternalStore(subscribe, () => (feed ? feed.current() : idle));
}

const idle: Watched<never> = { state: "loading", value: undefined };
function nothing(): void {}

/** A call that somebody makes: `run` never throws, and gives undefined where it failed; `error` then says why. */
export type Call<N extends CallName> = {
  run(input: CallInput<N>): Promise<CallOutput<N> | undefined>;
  busy: boolean;
  error: FailureError | null;
  value: CallOutput<N> | undefined;
  reset(): void;
};

/** A call on demand (a button). Only the latest run counts. */
export function useCall<N extends CallName>(name: N): Call<N> {
  const { client } = useContextCore();
  const latest = useRef(0);
  const [state, setState] = useState<Pick<Call<N>, "busy" | "error" | "value">>(still);
  const run = useCallback(
    async (input: CallInput<N>) => {
      const mine = ++latest.current;
      setState((before) => ({ ...before, busy: true, error: null }));
      try {
        const value = await client.call(name, input);
        if (mine === latest.current) setState({ busy: false, error: null, value });
        return value;
      } catch (thrown) {
        if (mine === latest.current) setState({ busy: false, error: asFailure(thrown), value: undefined });
        return undefined;
      }
    },
    [client, name],
  );
  const reset = useCallback(() => {
    latest.current++;
    setState(still);
  }, []);
  return { ...state, run, reset };
}

const still = { busy: false, error: null, value: undefined };

/** A call made by being on screen, and again whenever its input changes. `reload` asks anew. `null` as input asks nothing. */
export function useLoad<N extends CallName>(
  name: N,
  input: CallInput<N> | null,
): Watched<CallOutput<N>> & { reload(): void } {
  const { client } = useContextCore();
  const key = input === null ? null : JSON.stringify(input);
  const [round, setRound] = useState(0);
  const [result, setResult] = useState<Watched<CallOutput<N>> & { key: string | null }>({ ...idle, key });
  useEffect(() => {
    if (key === null) return;
    let current = round >= 0;
    client.call(name, JSON.parse(key) as CallInput<N>).then(
      (value) => current && setResult({ state: "ready", value, key }),
      (thrown: unknown) => current && setResult({ state: "failed", value: undefined, error: asFailure(thrown), key }),
    );
    return () => {
      current = false;
    };
  }, [client, name, key, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...(result.key === key ? result : idle), reload };
}

/** Whether the core is reached. */
export function useConnection(): ConnectionState {
  const { client } = useContextCore();
  const subscribe = useCallback(
    (listener: () => void) => {
      const { stop } = client.onState(listener);
      return stop;
    },
    [client],
  );
  return useSyncExternalStore(subscribe, () => client.state);
}

/** What a call of the core threw, as its failure. */
export function asFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  return failure("internal", whyOf(thrown));
}
