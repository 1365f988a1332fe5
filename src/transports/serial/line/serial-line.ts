import type { Clock, Timer } from "../../../lib/clock.ts";
import type { Disposable } from "../../../lib/disposable.ts";
import type { Logger } from "../../../lib/logger.ts";
import type { Words } from "../../../lib/words.ts";
import { mostUnsentBytes } from "../../../station/bounds.ts";
import { whyOf } from "../../../station/failure.ts";
import type { LineFraming } from "../../../station/model.ts";
import { closingText } from "../../../station/phrases.ts";
import type { LineSetup, LineView } from "../../../station/serial/lines.ts";
import type { Link, Spoilt } from "../../link.ts";
import { codecs } from "../framing/codecs.ts";
import type { Piece } from "../framing/framing.ts";
import { type Recogniser, recognise } from "../framing/recognise.ts";
import { leavePort } from "../leave-port.ts";
import type { OpenPort, OpenSerial } from "../port.ts";
import type { Adapter } from "../ports/adapter.ts";
import { endOfPort, frameText } from "../settings.ts";
import { type Control, readControl, writeControl } from "./control.ts";
import { LineLink } from "./line-link.ts";
import { Stretches } from "./stretches.ts";

/** Who a station is, and what it speaks, by its first message. */
export type Introduced = { identity?: string; subprotocol: string };

/** Who was on a port before. */
export type Remembered = { identity: string; framing: LineFraming };

export type SerialLineOptions = {
  setup: LineSetup;
  open: OpenSerial;
  adapter: Adapter;
  /** What a first message tells of a station.
   * @param identity where it is known already */
  introduce: (text: string, identity: string | undefined) => Introduced;
  /** Who was last on a port, and how it spoke, by the record. */
  remembered: (port: string) => Remembered | null;
  /** How long a station may be silent, seconds. */
  quietSeconds: (identity: string) => number;
  /** The largest message, bytes; asked at each opening. */
  frameLimit: () => number;
  onLink: (link: Link) => void;
  changed: () => void;
  clock: Clock;
  log: Logger;
};

const retryMs = 1000;
const lookMs = 500;
/** What is begun and not gone on with for so long is not gone on with at all. */
const idleMs = 1500;
const stretchMs = 1000;
/** Stretches that came before any station was known, and go on record with it. */
const mostEarly = 20;

/** A serial line that OCPP is spoken over: opened, read, and taken up again when its adapter comes back. */
export class SerialLine implements Disposable {
  readonly #options: SerialLineOptions;
  readonly #stretches = new Stretches();
  readonly #early: Spoilt[] = [];
  readonly #looking: Timer;
  #port: OpenPort | null = null;
  #reader: Recogniser | null = null;
  #link: LineLink | null = null;
  #path: string;
  #retry: Timer | null = null;
  #over = false;
  #introduced: Control | null = null;
  #unsent = 0;
  #heardAt = 0;
  #trouble: Words | undefined;
  #wasOpen = false;
  #since: number;
  #state: LineView["state"] = "trouble";
  readonly #counts = { frames: 0, damaged: 0, damagedBytes: 0, text: 0 };

  constructor(options: SerialLineOptions) {
    this.#options = options;
    this.#path = options.setup.port;
    this.#since = options.clock.now();
    this.#looking = options.clock.every(lookMs, () => this.#look());
  }

  /** The line as it stands. */
  view(): LineView {
    const { setup } = this.#options;
    const view: LineView = {
      setup,
      path: this.#path,
      state: this.#stateNow(),
      since: this.#since,
      counts: { ...this.#counts },
    };
    const framing = this.#reader?.framing;
    if (framing) view.framing = framing;
    if (this.#link) view.identity = this.#link.hello.identity;
    if (!this.#port && this.#trouble) view.trouble = this.#trouble;
    return view;
  }

  /** Opens the port, and goes on trying until it can be. Never rejects.
   * @returns whether it is open */
  async start(): Promise<boolean> {
    const { open, adapter, setup, clock, frameLimit } = this.#options;
    this.#retry = null;
    try {
      const path = this.#wasOpen ? await adapter.find(this.#path) : this.#path;
      const port = path === null ? null : await open(path, setup.settings);
      if (port && this.#over) await port.dispose();
      else if (port) {
        this.#path = port.path;
        this.#port = port;
        this.#wasOpen = true;
        adapter.opened(port.path);
        this.#reader = recognise(setup.framing, frameLimit());
        this.#heardAt = clock.monotonic();
        port.listen({ data: (bytes) => this.#data(bytes), closed: (why) => this.#unplugged(why) });
        this.#askWho();
        this.#turn(undefined);
        return true;
      }
    } catch (error) {
      this.#turn(whyOf(error));
    }
    if (!this.#over) this.#retry = clock.after(retryMs, () => void this.start());
    return false;
  }

  /** Asks a station that may think itself connected to say hello: it cannot know that we began anew. */
  #askWho(): void {
    const { setup, remembered } = this.#options;
    const framing = setup.framing === "auto" ? remembered(setup.port)?.framing : setup.framing;
    const data = writeControl({ kind: "hello", subprotocols: [] });
    if (framing) this.#port?.write(codecs[framing].encode(data, true)).catch(() => undefined);
  }

  /** Says goodbye and closes the port. */
  async dispose(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#looking.stop();
    this.#retry?.stop();
    this.#take(this.#reader?.flush() ?? []);
    this.#tellStretch();
    this.#link?.close(1001, closingText("close-shutdown"), "shutdown");
    const port = this.#port;
    this.#port = null;
    if (port) await leavePort(port);
  }

  #stateNow(): LineView["state"] {
    if (this.#link) return "online";
    if (this.#port) return "listening";
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

  #unplugged(why: Words): void {
    this.#take(this.#reader?.flush() ?? []);
    this.#tellStretch();
    this.#port = null;
    this.#reader = null;
    this.#introduced = null;
    this.#unsent = 0;
    this.#link?.end(1006, "", endOfPort(this.#path));
    this.#turn(why);
    // Pulled out as it says goodbye.
    if (this.#over) return;
    this.#retry = this.#options.clock.after(retryMs, () => void this.start());
  }

  #data(bytes: Uint8Array): void {
    this.#heardAt = this.#options.clock.monotonic();
    this.#take(this.#reader?.push(bytes) ?? []);
  }

  #take(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      if (piece.kind === "damaged") this.#stretches.add(piece, this.#options.clock.monotonic());
      else {
        this.#tellStretch();
        this.#counts.frames++;
        this.#message(piece.data);
      }
    }
  }

  #message(data: Uint8Array): void {
    const control = readControl(data);
    if (control?.kind === "hello") return this.#hello(control);
    if (control?.kind === "close") return this.#link?.end(control.code, control.reason, "station");
    this.#link ??= this.#begin(Buffer.from(data).toString("utf8"));
    this.#link.message(data);
  }

  /** A station that says hello in the middle has begun anew: what was before is over. */
  #hello(hello: Extract<Control, { kind: "hello" }>): void {
    this.#link?.end(1006, "", "lost");
    this.#introduced = hello;
    this.#link = this.#begin("");
    const { subprotocol } = this.#link.hello.via;
    this.#write(writeControl({ kind: "hello", subprotocols: subprotocol ? [subprotocol] : [] }));
  }

  #begin(text: string): LineLink {
    const { setup, introduce, onLink } = this.#options;
    const said = this.#introduced?.kind === "hello" ? this.#introduced : null;
    const named = setup.identity ?? said?.identity;
    const before = this.#options.remembered(setup.port)?.identity;
    const guess = introduce(text, named ?? before);
    const offered = said?.subprotocols ?? [];
    const set = setup.ocpp && `ocpp${setup.ocpp}`;
    const subprotocol = set ?? offered[0] ?? guess.subprotocol;
    const link = new LineLink({
      identity: named ?? guess.identity ?? before ?? nameOfPort(setup.port),
      via: {
        kind: "serial",
        port: this.#path,
        baudRate: setup.settings.baudRate,
        frame: frameText(setup.settings),
        framing: this.#reader?.framing ?? "lines",
        offered: offered.length > 0 ? offered : [subprotocol],
        subprotocol,
        ...(said?.software && { userAgent: said.software }),
        ...(!set && offered.length === 0 && { guessed: true as const }),
      },
      write: (data) => this.#write(data),
      goodbye: (code, reason) => {
        if (this.#introduced) this.#write(writeControl({ kind: "close", code, reason }));
      },
      hold: (held) => this.#port?.hold(held),
      gone: (gone) => {
        if (this.#link !== gone) return;
        this.#link = null;
        this.#introduced = null;
        this.#turn(this.#trouble);
      },
    });
    this.#link = link;
    for (const spoilt of this.#early.splice(0)) link.spoilt(spoilt);
    this.#turn(undefined);
    onLink(link);
    return link;
  }

  #write(data: Uint8Array): boolean {
    const port = this.#port;
    const reader = this.#reader;
    if (!port?.isOpen || !reader) return false;
    if (this.#unsent + data.length > mostUnsentBytes / 16) {
      this.#link?.cut("not-reading");
      return false;
    }
    this.#unsent += data.length;
    const sent = () => {
      if (this.#port === port) this.#unsent -= data.length;
    };
    port.write(codecs[reader.framing ?? "lines"].encode(data, reader.checks)).then(sent, sent);
    return true;
  }

  #look(): void {
    const now = this.#options.clock.monotonic();
    if (this.#reader && now - this.#heardAt >= idleMs) this.#take(this.#reader.flush());
    if (this.#stretches.age(now) >= stretchMs) this.#tellStretch();
    const link = this.#link;
    if (!link) return;
    const quiet = this.#options.quietSeconds(link.hello.identity) * 1000;
    if (quiet > 0 && now - this.#heardAt >= quiet) link.end(1006, "", "silent");
  }

  #tellStretch(): void {
    const stretch = this.#stretches.take();
    if (!stretch) return;
    if (stretch.text) this.#counts.text++;
    else {
      this.#counts.damaged++;
      this.#counts.damagedBytes += stretch.bytes;
    }
    if (this.#link) this.#link.spoilt(stretch.spoilt);
    else {
      this.#early.push(stretch.spoilt);
      if (this.#early.length > mostEarly) this.#early.shift();
    }
    this.#options.changed();
  }
}

/** What a station is called that nobody has named. */
function nameOfPort(port: string): string {
  return `SERIAL-${port
    .replace(/^.*\/\//, "")
    .replace(/^.*[/\\]/, "")
    .replace(/[^A-Za-z0-9._-]/g, "-")}`.slice(0, 48);
}
