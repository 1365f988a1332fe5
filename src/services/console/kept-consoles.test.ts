import { expect, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import type { ConsoleSetup, ConsoleView } from "../../station/serial/console.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import type { Consoles } from "./consoles.ts";
import { keepConsoles } from "./kept-consoles.ts";

function bench(stored: Record<string, unknown> = {}) {
  const settings = {
    all: () => stored,
    set: (values: Record<string, unknown>) => void Object.assign(stored, values),
  } as SettingsRepository;
  const added: ConsoleSetup[] = [];
  const refused = new Set<string>();
  const open = new Set<string>();
  const opening = { until: Promise.resolve() };
  const consoles = {
    has: (port: string) => open.has(port),
    async add(setup: ConsoleSetup) {
      if (refused.has(setup.port)) throw new Error("refused");
      added.push(setup);
      open.add(setup.port);
      await opening.until;
      return { setup } as ConsoleView;
    },
    async remove(port: string) {
      if (refused.has(port)) throw new Error("refused");
      open.delete(port);
    },
  } as unknown as Consoles;
  const error = vi.fn();
  const kept = keepConsoles({ consoles, settings, log: { ...silentLogger, error } });
  return { stored, added, refused, opening, error, kept };
}

const setup = (port: string, more: Partial<ConsoleSetup> = {}): ConsoleSetup => ({
  port,
  settings: usualSettings,
  ...more,
});
const row = (port: string, more = {}) => ({ port, ...usualSettings, ...more });

test("what a person opens is kept until it is closed, each port once, and there again after a restart", async () => {
  const first = bench();
  await first.kept.open(setup("a", { station: "CP1", profile: "p" }));
  expect(await first.kept.open(setup("b"))).toEqual({ setup: setup("b") });
  await first.kept.open(setup("b", { station: "CP2" }));
  expect(first.stored).toEqual({
    consoles: [row("a", { station: "CP1", profile: "p" }), row("b", { station: "CP2" })],
  });
  const second = bench(first.stored);
  second.kept.restore([]);
  expect(second.added).toEqual([setup("a", { station: "CP1", profile: "p" }), setup("b", { station: "CP2" })]);
  await second.kept.close("a");
  expect(second.stored).toEqual({ consoles: [row("b", { station: "CP2" })] });
});

test("one that is closed while its port is being opened is not there again after a restart", async () => {
  const { kept, stored, opening } = bench();
  const gate = Promise.withResolvers<void>();
  opening.until = gate.promise;
  const opened = kept.open(setup("a"));
  await kept.close("a");
  gate.resolve();
  await opened;
  expect(stored).toEqual({ consoles: [] });
});

test("what is refused is not kept, and what cannot be closed stays", async () => {
  const { kept, refused, stored } = bench();
  await kept.open(setup("a"));
  refused.add("a").add("b");
  await expect(kept.open(setup("b"))).rejects.toThrow("refused");
  await expect(kept.close("a")).rejects.toThrow("refused");
  expect(stored).toEqual({ consoles: [row("a")] });
});

test("those named at the start come first, in place of a kept one on their port, and are not kept", async () => {
  const { kept, added, stored } = bench({ consoles: [row("a"), row("b"), { port: "" }, 7] });
  kept.restore([setup("b", { station: "NAMED" })]);
  expect(added).toEqual([setup("b", { station: "NAMED" }), setup("a")]);
  expect(stored.consoles).toHaveLength(4);
  const damaged = bench({ consoles: "x" });
  damaged.kept.restore([]);
  expect(damaged.added).toEqual([]);
});

test("one that cannot be a console is logged, and the others are opened", async () => {
  const { kept, added, refused, error } = bench({ consoles: [row("a"), row("b")] });
  refused.add("a");
  kept.restore([]);
  await expect.poll(() => error).toHaveBeenCalledWith("a is no console", { error: new Error("refused") });
  expect(added).toEqual([setup("b")]);
});
