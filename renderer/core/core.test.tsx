// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { type ClientSocket, type CoreClient, createClient } from "../../src/api/client.ts";
import type { ServerMessage } from "../../src/api/contract.ts";
import { CoreProvider, useCall, useConnection, useLoad, useWatch } from "./core.tsx";

/** A client whose other end is in the test's hands. */
function pipe() {
  const sent: unknown[] = [];
  let open = () => {};
  let message = (_text: string) => {};
  let close = (_reason: string) => {};
  const timers: (() => void)[] = [];
  const setTimer = (task: () => void) => {
    timers.push(task);
    return () => {};
  };
  const connect = (): ClientSocket => ({
    send: (text) => void sent.push(JSON.parse(text)),
    close: () => {},
    onOpen: (listener) => {
      open = listener;
    },
    onMessage: (listener) => {
      message = listener;
    },
    onClose: (listener) => {
      close = listener;
    },
  });
  const client = createClient({ connect, setTimer });
  return {
    client,
    sent,
    open: () => act(() => open()),
    lose: () => act(() => close("")),
    redial: () => act(() => timers.shift()?.()),
    say: (said: ServerMessage) => act(async () => message(JSON.stringify(said))),
  };
}

function under(client: CoreClient) {
  return ({ children }: { children: ReactNode }) => <CoreProvider client={client}>{children}</CoreProvider>;
}

const notFound = { code: "not-found", message: "There is no frame 9 on record." };

afterEach(cleanup);

describe("useWatch", () => {
  it("is loading, then has the snapshot, then each change", async () => {
    const core = pipe();
    const { result } = renderHook(() => useWatch("settings.values", {}), { wrapper: under(core.client) });
    expect(result.current).toEqual({ state: "loading", value: undefined });
    core.open();
    expect(core.sent).toEqual([{ id: 1, watch: "settings.values", input: {} }]);
    await core.say({ id: 1, snapshot: { port: 9000 } });
    expect(result.current).toEqual({ state: "ready", value: { port: 9000 } });
    await core.say({ id: 1, change: { port: 9001 } });
    expect(result.current).toEqual({ state: "ready", value: { port: 9001 } });
  });

  it("asks once for all who watch the same, and ends it with the last of them", () => {
    const core = pipe();
    core.open();
    const first = renderHook(() => [useWatch("stations.list", {}), useWatch("stations.list", {})], {
      wrapper: under(core.client),
    });
    expect(core.sent).toEqual([{ id: 1, watch: "stations.list", input: {} }]);
    first.unmount();
    expect(core.sent.slice(1)).toEqual([{ id: 1, unwatch: true }]);
  });

  it("goes over to another input without showing the value of the one before", async () => {
    const core = pipe();
    core.open();
    const { result, rerender } = renderHook(({ identity }) => useWatch("stations.state", { identity }), {
      wrapper: under(core.client),
      initialProps: { identity: "A" },
    });
    await core.say({ id: 1, snapshot: { identity: "A" } });
    rerender({ identity: "B" });
    expect(result.current).toEqual({ state: "loading", value: undefined });
    expect(core.sent.slice(1)).toContainEqual({ id: 2, watch: "stations.state", input: { identity: "B" } });
  });

  it("tells why the core refused", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useWatch("stations.list", {}), { wrapper: under(core.client) });
    await core.say({ id: 1, failure: { code: "not-allowed", message: "no" } });
    expect(result.current).toMatchObject({ state: "failed", error: { code: "not-allowed", message: "no" } });
  });

  it("keeps its value over a lost connection and asks again when it is back", async () => {
    const core = pipe();
    const { result } = renderHook(() => ({ list: useWatch("stations.list", {}), connection: useConnection() }), {
      wrapper: under(core.client),
    });
    core.open();
    await core.say({ id: 1, snapshot: [] });
    core.lose();
    expect(result.current).toEqual({ list: { state: "ready", value: [] }, connection: "closed" });
    core.redial();
    core.open();
    expect(result.current.connection).toBe("open");
    expect(core.sent).toEqual([1, 2].map(() => ({ id: 1, watch: "stations.list", input: {} })));
  });
});

describe("useCall", () => {
  it("is busy while it runs and has the value after", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useCall("connection.link"), { wrapper: under(core.client) });
    act(() => void result.current.run({}));
    expect(result.current).toMatchObject({ busy: true, error: null, value: undefined });
    await core.say({ id: 1, value: { url: "x" } });
    expect(result.current).toMatchObject({ busy: false, error: null, value: { url: "x" } });
  });

  it("holds the failure and never throws", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useCall("messages.frame"), { wrapper: under(core.client) });
    const answered = vi.fn();
    act(() => void result.current.run({ seq: 9 }).then(answered));
    await core.say({ id: 1, failure: notFound });
    expect(answered.mock.calls).toEqual([[undefined]]);
    expect(result.current).toMatchObject({ busy: false, error: notFound, value: undefined });
    act(() => void result.current.run({ seq: 10 }));
    expect(result.current).toMatchObject({ busy: true, error: null });
  });

  it("keeps the value of before while it runs again, and of two runs the later counts, whichever is answered first", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useCall("messages.frame"), { wrapper: under(core.client) });
    act(() => void result.current.run({ seq: 7 }));
    await core.say({ id: 1, value: { seq: 7 } });
    const answered: unknown[] = [];
    for (const seq of [8, 9]) act(() => void result.current.run({ seq }).then((value) => answered.push(value)));
    expect(result.current).toMatchObject({ busy: true, error: null, value: { seq: 7 } });
    await core.say({ id: 2, failure: notFound });
    expect(result.current).toMatchObject({ busy: true, error: null, value: { seq: 7 } });
    await core.say({ id: 3, value: { seq: 9 } });
    expect(result.current).toMatchObject({ busy: false, error: null, value: { seq: 9 } });
    expect(answered).toEqual([undefined, { seq: 9 }]);
  });

  it("is as at first once it is reset, also while it runs", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useCall("messages.frame"), { wrapper: under(core.client) });
    act(() => void result.current.run({ seq: 8 }));
    act(() => result.current.reset());
    await core.say({ id: 1, value: { seq: 8 } });
    expect(result.current).toMatchObject({ busy: false, error: null, value: undefined });
    act(() => void result.current.run({ seq: 9 }));
    await core.say({ id: 2, failure: notFound });
    act(() => result.current.reset());
    expect(result.current).toMatchObject({ busy: false, error: null, value: undefined });
  });

  it("makes a failure of whatever is thrown", async () => {
    const client = { call: async () => Promise.reject(new TypeError("odd")) } as unknown as CoreClient;
    const { result } = renderHook(() => useCall("connection.link"), { wrapper: under(client) });
    await act(async () => void (await result.current.run({})));
    expect(result.current.error).toMatchObject({ code: "internal", words: { values: { error: "odd" } } });
  });
});

test("without an input nothing is asked, and nothing is known; without a core none of it can be", () => {
  const core = pipe();
  core.open();
  const { result } = renderHook(() => [useWatch("stations.state", null), useLoad("messages.frame", null)] as const, {
    wrapper: under(core.client),
  });
  const nothing = { state: "loading", value: undefined } as const;
  expect(result.current[0]).toEqual(nothing);
  expect(result.current[1]).toMatchObject(nothing);
  expect(core.sent).toEqual([]);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(() => renderHook(() => useConnection())).toThrow("There is no CoreProvider above this component.");
});

test("the way to the core is followed no longer than anybody looks", () => {
  let followed = 0;
  const onState = () => {
    followed++;
    return { stop: () => void followed-- };
  };
  const client = { onState, state: "connecting" } as unknown as CoreClient;
  const { result, unmount } = renderHook(() => useConnection(), { wrapper: under(client) });
  expect([result.current, followed]).toEqual(["connecting", 1]);
  unmount();
  expect(followed).toBe(0);
});

describe("useLoad", () => {
  it("asks anew when its input changes, and drops the late answer to the old one", async () => {
    const core = pipe();
    core.open();
    const { result, rerender } = renderHook(({ seq }) => useLoad("messages.frame", { seq }), {
      wrapper: under(core.client),
      initialProps: { seq: 8 },
    });
    rerender({ seq: 9 });
    await core.say({ id: 1, value: { seq: 8 } });
    expect(result.current).toMatchObject({ state: "loading" });
    await core.say({ id: 2, value: { seq: 9 } });
    expect(result.current).toMatchObject({ state: "ready", value: { seq: 9 } });
    for (const seq of [10, 11, 12]) {
      rerender({ seq });
      expect(result.current).toMatchObject({ state: "loading", value: undefined });
    }
    await core.say({ id: 5, value: { seq: 12 } });
    await core.say({ id: 4, value: { seq: 11 } });
    await core.say({ id: 3, failure: notFound });
    expect(result.current).toMatchObject({ state: "ready", value: { seq: 12 } });
  });

  it("tells the failure, and reload asks again", async () => {
    const core = pipe();
    core.open();
    const { result } = renderHook(() => useLoad("messages.frame", { seq: 9 }), { wrapper: under(core.client) });
    await core.say({ id: 1, failure: notFound });
    expect(result.current).toMatchObject({ state: "failed", error: notFound });
    act(() => result.current.reload());
    expect(core.sent.at(-1)).toEqual({ id: 2, call: "messages.frame", input: { seq: 9 } });
    await core.say({ id: 2, value: { seq: 9 } });
    expect(result.current).toMatchObject({ state: "ready", value: { seq: 9 } });
  });
});
