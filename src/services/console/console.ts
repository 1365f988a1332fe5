import type { Clock, Timer } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { redact } from "../../redaction/redact.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type {
  ConsoleEntry,
  ConsoleSetup,
  ConsoleSignals,
  ConsoleView,
  FilePiece,
} from "../../station/serial/console.ts";
import type { ConsolePiece } from "../../store/kept/console.ts";
import type { OpenPort, OpenSerial } from "../../transports/serial/port.ts";
import type { Adapter } from "../../transports/serial/ports/adapter.ts";
import { frameText } from "../../transports/serial/settings.ts";
import { type ConsoleBook, toEntry, toldData } from "./book.ts";
import { ConsoleReader, type Recognised } from "./heard/reading.ts";

export type ConsoleOptions = {
  setup: ConsoleSetup;
  open: OpenSerial;
  adapter: Adapter;
  book: ConsoleBook;
  /** Puts what was recognised in what is on record now among the entries of the station, before it is told. */
  heard: (recognised: readonly Recognised[]) => void;
  /** What is on record now, in order. */
  told: (entries: readonly ConsoleEntry[]) => void;
  changed: () => void;
  clock: Clock;
  log: Logger;
};

const retryMs = 1000;
/** What comes within so long of the last piece is one piece with what follows: fifty a second at most. */
const gatherMs = 20;
/** A piece of this length is put on record at once, bytes. */
const longestPiece = 64 * 1024;
/** Bytes that may wait to be sent: more is refused, as a far end that takes nothing would let it grow for ever. */
const mostUnsent = 256 * 1024;
/** How long the far end may take to take what is sent, milliseconds. */
const longestSendMs = 15_000;

/** A console: opened, read, written, all of it on record before it is shown, and taken up again when its adapter comes back. */
export class Console implements Disposable {
  readonly #options: ConsoleOptions;
  #port: OpenPort | null = null;
  #path: string;
  #retry: Timer | null = null;
  #gather: Timer | null = null;
  /** Lets a break that is being held go on at once. */
  #letGo: (() => void) | null = null;
  #breaking: Promise<void> | null = null;
  #waiting: ConsolePiece[] = [];
  #waitingBytes = 0;
  #heard: Recognised[] = [];
  #keptAt = Number.NEGATIVE_INFINITY;
  #unsent = 0;
  #over = false;
  #wasOpen = false;
  #trouble: Words | undefined;
  #unrecorded: Words | undefined;
  #since: number;
  #state: ConsoleView["state"] = "trouble";
  #signals: ConsoleSignals | undefined;
  readonly #reader = new ConsoleReader();
  readonly #counts = { received: 0, sent: 0 };

  constructor(options: ConsoleOptions) {
    this.#options = options;
    this.#path = options.setup.port;
    this.#since = options.clock.now();
  }

  /** The console as it stands. */
  view(): ConsoleView {
    const view: ConsoleView = {
      setup: this.#options.setup,
      path: this.#path,
      state: this.#unrecorded ? "unrecorded" : this.#stateNow(),
      since: this.#since,
      counts: { ...this.#counts },
    };
    const trouble = this.#unrecorded ?? (this.#port ? undefined : this.#trouble);
    if (trouble) view.trouble = trouble;
    if (this.#signals) view.signals = this.#signals;
    if (this.#port && !this.#port.signal) view.plain = true;
    return view;
  }

  /** Opens the port, and goes on trying until it can be. Never rejects. */
  async start(): Promise<void> {
    const { open, adapter, setup, clock } = this.#options;
    this.#retry = null;
    try {
      const path = this.#wasOpen ? await adapter.find(this.#path) : this.#path;
      const port = path === null || this.#over ? null : await open(path, setup.settings);
      if (port && this.#over) await port.dispose();
      else if (port) return this.#opened(port);
    } catch (error) {
      this.#turn(whyOf(error));
    }
    if (!this.#over) this.#retry = clock.after(retryMs, () => void this.start());
  }

  /** Sends bytes; resolves when the system has taken them.
   * @param by who: the lines of a file, and what a profile asks round after round, are no news
   * @throws FailureError unavailable while the port is away, or takes nothing */
  async send(bytes: Uint8Array, by: "person" | "file" | "profile" = "person"): Promise<void> {
    const port = this.#open();
    if (this.#unsent + bytes.length > mostUnsent) throw this.#takesNothing();
    this.#keep();
    const piece = this.#add("out", bytes);
    const typed = by === "person" ? this.#reader.typed(bytes, piece.at) : [];
    this.#heard.push(...typed);
    this.#keep();
    if (this.#unrecorded) {
      // What is not on record is not sent, and not told as sent later.
      this.#waiting = this.#waiting.filter((one) => one !== piece);
      this.#heard = this.#heard.filter((one) => !typed.includes(one));
      throw failure("unavailable", this.#unrecorded);
    }
    this.#unsent += bytes.length;
    const late = Promise.withResolvers<"late">();
    const timer = this.#options.clock.after(longestSendMs, () => late.resolve("late"));
    const written = port.write(bytes).finally(() => {
      if (this.#port === port) this.#unsent -= bytes.length;
    });
    written.catch(() => undefined);
    try {
      if ((await Promise.race([written, late.promise])) === "late") throw this.#takesNothing();
    } catch (error) {
      // It is on record as sent.
      this.#note(words("console-unsent", { bytes: bytes.length }));
      throw error;
    } finally {
      timer.stop();
    }
    this.#counts.sent += bytes.length;
    this.#options.changed();
  }

  /** Sends a piece of a file, and tells where that begins and ends.
   * @throws FailureError as `send` */
  async sendFile(bytes: Uint8Array, { name, size, at, stopped }: FilePiece): Promise<void> {
    if (stopped) return this.#note(words("console-file-stopped", { name, sent: at, size }));
    this.#open();
    if (at === 0) this.#note(words("console-file-begun", { name, size }));
    try {
      await this.send(bytes, "file");
    } catch (error) {
      this.#note(words("console-file-stopped", { name, sent: at, size }));
      throw error;
    }
    if (at + bytes.length >= size) this.#note(words("console-file-sent", { name, size }));
  }

  /** Sets DTR, RTS or both by hand; the one that is not named stays as it is known to be.
   * @throws FailureError unavailable */
  async signal(wanted: Partial<ConsoleSignals>): Promise<void> {
    const port = this.#open();
    // A system sets both when it opens a port.
    const next = { ...(this.#signals ?? { dtr: true, rts: true }), ...wanted };
    await this.#set(port, { ...next, held: false });
    // One that is back meanwhile knows nothing of it.
    if (this.#port !== port) throw this.#away();
    this.#signals = next;
    this.#note(words("console-signals", { dtr: onOff(next.dtr), rts: onOff(next.rts) }));
    this.#options.changed();
  }

  /** Holds the line in a break for so long, milliseconds.
   * @throws FailureError unavailable */
  async sendBreak(ms: number): Promise<void> {
    this.#breaking = this.#breakOn(this.#open(), ms);
    await this.#breaking;
  }

  /** Closes the port; what came is on record. */
  async dispose(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#retry?.stop();
    const port = this.#port;
    this.#port = null;
    this.#letGo?.();
    await this.#breaking?.catch(() => undefined);
    await port?.dispose();
    if (port) this.#note(words("console-closed"));
    this.#keep();
    this.#gather?.stop();
  }

  #open(): OpenPort {
    const port = this.#port;
    if (port?.isOpen) return port;
    throw this.#away();
  }

  #away() {
    return failure("unavailable", this.#trouble ?? words("port-closed", { port: this.#path }));
  }

  async #breakOn(port: OpenPort, ms: number): Promise<void> {
    const signals = this.#signals ?? { dtr: true, rts: true };
    await this.#set(port, { ...signals, held: true });
    await this.#hold(ms);
    if (port.isOpen) await this.#set(port, { ...signals, held: false });
    if (this.#port !== port) throw this.#away();
    this.#note(words("console-break", { ms }));
  }

  /** Waits so long, milliseconds, or until the port is away. */
  async #hold(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.after(ms, resolve);
      this.#letGo = () => {
        timer.stop();
        resolve();
      };
    });
    this.#letGo = null;
  }

  #takesNothing() {
    return failure("unavailable", words("console-takes-nothing", { port: this.#path }));
  }

  async #set(port: OpenPort, signals: ConsoleSignals & { held: boolean }): Promise<void> {
    if (!port.signal) throw failure("unavailable", words("console-no-signals", { port: this.#path }));
    await port.signal(signals);
  }

  #opened(port: OpenPort): void {
    const { adapter, setup } = this.#options;
    this.#port = port;
    this.#path = port.path;
    this.#wasOpen = true;
    this.#signals = undefined;
    this.#unsent = 0;
    adapter.opened(port.path);
    const { baudRate } = setup.settings;
    const as = { port: port.path, baud: baudRate, frame: frameText(setup.settings) };
    // What passes bytes alone knows no speed.
    this.#note(port.signal ? words("console-opened", as) : words("console-opened-plain", { port: port.path }));
    port.listen({
      data: (bytes) => {
        this.#counts.received += bytes.length;
        const { at } = this.#add("in", bytes);
        this.#addRecognised(this.#reader.push(bytes, at));
        this.#soon();
      },
      closed: (why) => this.#unplugged(why),
    });
    this.#turn(undefined);
  }

  #unplugged(why: Words): void {
    this.#port = null;
    this.#letGo?.();
    this.#signals = undefined;
    this.#addRecognised(this.#reader.end(this.#options.clock.now()));
    this.#note(why);
    this.#turn(why);
    if (!this.#over) this.#retry = this.#options.clock.after(retryMs, () => void this.start());
  }

  #stateNow(): ConsoleView["state"] {
    if (this.#port) return "open";
    return this.#wasOpen ? "unplugged" : "trouble";
  }

  #turn(trouble: Words | undefined): void {
    this.#trouble = trouble;
    const state = this.#stateNow();
    // Each try that fails tells why anew; it is away since it went all the same.
    if (state !== this.#state) this.#since = this.#options.clock.now();
    this.#state = state;
    this.#options.changed();
  }

  #note(note: Words): void {
    const { at } = this.#add("note", toldData(note));
    this.#heard.push({ at, note });
    this.#keep();
  }

  #add(kind: ConsolePiece["kind"], data: Uint8Array, at = this.#options.clock.now()): ConsolePiece {
    const { setup } = this.#options;
    const piece = { port: setup.port, station: setup.station ?? null, at, kind, data };
    this.#waiting.push(piece);
    this.#waitingBytes += data.length;
    return piece;
  }

  #addRecognised(recognised: readonly Recognised[]): void {
    for (const one of recognised) {
      if ("sign" in one) this.#add("sign", toldData(one.sign), one.at);
      else if ("note" in one) this.#add("note", toldData(one.note), one.at);
      else {
        const { answers, ...frame } = one.frame;
        this.#add("frame", toldData({ ...frame, text: redact(frame.text) }), one.at);
      }
    }
    this.#heard.push(...recognised);
  }

  #soon(): void {
    if (this.#gather && (this.#unrecorded || this.#waitingBytes < longestPiece)) return;
    const waited = this.#options.clock.monotonic() - this.#keptAt;
    if (waited >= gatherMs || this.#waitingBytes >= longestPiece) this.#keep();
    else
      this.#gather = this.#options.clock.after(gatherMs - waited, () => {
        this.#gather = null;
        this.#keep();
      });
  }

  /** Puts what waits on record, and tells it then. What cannot be put there is not shown, and nothing more is read. */
  #keep(): void {
    const { book, clock, log, heard, told, changed } = this.#options;
    if (this.#waiting.length === 0) return;
    const pieces = joined(this.#waiting);
    let entries: ConsoleEntry[];
    try {
      entries = book.add(pieces).map((id, at) => toEntry({ id, ...(pieces[at] as ConsolePiece) }));
    } catch (error) {
      if (!this.#unrecorded) log.error("a console cannot be put on record", { error });
      this.#unrecorded = words("console-unrecorded", { why: whyOf(error) });
      this.#port?.hold(true);
      changed();
      this.#gather ??= clock.after(retryMs, () => {
        this.#gather = null;
        this.#keep();
      });
      return;
    }
    this.#gather?.stop();
    this.#gather = null;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#keptAt = clock.monotonic();
    if (this.#heard.length > 0) heard(this.#heard.splice(0));
    if (this.#unrecorded) {
      this.#unrecorded = undefined;
      this.#port?.hold(false);
    }
    changed();
    told(entries);
  }
}

function onOff(on: boolean): Words {
  return words(on ? "signal-on" : "signal-off");
}

/** Pieces of one kind that follow one another, as one. */
function joined(pieces: readonly ConsolePiece[]): ConsolePiece[] {
  const result: ConsolePiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.kind === piece.kind && (piece.kind === "in" || piece.kind === "out"))
      result.splice(-1, 1, { ...last, data: Buffer.concat([last.data, piece.data]) });
    else result.push(piece);
  }
  return result;
}
