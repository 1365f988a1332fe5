import type { Clock, Timer } from "../../lib/clock.ts";
import type { LineFraming } from "../../station/model.ts";
import { english } from "../../station/phrases.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import { codecs } from "../../transports/serial/framing/codecs.ts";
import { type Recogniser, recognise } from "../../transports/serial/framing/recognise.ts";
import { leavePort } from "../../transports/serial/leave-port.ts";
import { readControl, writeControl } from "../../transports/serial/line/control.ts";
import type { OpenPort, OpenSerial } from "../../transports/serial/port.ts";
import type { Link } from "./link.ts";

/** The port that a virtual station speaks over, in place of a socket. */
export type SerialPlace = { port: string; settings: SerialSettings; framing: LineFraming; open: OpenSerial };

export type SerialLinkOptions = SerialPlace & {
  identity: string;
  subprotocol: string;
  /** Real time: a line does not run faster because a station does. */
  clock: Clock;
  onUp(): void;
  onText(text: string): void;
  onDown(): void;
  log(line: string): void;
};

const helloMs = 2000;
const retryMs = 2000;
/** What was said and has no answer for so long is said to nobody: shorter than a request waits for its answer. */
const unheardMs = 20_000;
const longestMessage = 1024 * 1024;

async function closed(port: OpenPort, abrupt: boolean): Promise<void> {
  if (abrupt) await port.dispose();
  else await leavePort(port);
}

/** The station's end of a serial line: says hello until it is greeted, and again when nobody answers any more. Knows no OCPP. */
export function createSerialLink(options: SerialLinkOptions): Link {
  const { clock, log } = options;
  let wanted = false;
  let up = false;
  let trouble = "";
  let opening = false;
  let port: OpenPort | null = null;
  let reader: Recogniser | null = null;
  let hello: Timer | null = null;
  let unheardSince: number | null = null;
  let closing: Promise<void> = Promise.resolve();

  function write(data: Uint8Array): void {
    if (!port || !reader) return;
    port.write(codecs[options.framing].encode(data, reader.checks)).catch(() => undefined);
  }
  function greet(): void {
    hello?.stop();
    hello = null;
    if (!wanted || !port || up) return;
    const { identity, subprotocol } = options;
    write(writeControl({ kind: "hello", identity, subprotocols: [subprotocol], software: "Plugside virtual station" }));
    hello = clock.after(helloMs, greet);
  }
  async function dial(): Promise<void> {
    if (!wanted || port || opening) return;
    opening = true;
    try {
      await closing;
      const opened = await options.open(options.port, options.settings);
      if (!wanted) return void (await opened.dispose());
      port = opened;
      trouble = "";
      reader = recognise(options.framing, longestMessage);
      opened.listen({ data, closed: (why) => lose(english(why)) });
      greet();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // It is tried again and again; why it fails is told once.
      if (why !== trouble) log(`link: ${why}`);
      trouble = why;
      if (wanted) hello = clock.after(retryMs, () => void dial());
    } finally {
      opening = false;
    }
  }
  function data(bytes: Uint8Array): void {
    for (const piece of reader?.push(bytes) ?? []) {
      if (piece.kind === "damaged") log(`link: ${piece.count} bytes are damaged (${piece.why})`);
      else take(piece.data);
    }
  }
  function take(message: Uint8Array): void {
    unheardSince = null;
    const control = readControl(message);
    if (control?.kind === "close") {
      if (up) down();
      hello?.stop();
      hello = clock.after(helloMs, greet);
    } else if (control?.kind === "hello" && control.subprotocols.length === 0) {
      // The central system has begun anew, and knows of nobody.
      if (up) down();
      greet();
    } else if (control?.kind === "hello") {
      if (up) return;
      hello?.stop();
      up = true;
      options.onUp();
    } else if (up) options.onText(Buffer.from(message).toString("utf8"));
  }
  function down(): void {
    up = false;
    unheardSince = null;
    options.onDown();
  }
  function lose(why: string): void {
    log(`link: ${why}`);
    port = null;
    reader = null;
    if (up) down();
    hello?.stop();
    hello = wanted ? clock.after(retryMs, () => void dial()) : null;
  }
  function hangUp(abrupt: boolean): void {
    const leaving = port;
    if (!abrupt && leaving) write(writeControl({ kind: "close", code: 1000, reason: "" }));
    hello?.stop();
    hello = null;
    port = null;
    reader = null;
    if (leaving) closing = closed(leaving, abrupt);
    if (up) down();
  }
  const looking = clock.every(1000, () => {
    if (!up || unheardSince === null || clock.monotonic() - unheardSince < unheardMs) return;
    log("link: nobody answers");
    down();
    greet();
  });
  return {
    get up() {
      return up;
    },
    open() {
      wanted = true;
      void dial();
    },
    close(abrupt) {
      wanted = false;
      hangUp(abrupt);
    },
    redial() {
      hangUp(false);
      if (wanted) void dial();
    },
    send(text) {
      if (!up) return false;
      unheardSince ??= clock.monotonic();
      write(Buffer.from(text));
      return true;
    },
    async dispose() {
      wanted = false;
      looking.stop();
      hangUp(false);
      await closing;
    },
  };
}
