import type { Socket } from "node:net";
import type { AuthContext, Connection, Session } from "ssh2";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { type Ends, endsOf } from "../../ends.ts";
import type { Drop, ReceiverEvent, ReceiverLimits, StrayListener } from "../drop.ts";
import { disagreement } from "./disagreement.ts";
import { serveSftp } from "./requests.ts";

export type SshOptions = {
  connection: Connection;
  socket: Socket;
  limits: ReceiverLimits;
  login(user: string, password: string): Drop | null;
  onStray: StrayListener;
};

const mostWrongLogins = 3;
/** Clients try the keys that they have before the password. */
const mostTries = 20;
const mostChannels = 10;
/** Above the first its socket is held up until less than the second waits to be written, bytes. */
const heldMost = 2 * 1024 * 1024;
const heldAgain = 512 * 1024;
const ways = ["password" as const, "keyboard-interactive" as const];

/** One SSH connection: a login to a drop, and channels of SFTP. Whatever else SSH can is refused. */
export class SshConnection {
  readonly #options: SshOptions;
  readonly #who: { protocol: "sftp"; from: string };
  readonly #ends: Ends;
  readonly #channels = new Set<(error: Error) => void>();
  #drop: Drop | null = null;
  #tries = 0;
  #wrong = 0;
  #keyOf: string | null = null;
  #opened = 0;
  #held = 0;
  #told = false;

  constructor(options: SshOptions) {
    const { connection, socket } = options;
    this.#options = options;
    this.#ends = endsOf(socket);
    this.#who = { protocol: "sftp", from: this.#ends.remoteAddress };
    connection.on("authentication", (asked) => this.#authenticate(asked));
    connection.on("session", (accept, reject) => {
      if (!this.#drop || ++this.#opened > mostChannels) reject();
      else this.#serve(accept(), this.#drop);
    });
    connection.on("error", (error: Error & { level?: string }) => {
      const why = disagreement(error);
      if (!why) return;
      this.#told = true;
      this.#stray({ ...this.#who, type: "no-agreement", why });
    });
    connection.on("close", () => this.#closed());
  }

  /** The drop that is logged in to. */
  get drop(): Drop | null {
    return this.#drop;
  }

  /** Ends it and whatever comes in. */
  dispose(): void {
    this.#told = true;
    for (const abort of this.#channels) abort(failure("unavailable", words("upload-withdrawn")));
    this.#options.socket.destroy();
  }

  #stray(event: ReceiverEvent): void {
    this.#options.onStray(event, this.#ends);
  }

  #authenticate(asked: AuthContext): void {
    if (++this.#tries > mostTries) return void this.#options.socket.destroy();
    switch (asked.method) {
      case "password":
        return this.#judge(asked, asked.password);
      case "keyboard-interactive":
        return asked.prompt([{ prompt: "Password: ", echo: false }], (answers) => {
          // An array, or an error where the client went on without an answer.
          const [password] = Array.isArray(answers) ? (answers as string[]) : [];
          if (password === undefined) asked.reject(ways);
          else this.#judge(asked, password);
        });
      case "publickey":
        this.#keyOf = asked.username;
    }
    asked.reject(ways);
  }

  #judge(asked: AuthContext, password: string): void {
    const { login, connection } = this.#options;
    const drop = login(asked.username, password);
    if (drop) {
      this.#drop = drop;
      drop.onSeen({ ...this.#who, type: "login" });
      return asked.accept();
    }
    this.#told = true;
    this.#stray({ ...this.#who, type: "wrong-login", user: asked.username.slice(0, 255) });
    asked.reject(ways);
    if (++this.#wrong >= mostWrongLogins) connection.end();
  }

  #serve(session: Session, drop: Drop): void {
    const { limits } = this.#options;
    session.on("sftp", (accept) => {
      const onHeld = (bytes: number) => this.#hold(bytes);
      const onAnswer = () => this.#gather();
      this.#channels.add(serveSftp({ sftp: accept(), drop, from: this.#who.from, limits, onHeld, onAnswer }));
    });
    const refuse = (_accept: unknown, reject: (() => void) | undefined) => {
      drop.onSeen({ ...this.#who, type: "refused", name: "", why: words("upload-only-sftp") });
      reject?.();
    };
    session.on("exec", refuse);
    session.on("shell", refuse);
  }

  /** Sends the answers of one turn together: each by itself costs more than the piece that it answers. */
  #gather(): void {
    const { socket } = this.#options;
    if (socket.writableCorked > 0) return;
    socket.cork();
    setImmediate(() => socket.uncork());
  }

  #hold(bytes: number): void {
    const { socket } = this.#options;
    this.#held += bytes;
    if (this.#held > heldMost) socket.pause();
    else if (this.#held < heldAgain && socket.isPaused()) socket.resume();
  }

  #closed(): void {
    for (const abort of this.#channels) abort(failure("unavailable", words("upload-cut")));
    if (this.#drop || this.#told) return;
    const user = this.#keyOf;
    if (user !== null) this.#stray({ ...this.#who, type: "key-alone", user: user.slice(0, 255) });
    else if (this.#tries === 0) this.#stray({ ...this.#who, type: "left-at-key" });
  }
}
