import type { CloseCause, OcppVersion } from "../../../src/station/model.ts";
import type { Link, LinkListener } from "../../../src/transports/link.ts";
import { protocolOf } from "../../harness/frames.ts";

/** A link with nothing behind it: what the core sends is kept, and what the station says is put in by hand. */
export class HandLink implements Link {
  readonly isOpen = true;
  readonly hello: Link["hello"];
  readonly sent: string[] = [];
  /** Set once either end has ended it; the core is told by `settle`, as it is by a socket. */
  #end: { code: number; reason: string; cause: CloseCause; heard: boolean } | null = null;
  #listener: LinkListener | null = null;

  constructor(identity: string, version: OcppVersion) {
    const subprotocol = protocolOf[version];
    this.hello = {
      identity,
      via: {
        kind: "websocket",
        path: `/${identity}`,
        remoteAddress: "192.0.2.1",
        secure: false,
        securityProfile: 0,
        offered: [subprotocol],
        subprotocol,
      },
    };
  }

  /** False once it is over. */
  get open(): boolean {
    return this.#end === null;
  }

  send(data: string | Uint8Array): boolean {
    if (this.open) this.sent.push(typeof data === "string" ? data : Buffer.from(data).toString("utf8"));
    return this.open;
  }

  close(code: number, reason: string, cause: CloseCause): void {
    this.#end ??= { code, reason, cause, heard: true };
  }

  cut(cause: CloseCause): void {
    this.#end ??= { code: 1006, reason: "", cause, heard: false };
  }

  /** Nothing waits behind it. */
  hold(): void {}

  listen(listener: LinkListener): void {
    this.#listener = listener;
  }

  /** The station says something; until its end is told, a link that is being closed still hears.
   * @returns whether the core heard it
   * @throws whatever the core lets through */
  say(bytes: Uint8Array, binary: boolean): boolean {
    if (!this.#listener || this.#end?.heard === false) return false;
    this.#listener.message(bytes, binary, false);
    return true;
  }

  /** Tells the core of the end, where there was one. */
  settle(): void {
    if (!this.#end || !this.#listener) return;
    const { code, reason, cause } = this.#end;
    const listener = this.#listener;
    this.#listener = null;
    listener.closed(code, reason, cause);
  }
}
