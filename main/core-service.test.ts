import { EventEmitter } from "node:events";
import type { ParentPort } from "electron";
import { describe, expect, it } from "vitest";
import type { Core } from "../src/core.ts";
import { createManualClock } from "../src/lib/clock.ts";
import type { Change } from "../src/lib/contract.ts";
import { createEmitter } from "../src/lib/emitter.ts";
import { silentLogger } from "../src/lib/logger.ts";
import { defaultSettings, type Settings } from "../src/services/settings/contract.ts";
import type { StationCount } from "../src/services/stations/contract.ts";
import { serveShell } from "./core-service.ts";
import type { FromCore, ToCore } from "./messages.ts";

function count(state: "online" | "offline"): StationCount {
  return { known: 1, online: state === "online" ? 1 : 0 };
}

async function serve(ui: string | null = "http://127.0.0.1:1/open/a", failure?: Error, closes?: Error) {
  const clock = createManualClock();
  const sent: FromCore[] = [];
  const exits: number[] = [];
  const emitter = new EventEmitter();
  let stations: (change: Change<StationCount>) => void = () => undefined;
  let settings: (change: Change<Settings>) => void = () => undefined;
  let disposed = 0;
  let resumed = 0;
  const stopAsked = createEmitter<void>(silentLogger);
  const handlers = {
    "stations.count": (_input: object, push: typeof stations) => {
      stations = push;
      return { snapshot: count("offline"), close() {} };
    },
    "settings.values": (_input: object, push: typeof settings) => {
      settings = push;
      return { snapshot: defaultSettings, close() {} };
    },
  } as unknown as Core["handlers"];
  const port = Object.assign(emitter, { postMessage: (message: FromCore) => sent.push(message) });
  await serveShell({
    port: port as unknown as ParentPort,
    clock,
    exit: (code) => exits.push(code),
    start: () =>
      failure
        ? Promise.reject(failure)
        : Promise.resolve({
            ready: { ocpp: ["ws://127.0.0.1:9000/"], ui, data: "/data", notices: [] },
            handlers,
            stopAsked,
            resumed: () => void resumed++,
            newLink: () => "http://127.0.0.1:1/open/b",
            async dispose() {
              if (closes) throw closes;
              disposed++;
            },
          }),
  });
  const tell = async (data: ToCore) => {
    emitter.emit("message", { data });
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    clock,
    sent,
    exits,
    tell,
    stations: (change: Change<StationCount>) => stations(change),
    settings: (change: Change<Settings>) => settings(change),
    stopAsked,
    resumed: () => resumed,
    disposed: () => disposed,
  };
}

const opening: FromCore[] = [
  { type: "ready", link: "http://127.0.0.1:1/open/a" },
  { type: "busy", on: false },
  { type: "language", language: "system" },
];

describe("to the shell", () => {
  it("says first that it is ready, then what the shell follows", async () => {
    expect((await serve()).sent).toEqual(opening);
  });

  it("says why it cannot start, and ends with 1", async () => {
    const { sent, exits } = await serve(null, new Error("another core uses the folder"));
    expect(sent).toEqual([{ type: "failed", reason: "another core uses the folder" }]);
    expect(exits).toEqual([1]);
  });

  it("does not run without screens", async () => {
    const { sent, exits } = await serve(null);
    expect(sent).toEqual([{ type: "failed", reason: "the core serves no screens" }]);
    expect(exits).toEqual([1]);
  });

  it("looks at a feed once a second at most, at its latest value, and tells changes only", async () => {
    const { clock, sent, stations } = await serve();
    let made = 0;
    const list = (state: "online" | "offline") => () => {
      made++;
      return count(state);
    };
    for (let frame = 0; frame < 1000; frame++) stations(list("offline"));
    stations(list("online"));
    clock.advance(999);
    expect(made).toBe(0);
    clock.advance(1);
    expect(made).toBe(1);
    stations(list("online"));
    clock.advance(1000);
    expect(sent.slice(opening.length)).toEqual([{ type: "busy", on: true }]);
  });

  it("tells the language when it is chosen", async () => {
    const { clock, sent, settings } = await serve();
    settings({ ...defaultSettings, language: "sv" });
    clock.advance(1000);
    expect(sent.slice(opening.length)).toEqual([{ type: "language", language: "sv" }]);
  });
});

describe("from the shell", () => {
  it("hands out a fresh link", async () => {
    const { sent, tell } = await serve();
    await tell({ type: "link" });
    expect(sent.slice(opening.length)).toEqual([{ type: "link", link: "http://127.0.0.1:1/open/b" }]);
  });

  it("closes the core before it ends with 0", async () => {
    const { exits, tell, disposed } = await serve();
    await tell({ type: "stop" });
    expect(disposed()).toBe(1);
    expect(exits).toEqual([0]);
  });

  it("says why a core could not be closed, and ends with 1", async () => {
    const { exits, tell, sent } = await serve(undefined, undefined, new Error("the disk is full"));
    await tell({ type: "stop" });
    expect([sent.at(-1), exits]).toEqual([{ type: "failed", reason: "the disk is full" }, [1]]);
  });

  it("hears of the key store, which is nothing that a core is told", async () => {
    const { exits, tell, disposed, sent } = await serve();
    await tell({ type: "vault", id: 1, text: "" });
    expect([exits, disposed(), sent]).toEqual([[], 0, opening]);
  });

  it("says once why a core did not start, whatever is asked of it", async () => {
    const { exits, tell, sent } = await serve(null, new Error("another core uses the folder"));
    await tell({ type: "link" });
    await tell({ type: "stop" });
    expect([sent, exits]).toEqual([[{ type: "failed", reason: "another core uses the folder" }], [1]]);
  });
});

it("passes on a sleep of the computer, and that somebody asks for the end", async () => {
  const { tell, sent, stopAsked, resumed, disposed } = await serve();
  await tell({ type: "resumed" });
  stopAsked.emit();
  expect([resumed(), sent.at(-1), disposed()]).toEqual([1, { type: "quit" }, 0]);
});
