import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Timer } from "../../lib/clock.ts";
import { withoutHeaderSecrets, withoutUrlSecrets } from "../../redaction/text-secrets.ts";
import type { WebSocketVia } from "../../station/events.ts";
import { words } from "../../station/phrases.ts";
import { type CauseCode, causes } from "../../words/en/causes.ts";
import type { Admission, RefusalStatus } from "../admission.ts";
import { type Facts, type ListenMode, obstacle } from "../attempts/diagnose.ts";
import { handshakeFindings } from "../attempts/handshake-findings.ts";
import type { Try } from "../attempts/tracker.ts";
import { endsOf, plainAddress } from "../ends.ts";
import { readBasic, shownUser } from "../http/basic-credentials.ts";
import { pathOf, readIdentity } from "../http/identity.ts";
import { readable } from "../http/readable.ts";
import { type Head, headerOf, readHead } from "../http/request-head.ts";
import { maxHelloBytes, readClientHello } from "../tls/client-hello.ts";
import { clientCertificate } from "../tls/server.ts";
import type { ArrivalContext } from "./arrival-context.ts";
import { ArrivalTimeouts } from "./arrival-timeouts.ts";
import { accessRequestOf, openingOf } from "./connection-facts.ts";
import type { HalfOpen } from "./half-open.ts";
import { refusalText, tlsAlert } from "./refusals.ts";
import { offeredSubprotocols } from "./upgrade.ts";
import { closeWaitMs, SocketLink } from "./websocket-link.ts";

const startKept = 2048;

/** One connection from its first byte until it is a link, or gone. Every fact on the way goes to its attempt. */
export class Arrival implements HalfOpen {
  readonly #context: ArrivalContext;
  readonly #raw: Socket;
  readonly #try: Try;
  #socket: Duplex;
  #bytes: Buffer = Buffer.alloc(0);
  #need = 0;
  readonly #timeouts: ArrivalTimeouts;
  #goodbye: Timer | null = null;
  #over = false;
  #linked = false;
  readonly #onPlain = (chunk: Buffer) => this.#safely(() => this.#plain(chunk));
  readonly #onHead = (chunk: Buffer) => this.#safely(() => this.#head(chunk));

  constructor(context: ArrivalContext, mode: ListenMode, raw: Socket) {
    this.#context = context;
    this.#raw = raw;
    this.#socket = raw;
    this.#try = context.tracker.begin(endsOf(raw), mode, context.tls.ready);
    this.#timeouts = new ArrivalTimeouts(context.clock, {
      standstill: () => this.#try.learn({ waiting: true }),
      late: () => this.#timeUp(),
    });
    this.#timeouts.wait(context.times.silenceMs);
    context.halfOpen.add(this);
    raw.on("error", () => raw.destroy());
    raw.on("close", () => this.#closed());
    raw.on("end", () => this.#ended());
    raw.on("data", this.#onPlain);
  }

  crowdedOut(): void {
    this.#try.stop("crowded");
    this.#leave();
    this.#raw.destroy();
  }

  /** The context closes: whoever has not become a link is sent away. */
  close(): void {
    if (this.#linked) return;
    this.#try.stop("us");
    this.#leave();
    this.#raw.destroy();
  }

  /** A fault of ours over what came costs this connection, and no other. */
  #safely(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#context.log.bug("a connection could not be read", { error });
      this.#raw.destroy();
    }
  }

  #plain(chunk: Buffer): void {
    const { facts } = this.#try;
    this.#take(chunk);
    if (facts.opening === "nothing") this.#open();
    if (facts.opening === "other") this.#refuse("not-http");
    else if (facts.opening === "http") this.#readHead(chunk);
    else this.#readHello();
  }

  #open(): void {
    const { facts } = this.#try;
    this.#context.halfOpen.spoke(this);
    const opening = openingOf(this.#bytes);
    this.#try.learn({ opening });
    const { headMs, tlsMs } = this.#context.times;
    this.#rewait(facts.opening === "tls" ? tlsMs : headMs);
  }

  /** Looks into the ClientHello, and hands it on whole. */
  #readHello(): void {
    const blocked = obstacle(this.#try.facts);
    if (this.#bytes.length < this.#need && !blocked) return;
    const reading = readClientHello(this.#bytes);
    if (reading.state === "done") this.#try.learn({ hello: reading.hello });
    if (reading.state === "malformed") this.#try.learn({ helloProblem: reading.why });
    if (blocked) return this.#refuse(blocked.code);
    if (reading.state === "more" && this.#bytes.length < maxHelloBytes) {
      this.#need = reading.need;
      return;
    }
    this.#handshake();
  }

  #handshake(): void {
    const { tls } = this.#context;
    const { facts } = this.#try;
    const raw = this.#raw;
    const fits = tls.fits(facts.hello?.sni, facts.localAddress);
    if (fits !== undefined) this.#try.learn({ certificateFits: fits });
    raw.pause();
    raw.off("data", this.#onPlain);
    raw.unshift(this.#bytes);
    this.#bytes = Buffer.alloc(0);
    tls.secure(raw, {
      secured: (socket) => this.#secured(socket),
      failed: (error) => {
        if (this.#over) return;
        this.#try.learn({ tlsError: error });
        this.#stopped("station");
        raw.destroy();
      },
    });
  }

  #secured(socket: TLSSocket): void {
    socket.on("error", (error: Error) => {
      if (!this.#over && !this.#try.facts.head) this.#try.learn({ tlsError: error.message });
      socket.destroy();
    });
    if (this.#over) return void socket.destroy();
    this.#socket = socket;
    socket.on("close", () => this.#closed());
    socket.on("end", () => this.#ended());
    const shown = clientCertificate(socket);
    const result = { version: socket.getProtocol() ?? undefined, cipher: socket.getCipher()?.standardName };
    const details = shown ? { clientCertificate: shown.certificate, clientChain: shown.chain } : {};
    this.#try.learn({ secured: true }, { tls: { ...result, ...details } });
    this.#try.pass("tls");
    this.#rewait(this.#context.times.headMs);
    socket.on("data", this.#onHead);
  }

  #head(chunk: Buffer): void {
    this.#take(chunk);
    this.#readHead(chunk);
  }

  #readHead(chunk: Buffer): void {
    const { facts } = this.#try;
    // A head ends with a line, so that only what ends one is worth a look.
    const known = facts.head !== undefined;
    if (known && this.#bytes.length < this.#need && !chunk.includes(0x0a)) return;
    const reading = readHead(this.#bytes);
    this.#need = this.#bytes.length + 1024;
    this.#try.learn({ head: reading });
    if (reading.state === "more") return;
    if (reading.state === "done" && this.#context.uploads?.takes(reading.head.target)) return this.#handOver();
    if (reading.state === "done") {
      const { head } = reading;
      const headers = head.headers.map(([name, value]): [string, string] => [name, withoutHeaderSecrets(name, value)]);
      this.#try.learn({}, { http: { line: withoutUrlSecrets(readable(head.line)), headers } });
      this.#try.pass("http");
    }
    const blocked = obstacle(facts);
    if (blocked && causes[blocked.code].stage === "identity") this.#try.pass("upgrade");
    if (blocked) this.#refuse(blocked.code);
    else if (reading.state === "done") void this.#accessRequest(reading.head);
  }

  /** It is no link but a file that a station was asked for: another takes it in, and tells of it. */
  #handOver(): void {
    const socket = this.#socket;
    this.#leave();
    this.#linked = true;
    this.#try.discard();
    socket.pause();
    socket.off("data", this.#onPlain);
    socket.off("data", this.#onHead);
    // The rest of the answer goes out also to one that has said all it has to say.
    this.#raw.allowHalfOpen = true;
    socket.unshift(this.#bytes);
    this.#bytes = Buffer.alloc(0);
    this.#context.uploads?.take(socket);
  }

  async #accessRequest(head: Head): Promise<void> {
    const { accessControl, log, room } = this.#context;
    this.#timeouts.dispose();
    this.#socket.pause();
    this.#socket.off("data", this.#raw === this.#socket ? this.#onPlain : this.#onHead);
    const identity = readIdentity(pathOf(head.target)) ?? "";
    // It goes on record and is shown; some put a password into it.
    const path = withoutUrlSecrets(pathOf(head.target));
    const remoteAddress = plainAddress(this.#raw.remoteAddress);
    const basic = readBasic(headerOf(head, "authorization"));
    const offered = offeredSubprotocols(head);
    this.#try.pass("upgrade");
    const credentials = basic
      ? { user: shownUser(basic, identity), form: basic.form }
      : { user: "", form: "none" as const };
    this.#try.learn({ offered }, { identity, credentials });
    this.#try.pass("identity");
    let admission: Admission;
    try {
      admission =
        this.#noRoom(identity, remoteAddress) ??
        (await accessControl.admit(
          accessRequestOf(this.#try.facts, this.#socket, {
            identity,
            path,
            remoteAddress,
            credentials: basic,
            offered,
          }),
        ));
    } catch (error) {
      log.bug("the access control failed", { error });
      admission = { allow: false, status: 503, causes: [] };
    }
    if (this.#over) return;
    if (admission.allow && room.full(remoteAddress)) {
      // Many were let in meanwhile. Who comes back takes its own place.
      const refused = this.#noRoom(identity, remoteAddress);
      if (refused) admission = refused;
      else this.#context.linkOf(identity)?.cut("replaced");
    }
    this.#try.learn({ admission });
    if (!admission.allow) return this.#refuse(admission.status);
    this.#try.pass("credentials");
    this.#upgrade(head, identity, { path, remoteAddress, offered, securityProfile: admission.securityProfile });
  }

  /** The refusal of one for whom there is no room; null where there is, or where it has a place already. */
  #noRoom(identity: string, remoteAddress: string): Admission | null {
    const full = this.#context.room.full(remoteAddress);
    if (!full || this.#context.linkOf(identity)) return null;
    const said = words(full.of === "all" ? "links-in-all" : "links-of-address", { count: full.count });
    return { allow: false, status: 503, causes: [{ code: "too-many-links", said }] };
  }

  #upgrade(
    head: Head,
    identity: string,
    as: Pick<WebSocketVia, "path" | "remoteAddress" | "offered" | "securityProfile">,
  ): void {
    const { handshake, clock, log, onLink, onGone, bounds, frameLimit } = this.#context;
    const { facts, id } = this.#try;
    const stream = this.#socket;
    const rest = this.#bytes.subarray(head.length);
    this.#bytes = Buffer.alloc(0);
    handshake.upgrade(head, this.#socket, rest, (ws) => {
      const subprotocol = ws.protocol === "" ? undefined : ws.protocol;
      this.#try.learn({ subprotocol });
      this.#try.pass("subprotocol");
      this.#try.pass("open");
      this.#leave();
      this.#linked = true;
      const link: SocketLink = new SocketLink(
        ws,
        {
          hello: {
            identity,
            via: {
              kind: "websocket",
              ...as,
              secure: facts.secured,
              subprotocol,
              userAgent: headerOf(head, "user-agent"),
              attempt: id,
              ...(ws.extensions === "" ? {} : { compressed: true }),
            },
          },
          authorization: headerOf(head, "authorization"),
          password: facts.admission?.allow ? facts.admission.password : undefined,
          findings: handshakeFindings(facts),
          stream,
          bounds,
          frameLimit,
          log,
          watch: {
            heard: () => this.#try.pass("first-frame"),
            gone: (cause, said) => {
              this.#try.closed(cause, said);
              onGone(link);
            },
          },
        },
        clock,
      );
      onLink(link);
    });
  }

  /** Says why where the other end can hear it, and hangs up. */
  #refuse(reason: CauseCode | RefusalStatus): void {
    const { facts } = this.#try;
    const answer = facts.opening === "tls" && !facts.secured ? tlsAlert : refusalText(reason);
    const socket = this.#socket;
    this.#stopped("us");
    socket.off("data", this.#onPlain);
    socket.off("data", this.#onHead);
    // What still comes is drained, or the answer would be lost with a reset.
    socket.resume();
    if (answer === null) socket.end();
    else socket.end(answer);
    if (this.#raw.destroyed) return;
    this.#goodbye = this.#context.clock.after(closeWaitMs, () => this.#raw.destroy());
    this.#context.halfOpen.add(this);
  }

  #timeUp(): void {
    const { facts } = this.#try;
    this.#try.learn({ end: "time" });
    const blocked = obstacle(facts);
    if (blocked?.code === "slow-head") return this.#refuse("slow-head");
    this.#stopped("time");
    this.#raw.destroy();
  }

  /** The other end will say no more; our side ends with it. */
  #ended(): void {
    if (!this.#over) this.#stopped("station");
  }

  #closed(): void {
    if (!this.#over) this.#stopped("station");
    this.#goodbye?.stop();
    this.#context.halfOpen.remove(this);
  }

  #stopped(end: NonNullable<Facts["end"]>): void {
    this.#try.stop(end);
    this.#leave();
  }

  /** From here on it is a link's or nobody's. */
  #leave(): void {
    this.#over = true;
    this.#timeouts.dispose();
    this.#context.halfOpen.remove(this);
  }

  #take(chunk: Buffer): void {
    const { facts } = this.#try;
    // What is said inside TLS takes the place of the hello, which was read already.
    const kept = facts.secured && this.#bytes.length === 0 ? new Uint8Array() : facts.start;
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const missing = startKept - kept.length;
    const start = missing > 0 ? Buffer.concat([kept, chunk.subarray(0, missing)]) : kept;
    this.#try.learn({ bytes: facts.bytes + chunk.length, start });
  }

  /** The next step is to be made within so many milliseconds. */
  #rewait(ms: number): void {
    if (this.#try.facts.waiting) this.#try.learn({ waiting: false });
    this.#timeouts.wait(ms);
  }
}
