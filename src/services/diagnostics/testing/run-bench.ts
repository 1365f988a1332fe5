import { createManualClock } from "../../../lib/clock.ts";
import type { CommandOutcome, LogCommand } from "../../../station/commands.ts";
import { words } from "../../../station/phrases.ts";
import type { FileStore } from "../../../store/files/file-store.ts";
import type { Drop, ReceiverEvent } from "../../../transports/receivers/drop.ts";
import type { DiagnosticsRequest, UploadWay } from "../contract.ts";
import { usualWaits } from "../patience.ts";
import { type RequestBody, Run, type RunTools } from "../run.ts";

export const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
export const outcome = (result: string, more: object = {}) => ({ result, ...more }) as unknown as CommandOutcome;

/** A request, a station that answers what a test lets it, and doors that open unless they are locked. */
export function setUp(
  change: { request?: Partial<DiagnosticsRequest>; body?: Partial<RequestBody>; tools?: Partial<RunTools> } = {},
) {
  const clock = createManualClock(0);
  const asked: LogCommand[] = [];
  const answers: CommandOutcome[] = [];
  const doors: { way: UploadWay; port: number | undefined; drop: Drop; closed: boolean }[] = [];
  const locked = new Set<UploadWay>();
  const told: boolean[] = [];
  const kept: { id: number; bytes: number; state: string; sha256?: string }[] = [];
  const names: string[] = [];
  const files = {
    list: () => kept,
    room: () => 77,
    async keep(wish: { name: string; begun?: (id: number) => void }, chunks: AsyncIterable<Uint8Array>) {
      const id = kept.length + 1;
      names.push(wish.name);
      wish.begun?.(id);
      let bytes = 0;
      try {
        for await (const chunk of chunks) bytes += chunk.length;
      } catch (error) {
        kept.push({ id, bytes, state: "partial" });
        throw error;
      }
      kept.push({ id, bytes, state: "whole", sha256: "s" });
      return { id, bytes, sha256: "s", state: "whole" };
    },
    remove: () => undefined,
    change: () => undefined,
  } as unknown as FileStore;
  const request: DiagnosticsRequest = {
    id: 1,
    station: "CP1",
    kind: "diagnostics",
    protocol: "auto",
    at: 0,
    until: 1_800_000,
    rungs: [],
    files: [],
    ...change.request,
  };
  let number = 100;
  const tools: RunTools = {
    clock,
    waits: usualWaits,
    files,
    receivers: {
      async open(way, drop, port) {
        if (locked.has(way)) throw new Error("EACCES");
        const door = { way, port, drop, closed: false };
        doors.push(door);
        return {
          port: way === "http" || way === "https" ? null : 2121,
          ...(way === "sftp" && { said: words("tls-left") }),
          close: () => {
            door.closed = true;
          },
        };
      },
    },
    async ask(command) {
      asked.push(command);
      return answers.shift() ?? outcome("accepted", { frame: 7 });
    },
    reach: () => "connected",
    order: async () => ["http", "ftp"],
    ourEnd: () => ({ address: "192.0.2.1", port: 8887 }),
    newNumber: () => number++,
    changed: (keep) => void told.push(keep),
    ...change.tools,
  };
  const run = new Run({ request, ...change.body }, tools);
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turn();
  };
  const results = () => run.body.request.rungs.map(({ protocol, result }) => `${protocol} ${result}`);
  const seen = (type: ReceiverEvent["type"], protocol: UploadWay = "http", more = {}) =>
    run.seen({ type, protocol, from: "192.0.2.7", ...more } as ReceiverEvent);
  return { run, request, clock, asked, answers, doors, locked, told, names, pass, results, seen };
}

export const send = (drop: Drop | undefined, text: string, name = "a.log") =>
  drop?.receive({
    protocol: "http",
    name,
    offset: 0,
    from: "192.0.2.7",
    chunks: (async function* () {
      yield Buffer.from(text);
    })(),
  });

/** What arrives and is cut off. */
export const broken = (drop: Drop | undefined, text: string, name = "a.log", protocol: UploadWay = "http") =>
  drop
    ?.receive({
      protocol,
      name,
      offset: 0,
      from: "192.0.2.7",
      chunks: (async function* () {
        yield Buffer.from(text);
        throw new Error("cut");
      })(),
    })
    .catch(() => undefined);
