import { randomBytes } from "node:crypto";
import type { Clock, Timer } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import { readLogAnswer } from "../../ocpp/log-request.ts";
import type { CommandOutcome, LogCommand } from "../../station/commands.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { Drop, ReceiverEvent } from "../../transports/receivers/drop.ts";
import type { OpenDoor, Receivers } from "../../transports/receivers/receivers.ts";
import type { DiagnosticsRequest, Rung, RungResult, SeenLine, UploadWay, Verdict } from "./contract.ts";
import { createIntake, type Intake } from "./intake.ts";
import { lastWord, verdictOf } from "./last-word.ts";
import { patience, type Waits } from "./patience.ts";
import { seenWords } from "./seen.ts";
import { type UploadState, uploadState } from "./statuses.ts";

/** The login that is good for one request. */
export type Login = Pick<Drop, "user" | "password" | "path">;

/** A request as it is kept: with its login and its ports while it is open. */
export type RequestBody = {
  request: DiagnosticsRequest;
  login?: Login;
  order?: UploadWay[];
  ports?: Partial<Record<UploadWay, number>>;
};

/** What one run needs of the rest. */
export type RunTools = {
  clock: Clock;
  waits: Waits;
  files: FileStore;
  receivers: Pick<Receivers, "open">;
  /** Asks the station. */
  ask(command: LogCommand): Promise<CommandOutcome>;
  /** `without-ocpp`: it is read in another way, and has no log to send. */
  reach(): "connected" | "offline" | "without-ocpp";
  /** The protocols to try, in order. */
  order(): Promise<UploadWay[]>;
  /** Our own end of its connection: where it reaches us. */
  ourEnd(): { address: string; port: number };
  newNumber(): number;
  /** `kept`: it is worth storing. */
  changed(kept: boolean): void;
};

const mostLines = 100;

/** One request from its beginning to its last word. */
export class Run {
  body: RequestBody;
  readonly #tools: RunTools;
  readonly #intake: Intake;
  readonly #drop: Drop;
  readonly #doors = new Map<UploadWay, OpenDoor>();
  #timer: Timer | null = null;
  #deadline: Timer | null = null;
  /** The station has answered, or never will. */
  #answered = false;
  #unanswered = false;
  #told: UploadState = "idle";
  #reached = false;
  #over = false;

  constructor(body: RequestBody, tools: RunTools) {
    this.body = body;
    this.#tools = tools;
    const { request } = body;
    body.login ??= newLogin();
    this.#intake = createIntake({
      files: tools.files,
      station: request.station,
      came: request.files,
      unnamed: () => this.#rung?.fileName ?? `${request.kind}-${new Date(request.at).toISOString().slice(0, 10)}.log`,
      changed: (what) => this.#came(what),
    });
    const { receive, sizeOf, rename, room } = this.#intake;
    this.#drop = { ...body.login, receive, sizeOf, rename, room, onSeen: (event) => this.seen(event) };
    this.#watchTime();
  }

  get #rung(): Rung | undefined {
    return this.body.request.rungs.at(-1);
  }

  /** Goes up the ladder from its first rung. */
  async begin(): Promise<void> {
    const reach = this.#tools.reach();
    if (reach !== "connected") return this.end(reach === "offline" ? "offline" : "unsupported");
    const { protocol } = this.body.request;
    this.body.order = protocol === "auto" ? await this.#tools.order() : [protocol];
    if (!this.#over) await this.#climb();
  }

  /** Goes on where the last life of the core stopped. */
  async resume(): Promise<void> {
    const { rungs } = this.body.request;
    if (rungs.length === 0) return this.begin();
    for (const way of new Set(rungs.map(({ protocol }) => protocol))) {
      await this.#openDoor(way).catch((error: unknown) =>
        this.#note("ours", words("log-no-port", { why: whyOf(error) })),
      );
    }
    this.#note("ours", words("seen-again"));
    this.#answered = true;
    this.#told = uploadState(this.#rung?.status ?? "Idle");
    if (this.#rung?.result === "asked") this.#wait();
    else await this.#climb();
  }

  /** The station tells how its upload goes.
   * @param requestId of the request it speaks of; 1.6 names none */
  status(status: string, frame: number, requestId: number | string | undefined): void {
    const { rungs } = this.body.request;
    const rung = requestId === undefined ? this.#rung : rungs.findLast((one) => one.requestId === Number(requestId));
    if (!rung || this.#over || status === "Idle") return;
    rung.status = status;
    this.#note("station", words("seen-status", { status }), rung, frame);
    if (rung === this.#rung) this.#told = uploadState(status);
    this.#wait();
  }

  /** A receiver saw something of this request, or of somebody who may be its station. */
  seen(event: ReceiverEvent): void {
    if (this.#over) return;
    const rung = this.body.request.rungs.findLast(({ protocol }) => protocol === event.protocol) ?? this.#rung;
    if (event.type === "login" || event.type === "data-opened") this.#reached = true;
    this.#note("ours", seenWords(event), rung);
    this.#wait();
  }

  /** Says the last word. */
  end(verdict: Verdict): void {
    if (this.#over) return;
    const { request } = this.body;
    this.#close(ended[verdict] ?? "silent");
    this.dispose();
    Object.assign(request, { verdict, endedAt: this.#tools.clock.now() }, lastWord(request, verdict));
    this.body = { request };
    this.#tools.changed(true);
  }

  /** Lets go of everything; a request that is open stays so on record. */
  dispose(): void {
    this.#over = true;
    this.#timer?.stop();
    this.#deadline?.stop();
    for (const door of this.#doors.values()) door.close();
    this.#doors.clear();
  }

  async #climb(): Promise<void> {
    const { request, order = [] } = this.body;
    const way = order[request.rungs.length];
    if (way === undefined) return this.end(verdictOf(request));
    const { clock, newNumber, ourEnd } = this.#tools;
    const { address, port } = ourEnd();
    const rung: Rung = { protocol: way, place: "", at: clock.now(), result: "asked", requestId: newNumber(), seen: [] };
    request.rungs.push(rung);
    this.#answered = false;
    this.#told = "idle";
    this.#reached = false;
    try {
      const door = await this.#openDoor(way);
      rung.place = placeOf(way, address, door.port ?? port);
    } catch (error) {
      rung.why = words("log-no-port", { why: whyOf(error) });
      this.#close("closed");
      return this.#over ? undefined : this.#climb();
    }
    this.#tools.changed(true);
    if (!this.#over) await this.#ask(rung, locationOf(way, rung.place, this.#drop));
  }

  async #openDoor(way: UploadWay): Promise<OpenDoor> {
    const open = this.#doors.get(way);
    if (open) return open;
    const door = await this.#tools.receivers.open(way, this.#drop, this.body.ports?.[way]);
    if (this.#over) door.close();
    else this.#doors.set(way, door);
    if (door.said && this.body.ports?.[way] === undefined) this.#note("ours", door.said);
    if (door.port !== null) this.body.ports = { ...this.body.ports, [way]: door.port };
    return door;
  }

  async #ask(rung: Rung, location: string): Promise<void> {
    const { kind, from, to, retries, retrySeconds } = this.body.request;
    const asked = {
      name: "get-log",
      kind,
      location,
      requestId: rung.requestId,
      from,
      to,
      retries,
      retrySeconds,
    } as const;
    let outcome = await this.#tools.ask({ ...asked, way: 0 });
    if (outcome.result === "unsupported" && !this.#over) {
      const other = await this.#tools.ask({ ...asked, way: 1 });
      if (other.result !== "unsupported") outcome = other;
    }
    if (this.#over) return;
    if (outcome.frame !== undefined) rung.frame = outcome.frame;
    if (outcome.why !== undefined) rung.why = outcome.why;
    switch (outcome.result) {
      case "offline":
        return this.end("offline");
      case "unsupported":
        this.#close("unsupported");
        return this.end(verdictOf(this.body.request));
      case "rejected":
        this.#close("refused");
        return this.#climb();
      case "accepted":
      case "scheduled": {
        const { fileName, canceled } = readLogAnswer(outcome.answer ?? "");
        if (fileName) rung.fileName = fileName;
        if (canceled) this.#note("station", words("seen-superseded"), rung, outcome.answerFrame);
        break;
      }
    }
    this.#answered = true;
    this.#unanswered = outcome.result === "no-answer" || outcome.result === "unreadable";
    this.#tools.changed(true);
    this.#wait();
  }

  /** Waits for the next sign, as long as is fit. */
  #wait(): void {
    this.#timer?.stop();
    this.#timer = null;
    if (this.#over || !this.#answered || this.#rung?.result !== "asked") return;
    const next = this.#patience();
    if (next) this.#timer = this.#tools.clock.after(next.ms, () => void this.#rungOver(next.result));
  }

  #patience() {
    const { files, retries = 0, retrySeconds = 30 } = this.body.request;
    const facts = {
      told: this.#told,
      coming: this.#intake.coming,
      whole: files.some(({ state, bytes }) => state === "whole" && bytes > 0),
      partial: files.some(({ state, protocol }) => state === "partial" && protocol === this.#rung?.protocol),
      reached: this.#reached || files.length > 0,
      retryMs: retries > 0 ? retrySeconds * 1000 : 0,
    };
    const next = patience(facts, this.#tools.waits);
    return next?.result === "silent" && this.#unanswered && !facts.reached
      ? { ...next, result: "no-answer" as const }
      : next;
  }

  async #rungOver(result: RungResult): Promise<void> {
    this.#close(result);
    if (result === "received") return this.end("received");
    if (!this.#over) await this.#climb();
  }

  /** The rung that is under way is over. */
  #close(result: RungResult): void {
    const rung = this.#rung;
    if (rung?.result !== "asked") return;
    Object.assign(rung, { result, endedAt: this.#tools.clock.now() });
    this.#unanswered = false;
    this.#tools.changed(true);
  }

  #came(what: "bytes" | "file"): void {
    if (this.#over) return;
    this.#reached = true;
    this.#tools.changed(what === "file");
    if (what === "file") this.#wait();
  }

  #note(end: SeenLine["end"], said: Words, rung = this.#rung, frame?: number): void {
    if (!rung) return;
    if (rung.seen.length >= mostLines) rung.unseen = (rung.unseen ?? 0) + 1;
    else rung.seen.push({ at: this.#tools.clock.now(), end, words: said, ...(frame !== undefined && { frame }) });
    this.#tools.changed(true);
  }

  /** It is given up in time; what comes just then is let in first. */
  #watchTime(): void {
    const { clock } = this.#tools;
    this.#deadline = clock.after(Math.max(0, this.body.request.until - clock.now()), () => {
      if (this.#intake.coming > 0) {
        this.#deadline = clock.after(again, () => this.#watchTime());
        return;
      }
      this.#close(this.#patience()?.result ?? "silent");
      this.end(verdictOf(this.body.request));
    });
  }
}

const again = 5000;

/** What a rung that is under way comes to by a verdict that is not its own. */
const ended: Partial<Record<Verdict, RungResult>> = {
  received: "received",
  offline: "offline",
  canceled: "given-up",
  superseded: "given-up",
  "broken-off": "broken-off",
};

/** Letters and digits alone: what stations do to a password in a URL is many things. */
function newLogin(): Login {
  const token = (bytes: number) => randomBytes(bytes).toString("hex");
  return { user: `log${token(3)}`, password: token(8), path: `/upload/${token(10)}/` };
}

function placeOf(way: UploadWay, address: string, port: number): string {
  const host = address.includes(":") ? `[${address.replace(/%.*$/, "")}]` : address;
  return `${way}://${host}:${port}`;
}

/** The address that the station is told. HTTP needs no login: its path is the secret. */
function locationOf(way: UploadWay, place: string, { user, password, path }: Login): string {
  if (way === "http" || way === "https") return `${place}${path}`;
  return `${place.replace("://", `://${user}:${password}@`)}/`;
}
