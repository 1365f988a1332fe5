import { expect, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import type { LineSetup, LineView } from "../../station/serial/lines.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import type { SerialLines } from "../../transports/serial/line/serial-lines.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { keepLines } from "./kept-lines.ts";

function bench(stored: Record<string, unknown> = {}) {
  const settings = {
    all: () => stored,
    set: (values: Record<string, unknown>) => void Object.assign(stored, values),
  } as SettingsRepository;
  const added: LineSetup[] = [];
  const refused = new Set<string>();
  const open = new Map<string, LineView>();
  const opening = { until: Promise.resolve() };
  const lines = {
    list: () => [...open.values()],
    async add(setup: LineSetup) {
      if (refused.has(setup.port)) throw new Error("refused");
      added.push(setup);
      open.set(setup.port, { setup } as LineView);
      await opening.until;
      return { setup } as LineView;
    },
    async remove(port: string) {
      if (refused.has(port)) throw new Error("refused");
      open.delete(port);
    },
  } as unknown as SerialLines;
  const error = vi.fn();
  const kept = keepLines({ lines, settings, log: { ...silentLogger, error } });
  return { stored, added, refused, opening, error, kept };
}

const whole: LineSetup = { port: "a", settings: usualSettings, framing: "slip", identity: "CP1", ocpp: "2.1" };
const plain: LineSetup = { port: "b", settings: usualSettings, framing: "auto" };

test("a line is kept until it is closed, each port once, and there again after a restart", async () => {
  const first = bench();
  expect(await first.kept.open(whole)).toEqual({ setup: whole });
  await first.kept.open(plain);
  await first.kept.open({ ...plain, framing: "cobs" });
  const rows = [
    { port: "a", ...usualSettings, framing: "slip", identity: "CP1", ocpp: "2.1" },
    { port: "b", ...usualSettings, framing: "cobs" },
  ];
  expect(first.stored).toEqual({ "serial-lines": rows });
  const second = bench(first.stored);
  second.kept.restore([]);
  expect(second.added).toEqual([whole, { ...plain, framing: "cobs" }]);
  await second.kept.close("a");
  expect(second.stored).toEqual({ "serial-lines": [rows[1]] });
});

test("one that is closed while its port is being opened is not there again after a restart", async () => {
  const { kept, stored, opening } = bench();
  const gate = Promise.withResolvers<void>();
  opening.until = gate.promise;
  const opened = kept.open(plain);
  await kept.close("b");
  gate.resolve();
  await opened;
  expect(stored).toEqual({ "serial-lines": [] });
});

test("what is refused is not kept, what cannot be closed stays, and a damaged one is left out", async () => {
  const { kept, refused, stored, added, error } = bench({ "serial-lines": [{ port: "c", framing: "morse" }] });
  await kept.open(plain);
  refused.add("b").add("a");
  await expect(kept.open(whole)).rejects.toThrow("refused");
  await expect(kept.close("b")).rejects.toThrow("refused");
  expect(stored["serial-lines"]).toMatchObject([{ port: "b" }]);
  const named = { ...plain, port: "n" };
  kept.restore([named]);
  await expect.poll(() => error).toHaveBeenCalledWith("b is no line", { error: new Error("refused") });
  expect(added).toEqual([plain, named]);
  expect(stored["serial-lines"]).toMatchObject([{ port: "b" }]);
});

test("one that is named at the start goes before a kept one on its port", () => {
  const { kept, added } = bench({ "serial-lines": [{ port: "b" }, { port: "a" }] });
  kept.restore([{ ...plain, identity: "NAMED" }]);
  expect(added.map(({ port, identity }) => [port, identity])).toEqual([
    ["b", "NAMED"],
    ["a", undefined],
  ]);
});
