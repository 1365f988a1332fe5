import type { Clock } from "../../../lib/clock.ts";
import type { Disposable } from "../../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../../lib/emitter.ts";
import type { Logger } from "../../../lib/logger.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { LineSetup, LineView } from "../../../station/serial/lines.ts";
import type { PortsReport } from "../../../station/serial/ports.ts";
import type { Link } from "../../link.ts";
import type { OpenSerial } from "../port.ts";
import { adapterOf } from "../ports/adapter.ts";
import { type Introduced, type Remembered, SerialLine } from "./serial-line.ts";

export type SerialLinesOptions = {
  open: OpenSerial;
  /** The ports of this laptop now. */
  look: () => Promise<PortsReport>;
  introduce: (text: string, identity: string | undefined) => Introduced;
  remembered: (port: string) => Remembered | null;
  quietSeconds: (identity: string) => number;
  frameLimit: () => number;
  onLink: (link: Link) => void;
  clock: Clock;
  log: Logger;
};

/** The serial lines that OCPP is spoken over. */
export type SerialLines = Disposable & {
  readonly changed: Emitter<void>;
  list(): LineView[];
  /** Opens a line, and keeps at it: one that cannot be opened now is tried again.
   * @throws FailureError conflict when the port is a line already, or another has the identity */
  add(setup: LineSetup): Promise<LineView>;
  /** Says goodbye and closes it.
   * @throws FailureError not-found */
  remove(port: string): Promise<void>;
};

const mostLines = 64;

/** Makes what keeps lines; none is there at first. */
export function createSerialLines(options: SerialLinesOptions): SerialLines {
  const lines = new Map<string, SerialLine>();
  const changed = createEmitter<void>(options.log);

  function check({ port, identity }: LineSetup): void {
    if (lines.has(port)) throw failure("conflict", words("line-open", { port }));
    if (lines.size >= mostLines) throw failure("conflict", words("line-too-many", { most: mostLines }));
    const other = [...lines.values()].map((line) => line.view().setup).find((one) => one.identity === identity);
    if (identity !== undefined && other)
      throw failure("conflict", words("line-identity", { identity, port: other.port }));
  }
  return {
    changed,
    list: () => [...lines.values()].map((line) => line.view()),
    async add(setup) {
      check(setup);
      const adapter = adapterOf(options.look);
      const line = new SerialLine({ ...options, setup, adapter, changed: () => changed.emit() });
      lines.set(setup.port, line);
      changed.emit();
      await line.start();
      return line.view();
    },
    async remove(port) {
      const line = lines.get(port);
      if (!line) throw failure("not-found", words("line-unknown", { port }));
      lines.delete(port);
      changed.emit();
      await line.dispose();
    },
    async dispose() {
      await Promise.all([...lines.values()].map((line) => line.dispose()));
    },
  };
}
