/** Telnet (RFC 854) as far as a serial port over it needs (RFC 2217). */
export const telnet = { IAC: 255, DONT: 254, DO: 253, WONT: 252, WILL: 251, SB: 250, SE: 240 } as const;
const option = { binary: 0, echo: 1, suppressGoAhead: 3, comPort: 44 } as const;
/** Commands to the other end's port (RFC 2217, 3). */
export const comPort = { baudRate: 1, dataSize: 2, parity: 3, stopSize: 4, control: 5 } as const;
/** An answer bears the command's number and this. */
export const answerOffset = 100;
const longestAnswer = 256;

/** What a telnet stream holds beside its bytes. */
export type TelnetListener = {
  /** Goes out as it is. */
  reply(bytes: Uint8Array): void;
  /** An answer of the other end's port: its number, and what it says. */
  answer(command: number, value: readonly number[]): void;
  /** The other end speaks of no port: it is a plain telnet. */
  refused(): void;
};

/** What is said first: that we speak of a port, and that every byte passes. */
export function telnetOpening(): Uint8Array {
  const { IAC, WILL, DO } = telnet;
  return Uint8Array.of(IAC, WILL, option.comPort, IAC, WILL, option.binary, IAC, DO, option.binary);
}

/** A command to the other end's port. */
export function comPortCommand(command: number, value: readonly number[]): Uint8Array {
  const { IAC, SB, SE } = telnet;
  const doubled = value.flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]));
  return Uint8Array.of(IAC, SB, option.comPort, command, ...doubled, IAC, SE);
}

/** Bytes for the port, with 255 doubled. */
export function escapeTelnet(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(telnet.IAC)) return bytes;
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === telnet.IAC ? [byte, byte] : [byte])));
}

type Where = "data" | "command" | "option" | "block" | "block-command";

/** Reads a telnet stream: hands back the port's bytes, and tells the rest. Holds no more than one short answer. */
export class TelnetReader {
  readonly #listener: TelnetListener;
  #where: Where = "data";
  #verb = 0;
  #block: number[] = [];

  constructor(listener: TelnetListener) {
    this.#listener = listener;
  }

  read(chunk: Uint8Array): Uint8Array {
    if (this.#where === "data" && !chunk.includes(telnet.IAC)) return chunk;
    const data: number[] = [];
    for (const byte of chunk) this.#take(byte, data);
    return Uint8Array.from(data);
  }

  #take(byte: number, data: number[]): void {
    const { IAC, DONT, WILL, SB, SE } = telnet;
    switch (this.#where) {
      case "data":
        if (byte === IAC) this.#where = "command";
        else data.push(byte);
        return;
      case "command":
        this.#verb = byte;
        if (byte === IAC) data.push(byte);
        this.#where = byte === SB ? "block" : byte >= WILL && byte <= DONT ? "option" : "data";
        this.#block = [];
        return;
      case "option":
        this.#where = "data";
        this.#agree(byte);
        return;
      case "block":
        if (byte === IAC) this.#where = "block-command";
        else this.#keep(byte);
        return;
      case "block-command":
        this.#where = "block";
        if (byte === IAC) this.#keep(byte);
        else if (byte === SE) this.#end();
    }
  }

  #keep(byte: number): void {
    if (this.#block.length < longestAnswer) this.#block.push(byte);
  }

  #end(): void {
    this.#where = "data";
    const [about, command, ...value] = this.#block;
    if (about === option.comPort && command !== undefined) this.#listener.answer(command, value);
  }

  #agree(about: number): void {
    const { IAC, DO, DONT, WILL, WONT } = telnet;
    if (this.#verb === DONT && about === option.comPort) this.#listener.refused();
    // What we offered and asked for is not answered again, or both ends would go on for ever.
    const offered = about === option.comPort || about === option.binary;
    if (this.#verb === DO && !offered)
      this.#listener.reply(Uint8Array.of(IAC, about === option.suppressGoAhead ? WILL : WONT, about));
    if (this.#verb === WILL && about !== option.binary)
      this.#listener.reply(
        Uint8Array.of(IAC, about === option.suppressGoAhead || about === option.echo ? DO : DONT, about),
      );
  }
}
