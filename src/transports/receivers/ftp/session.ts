import { isIPv6, type Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { english, words } from "../../../station/phrases.ts";
import { type Ends, endsOf } from "../../ends.ts";
import type { Drop, ReceiverEvent, ReceiverLimits, StrayListener, UploadProtocol } from "../drop.ts";
import { nameUnder, resolvePath } from "../names.ts";
import { whyBroken, whyNoTls } from "../why.ts";
import { readActive, sameAddress } from "./addresses.ts";
import { connectForData, type DataConnection, listenForData } from "./data-connection.ts";
import { ControlLines } from "./lines.ts";
import { readData, secureData, TransferError } from "./transfer.ts";

const mostWaiting = 64;
/** How long a client may take to begin with TLS by itself before it is greeted in the clear, milliseconds. */
const tlsWaitMs = 1000;
const mostWrongLogins = 3;
/** Commands that need no login. */
const open = new Set([
  "USER",
  "PASS",
  "AUTH",
  "PBSZ",
  "PROT",
  "QUIT",
  "NOOP",
  "SYST",
  "FEAT",
  "OPTS",
  "CLNT",
  "TYPE",
  "MODE",
  "STRU",
]);

export type SessionOptions = {
  socket: Socket;
  secureContext: SecureContext | null;
  /** For data connections. */
  dataContext: SecureContext | null;
  implicit: boolean;
  limits: ReceiverLimits;
  login(user: string, password: string): Drop | null;
  /** What is seen before anyone logged in. */
  onStray: StrayListener;
};

/** One control connection of FTP: takes files in for the drop that it logs in to, and shows nothing of the disk. */
export class FtpSession {
  readonly #options: SessionOptions;
  readonly #ends: Ends;
  #lines = new ControlLines();
  #control: Socket;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #secure = false;
  #protect = false;
  #user = "";
  #wrong = 0;
  #drop: Drop | null = null;
  #folder = "/";
  #restart = 0;
  #unnamed = 0;
  #renamed: string | null = null;
  #data: DataConnection | null = null;
  #transfer: Socket | null = null;

  constructor(options: SessionOptions) {
    const { socket } = options;
    this.#options = options;
    this.#control = socket;
    this.#ends = endsOf(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#dropData());
    socket.setTimeout(options.limits.idleMs, () => {
      // The control connection is silent while a file comes in.
      if (this.#transfer) return;
      this.#say("421 Nothing came for too long.");
      socket.destroy();
    });
    if (options.implicit) this.#listenForTls();
    else {
      socket.on("data", this.#feed);
      this.#say("220 Plugside");
    }
  }

  /** Ends the conversation and whatever comes in. */
  dispose(): void {
    this.#options.socket.destroy();
    this.#transfer?.destroy(failure("unavailable", words("upload-withdrawn")));
    this.#dropData();
  }

  /** Resolves when what was asked so far is done. A file may still come in after the control connection has gone. */
  idle(): Promise<void> {
    return this.#queue;
  }

  /** The drop that is logged in to. */
  get drop(): Drop | null {
    return this.#drop;
  }

  #say(reply: string): void {
    if (this.#control.writable) this.#control.write(`${reply}\r\n`);
  }

  get #protocol(): UploadProtocol {
    return this.#secure ? "ftps" : "ftp";
  }

  #seen(event: ReceiverEvent): void {
    if (this.#drop) this.#drop.onSeen(event);
    else this.#options.onStray(event, this.#ends);
  }

  get #who(): { protocol: UploadProtocol; from: string } {
    return { protocol: this.#protocol, from: this.#ends.remoteAddress };
  }

  #dropData(): void {
    this.#data?.close();
    this.#data = null;
  }

  /** TLS from the first byte is begun by the client; one that waits to be greeted means AUTH TLS, whatever its address says. */
  #listenForTls(): void {
    const { socket } = this.#options;
    const greet = setTimeout(() => {
      socket.off("data", begin);
      socket.on("data", this.#feed);
      this.#say("220 Plugside");
    }, tlsWaitMs);
    const begin = (first: Buffer) => {
      clearTimeout(greet);
      socket.off("data", begin);
      socket.pause();
      socket.unshift(first);
      this.#startTls();
      this.#protect = true;
      this.#control.once("secure", () => this.#say("220 Plugside"));
    };
    socket.on("data", begin);
    socket.once("close", () => clearTimeout(greet));
  }

  #startTls(): void {
    const { socket, secureContext } = this.#options;
    if (!secureContext) return void socket.destroy();
    socket.off("data", this.#feed);
    const secured = new TLSSocket(socket, { isServer: true, secureContext });
    let up = false;
    secured.once("secure", () => {
      up = true;
    });
    secured.on("error", (error) => {
      if (!up) this.#seen({ ...this.#who, type: "tls-failed", why: whyNoTls(error) });
      up = true;
      socket.destroy();
    });
    socket.once("close", () => {
      if (!up) this.#seen({ ...this.#who, type: "tls-failed", why: words("tls-left") });
    });
    secured.on("data", this.#feed);
    this.#control = secured;
    this.#secure = true;
    this.#lines = new ControlLines();
  }

  readonly #feed = (segment: Buffer): void => {
    try {
      this.#lines.push(segment);
    } catch {
      this.#say("500 The line is too long.");
      this.#options.socket.destroy();
      return;
    }
    for (let line = this.#lines.next(); line !== null; line = this.#lines.next()) {
      const [, word = "", argument = ""] = /^([A-Za-z]{3,4})(?: (.*))?$/.exec(line) ?? [];
      const command = word.toUpperCase();
      if (command === "ABOR") this.#abort();
      else if (command === "NOOP" && this.#transfer) this.#say("200 Here.");
      else if (
        command === "AUTH" &&
        /^(TLS(-C)?|SSL)$/i.test(argument) &&
        this.#options.secureContext &&
        !this.#secure &&
        this.#waiting === 0
      ) {
        // 234 and TLS in one tick, and nothing in the clear behind it that would be taken for protected.
        if (this.#lines.unfinished) return void this.#options.socket.destroy();
        this.#say("234 TLS now.");
        this.#startTls();
        return;
      } else this.#enqueue(command, argument);
    }
  };

  #abort(): void {
    this.#transfer?.destroy(failure("unavailable", words("upload-called-off")));
    this.#queue = this.#queue.then(() => this.#say("226 Nothing runs."));
  }

  #enqueue(command: string, argument: string): void {
    if (++this.#waiting > mostWaiting) return void this.#options.socket.destroy();
    this.#queue = this.#queue
      .then(() => (this.#options.socket.destroyed ? undefined : this.#run(command, argument)))
      .catch((error: unknown) => this.#say(`451 ${english(whyBroken(error))}`))
      .finally(() => {
        this.#waiting--;
      });
  }

  async #run(command: string, argument: string): Promise<void> {
    if (!open.has(command) && !this.#drop) return this.#say("530 Log in first.");
    const path = resolvePath(this.#folder, argument);
    switch (command) {
      case "USER":
        this.#user = argument;
        return this.#say("331 Password?");
      case "PASS":
        return this.#login(argument);
      case "QUIT":
        this.#say("221 Bye.");
        return void this.#control.end();
      case "NOOP":
      case "CLNT":
        return this.#say("200 Good.");
      case "ALLO": {
        const room = await this.#room();
        return this.#say(Number.parseInt(argument, 10) > room ? `552 There is room for ${room} bytes.` : "200 Good.");
      }
      case "SYST":
        return this.#say("215 UNIX Type: L8");
      case "FEAT": {
        const tls = this.#options.secureContext ? [" AUTH TLS", " PBSZ", " PROT"] : [];
        return this.#say(
          ["211-Features", ...tls, " EPRT", " EPSV", " REST STREAM", " SIZE", " UTF8", "211 End"].join("\r\n"),
        );
      }
      case "OPTS":
        return this.#say(/^UTF-?8( ON)?$/i.test(argument) ? "200 Good." : "501 Only UTF8 ON.");
      case "TYPE":
        return this.#say(/^[AIL]/i.test(argument) ? "200 Good." : "504 Only I and A.");
      case "MODE":
        return this.#say(/^S$/i.test(argument) ? "200 Good." : "504 Only S.");
      case "STRU":
        return this.#say(/^F$/i.test(argument) ? "200 Good." : "504 Only F.");
      case "AUTH":
        return this.#say(this.#secure ? "503 TLS is on already." : "504 Not here.");
      case "PBSZ":
        return this.#say(this.#secure ? "200 PBSZ=0" : "503 AUTH first.");
      case "PROT":
        if (!this.#secure) return this.#say("503 AUTH first.");
        if (!/^[PC]$/i.test(argument)) return this.#say("536 Only P and C.");
        this.#protect = argument.toUpperCase() === "P";
        return this.#say("200 Good.");
      case "PWD":
      case "XPWD":
        return this.#say(`257 "${this.#folder.replaceAll('"', '""')}"`);
      case "CWD":
      case "XCWD":
      case "CDUP":
        if (path.length > 1024) return this.#say("550 The folder's name is too long.");
        this.#folder = command === "CDUP" ? resolvePath(this.#folder, "..") : path;
        return this.#say("250 Good.");
      case "MKD":
      case "XMKD":
        return this.#say(`257 "${path.replaceAll('"', '""')}"`);
      case "SIZE": {
        const size = this.#sizeOf(path);
        return this.#say(size === null ? "550 Not here." : `213 ${size}`);
      }
      case "REST":
        if (!/^\d{1,15}$/.test(argument)) return this.#say("501 A number of bytes.");
        this.#restart = Number(argument);
        return this.#say(`350 From ${this.#restart}.`);
      case "EPSV":
      case "PASV":
        return this.#passive(command, argument);
      case "PORT":
      case "EPRT":
        return this.#active(argument);
      case "STOR":
        return this.#store(path, this.#restart);
      case "APPE":
        return this.#store(path, this.#sizeOf(path) ?? 0);
      case "STOU":
        return this.#store(resolvePath(this.#folder, `upload-${++this.#unnamed}`), 0);
      case "RNFR":
        this.#renamed = this.#sizeOf(path) === null ? null : path;
        return this.#say(this.#renamed === null ? "550 Not here." : "350 To what?");
      case "RNTO":
        return this.#rename(path);
      case "LIST":
      case "NLST":
        return this.#list();
      case "RETR":
      case "DELE":
      case "RMD":
        this.#dropData();
        return this.#say("550 Files are only taken in here.");
      default:
        return this.#say("502 Not here.");
    }
  }

  #login(password: string): void {
    const drop = this.#options.login(this.#user, password);
    if (drop) {
      this.#drop = drop;
      if (this.#secure) this.#seen({ ...this.#who, type: "secured" });
      this.#seen({ ...this.#who, type: "login" });
      return this.#say("230 Welcome.");
    }
    this.#seen({ ...this.#who, type: "wrong-login", user: this.#user.slice(0, 255) });
    if (++this.#wrong < mostWrongLogins) return this.#say("530 Wrong user or password.");
    this.#say("421 Wrong user or password, too often.");
    this.#control.end();
  }

  #sizeOf(path: string): number | null {
    const name = this.#drop && nameUnder(this.#drop.path, path);
    return name === null ? null : (this.#drop?.sizeOf(name) ?? null);
  }

  #rename(path: string): void {
    const from = this.#renamed;
    this.#renamed = null;
    if (from === null || !this.#drop) return this.#say("503 RNFR first.");
    const [before, after] = [nameUnder(this.#drop.path, from), nameUnder(this.#drop.path, path)];
    const done = before !== null && after !== null && this.#drop.rename(before, after);
    this.#say(done ? "250 Good." : "553 Not with this name.");
  }

  async #room(): Promise<number> {
    return Math.min(this.#options.limits.fileBytes, (await this.#drop?.room()) ?? 0);
  }

  get #dataEnds(): { local: string; remote: string; waitMs: number } {
    const { localAddress, remoteAddress } = this.#ends;
    return { local: localAddress, remote: remoteAddress, waitMs: this.#options.limits.dataWaitMs };
  }

  async #passive(command: string, argument: string): Promise<void> {
    if (/^ALL$/i.test(argument)) return this.#say("200 Good.");
    const family = isIPv6(this.#ends.localAddress) ? "2" : "1";
    if (command === "EPSV" && argument !== "" && argument !== family) return this.#say(`522 Use (${family}).`);
    if (command === "PASV" && family === "2") return this.#say("425 Use EPSV.");
    this.#dropData();
    const data = await listenForData(this.#dataEnds);
    this.#data = data;
    if (command === "EPSV") return this.#say(`229 Passive (|||${data.port}|)`);
    this.#say(`227 Passive (${this.#ends.localAddress.replaceAll(".", ",")},${data.port >> 8},${data.port & 255})`);
  }

  #active(argument: string): void {
    this.#dropData();
    const told = readActive(argument);
    if (!told) return this.#say("501 An address and a port.");
    if (!sameAddress(told.address, this.#ends.remoteAddress) || told.port < 1024 || told.port > 65535) {
      return this.#say("504 Only your own address, and ports from 1024.");
    }
    this.#data = connectForData(this.#dataEnds, told.port);
    this.#say("200 Good.");
  }

  /** Opens what was agreed on, after 150; null when there is none. */
  async #openData(): Promise<Socket | null> {
    const data = this.#data;
    if (!data) {
      this.#say("425 PASV or PORT first.");
      return null;
    }
    this.#say("150 Go on.");
    const { address, port, passive } = data;
    const failed = (why: Words, secured?: false) => {
      this.#dropData();
      const place = { address, port, passive, ...(secured === false && { secured }) };
      this.#seen({ ...this.#who, type: "data-failed", ...place, why });
      this.#say(`425 No data connection: ${english(why)}.`);
      return null;
    };
    const socket = await data.open();
    if (!socket) return failed(words(passive ? "upload-nobody-came" : "upload-unreached"));
    const { dataContext } = this.#options;
    const late = () => void socket.destroy();
    socket.setTimeout(this.#options.limits.dataWaitMs, late);
    try {
      const ready = this.#protect && dataContext ? await secureData(socket, dataContext) : socket;
      // With its listener: it would say of a silence later on that the line was cut.
      socket.setTimeout(0, late);
      this.#data = null;
      this.#seen({ ...this.#who, type: "data-opened", address, port, passive });
      return ready;
    } catch (error) {
      socket.destroy();
      return failed(whyNoTls(error), false);
    }
  }

  async #list(): Promise<void> {
    const socket = await this.#openData();
    if (!socket) return;
    socket.resume();
    socket.end();
    this.#say("226 Nothing to show.");
  }

  async #store(path: string, offset: number): Promise<void> {
    this.#restart = 0;
    const drop = this.#drop;
    if (!drop) return;
    const refuse = (code: number, name: string, why: Words) => {
      this.#dropData();
      drop.onSeen({ ...this.#who, type: "refused", name, why });
      this.#say(`${code} ${english(why)}`);
    };
    const name = nameUnder(drop.path, path);
    if (name === null) return refuse(553, "", words("upload-name"));
    const here = drop.sizeOf(name) ?? 0;
    if (offset > here) return refuse(554, name, words("upload-beyond", { at: offset, bytes: here }));
    const room = await this.#room();
    if (room <= 0) return refuse(452, name, words("upload-room", { bytes: 0 }));
    const socket = await this.#openData();
    if (!socket) return;
    this.#transfer = socket;
    const count = { bytes: 0 };
    try {
      const chunks = readData(socket, room, this.#options.limits.idleMs, count);
      const { size } = await drop.receive({
        protocol: this.#protocol,
        name,
        offset,
        from: this.#ends.remoteAddress,
        chunks,
      });
      drop.onSeen({ ...this.#who, type: "stored", name, size });
      this.#say("226 Stored.");
    } catch (error) {
      const why = whyBroken(error);
      drop.onSeen({ ...this.#who, type: "broken-off", name, received: count.bytes, why });
      this.#say(
        `${error instanceof TransferError ? error.reply : 426} ${english(why)
          .replace(/\p{Cc}+/gu, " ")
          .slice(0, 200)}`,
      );
    } finally {
      this.#transfer = null;
      socket.destroy();
    }
  }
}
