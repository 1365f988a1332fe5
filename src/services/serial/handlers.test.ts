import { expect, test, vi } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import type { LineSetup } from "../../station/serial/lines.ts";
import type { PortsReport } from "../../station/serial/ports.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { watch } from "../testing/open-services.ts";
import { type SerialParts, serialHandlers } from "./handlers.ts";

const report: PortsReport = { ports: [], networks: [] };

function setUp() {
  const plugged = createEmitter<PortsReport>(silentLogger);
  const changed = createEmitter<void>(silentLogger);
  const views: object[] = [{ path: "a" }];
  const look = vi.fn(async () => report);
  const dispose = vi.fn(async () => undefined);
  const open = vi.fn(async () => ({ dispose }));
  const kept = { open: vi.fn(async (setup: LineSetup) => ({ setup })), close: vi.fn(async () => undefined) };
  const handlers = serialHandlers({
    isConsole: (port: string) => port === "console",
    ports: { last: null, look, watch: (push: (ports: PortsReport) => void) => plugged.on(push) },
    open,
    lines: { changed, list: () => [...views] },
    kept,
  } as unknown as SerialParts);
  return { handlers, plugged, changed, views, look, open, dispose, kept };
}

test("ports are looked at when somebody begins to watch, and told as they come and go", async () => {
  const { handlers, plugged, look } = setUp();
  const { snapshot, told, close } = watch(handlers["serial.ports"], {});
  expect([snapshot, look.mock.calls.length]).toEqual([null, 1]);
  plugged.emit(report);
  close();
  plugged.emit(report);
  expect(told).toEqual([report]);
  expect(await handlers["serial.list"]({})).toEqual(report);
});

test("a port that is tried is opened as it was asked for, and closed", async () => {
  const { handlers, open, dispose } = setUp();
  expect(await handlers["serial.tryPort"]({ port: "p", ...usualSettings, baudRate: 9600 })).toEqual({ ok: true });
  expect(open.mock.calls).toEqual([["p", { ...usualSettings, baudRate: 9600 }]]);
  expect(dispose).toHaveBeenCalledTimes(1);
});

test("lines are told as they stand, opened, and closed; a console is no line", async () => {
  const { handlers, changed, views, kept } = setUp();
  const { snapshot, told, close } = watch(handlers["serial.lines"], {});
  views.push({ path: "b" });
  changed.emit();
  close();
  changed.emit();
  expect([snapshot, told]).toEqual([[{ path: "a" }], [[{ path: "a" }, { path: "b" }]]]);
  const asked = { ...usualSettings, framing: "slip" as const, identity: "CP1", ocpp: "1.6" as const };
  const setup = { settings: usualSettings, framing: "slip", identity: "CP1", ocpp: "1.6" };
  expect(await handlers["serial.openLine"]({ port: "p", ...asked })).toEqual({ setup: { port: "p", ...setup } });
  expect(() => handlers["serial.openLine"]({ port: "console", ...asked })).toThrow(
    expect.objectContaining({ code: "conflict", words: words("console-open", { port: "console" }) }),
  );
  expect(await handlers["serial.closeLine"]({ port: "p" })).toBeNull();
  expect([kept.open.mock.calls.length, kept.close.mock.calls]).toEqual([1, [["p"]]]);
});
