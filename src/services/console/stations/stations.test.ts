import { expect, test, vi } from "vitest";
import { createEmitter } from "../../../lib/emitter.ts";
import { silentLogger } from "../../../lib/logger.ts";
import type { ConsoleSetup, ConsoleView } from "../../../station/serial/console.ts";
import { usualSettings } from "../../../transports/serial/settings.ts";
import type { Consoles } from "../consoles.ts";
import type { ConsoleStationOptions } from "./console-station.ts";
import { ConsoleStations } from "./stations.ts";

const made = vi.hoisted(() => [] as { options: unknown; took: unknown[]; ended: unknown[] }[]);
vi.mock("./console-station.ts", () => ({
  ConsoleStation: class {
    #made = { options: null as unknown, took: [] as unknown[], ended: [] as unknown[] };
    constructor(options: unknown) {
      this.#made.options = options;
      made.push(this.#made);
    }
    get setup() {
      return (this.#made.options as ConsoleStationOptions).setup;
    }
    take(entries: unknown) {
      this.#made.took.push(entries);
    }
    async dispose(cause?: string) {
      this.#made.ended.push(cause);
    }
  },
}));

const setup = (port: string, more: Partial<ConsoleSetup> = {}): ConsoleSetup => ({
  port,
  settings: usualSettings,
  station: "EVSE-1",
  profile: "openevse-rapi",
  ...more,
});

function setUp() {
  made.length = 0;
  const changed = createEmitter<void>(silentLogger);
  let views: ConsoleView[] = [];
  const sent: unknown[] = [];
  const send = async (...what: unknown[]) => void sent.push(what);
  const consoles = { changed, list: () => views, get: () => ({ send }) } as unknown as Consoles;
  const stations = new ConsoleStations({ consoles, log: silentLogger } as never);
  const open = (...setups: ConsoleSetup[]) => {
    views = setups.map((one) => ({ setup: one, state: "open" }) as ConsoleView);
    changed.emit();
    return views;
  };
  return { stations, open, sent };
}

test("a console that is opened with a profile and a station is asked for it, once, and what comes is handed on", async () => {
  const { stations, open, sent } = setUp();
  const first = setup("a");
  open(first, setup("b", { station: undefined }), setup("c", { profile: undefined }), setup("d", { profile: "none" }));
  const [view] = open(first);
  expect(made).toHaveLength(1);
  const options = made[0]?.options as ConsoleStationOptions;
  expect(options).toMatchObject({ setup: first, identity: "EVSE-1", profile: { name: "openevse-rapi" } });
  expect(options.view()).toBe(view);
  await options.send(Uint8Array.of(1));
  expect(sent).toEqual([[Uint8Array.of(1), "profile"]]);
  stations.take(first, ["entry"] as never);
  stations.take(setup("other"), ["entry"] as never);
  expect(made[0]?.took).toEqual([["entry"]]);
});

test("one that is closed is asked no more, and one that is opened anew is another", () => {
  const { open } = setUp();
  const first = setup("a");
  open(first, setup("b"));
  open(first);
  expect(made.map(({ ended }) => ended)).toEqual([[], [undefined]]);
  const again = setup("a");
  open(again);
  expect(made.map(({ ended }) => ended)).toEqual([[undefined], [undefined], []]);
  expect(made[2]?.options).toMatchObject({ setup: again });
});

test("at the end of the core all go down with it", async () => {
  const { stations, open } = setUp();
  open(setup("a"), setup("b"));
  await stations.dispose();
  expect(made.map(({ ended }) => ended)).toEqual([["shutdown"], ["shutdown"]]);
});
