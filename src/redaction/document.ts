import { isIP } from "node:net";
import { redact } from "./redact.ts";

/** What is replaced in a text that goes to others: secrets, cards and other tokens, serial and SIM numbers, addresses of networks and
 * people. */
export const replacedKinds = ["secret", "card", "serial", "address"] as const;
export type ReplacedKind = (typeof replacedKinds)[number];
export type Replacement = { kind: ReplacedKind; before: string; after: string };

/** The name that stands in the place of a value. */
type NameOf = (kind: ReplacedKind, value: string) => string;

/** Shorter values stand in too many words to be looked for wherever they stand, and so many are. */
const shortest = 5;
const most = 1000;

const quoted = `["']?\\s{0,4}[:=]\\s{0,4}["']?`;
/** A serial number by its name: chargePointSerialNumber, serial no., S/N; and those of a SIM. */
const serial = new RegExp(
  `(?<![a-z])((?:\\w{0,40}serial(?:[ _-]?(?:number|no|nr))?|s/n|iccid|imsi|imei|eid)\\.?${quoted})([\\w./-]{4,50})`,
  "gi",
);
const card = new RegExp(
  `(?<![a-z])((?:(?:parent)?id_?tag|id_?token|rfid|uid|emaid|card|tag)${quoted})([\\w-]{4,40})`,
  "gi",
);
const address = new RegExp(
  [
    String.raw`(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)`,
    String.raw`(?<![\w:.-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])`,
    String.raw`(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]{0,36}:[0-9a-f:.]{0,36}(?![\w:])`,
    String.raw`(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}`,
  ].join("|"),
  "gi",
);
/** Of nobody, and of oneself. */
const ofNobody = /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|255\.255\.255\.\d+|::1?)$/;

/** Takes out of a text, line by line, what is not for others. The same value gets the same name wherever it stands. It goes over the text
 * twice: `learn` hears every line first, so that what is named once is known where it stands without its name. */
export class Redaction {
  readonly #nameOf: NameOf;
  readonly #kinds: ReadonlySet<ReplacedKind>;
  readonly #known = new Map<string, ReplacedKind>();
  #pattern: RegExp | null = null;

  /** @param known values that are known from elsewhere, as the station's serial number */
  constructor(
    nameOf: NameOf,
    kinds: readonly ReplacedKind[] = replacedKinds,
    known: Iterable<[string, ReplacedKind]> = [],
  ) {
    this.#nameOf = nameOf;
    this.#kinds = new Set(kinds);
    for (const [value, kind] of known) this.#remember(kind, value);
  }

  /** Hears a line. */
  learn(line: string): void {
    this.#replaceNamed(line, ({ kind, before }) => this.#remember(kind, before));
  }

  /** A line as others may see it; each replacement is told. */
  tell(line: string, replaced: (replacement: Replacement) => void): string {
    this.#pattern ??= this.#makePattern();
    const named = this.#replaceNamed(line, replaced);
    return named.replace(this.#pattern, (value) => {
      const kind = this.#known.get(value);
      return kind === undefined ? value : this.#named(kind, value, replaced);
    });
  }

  #remember(kind: ReplacedKind, value: string): void {
    if (value.length < shortest || this.#known.size >= most || !this.#kinds.has(kind)) return;
    this.#known.set(value, kind);
    this.#pattern = null;
  }

  #makePattern(): RegExp {
    const values = [...this.#known.keys()].sort((one, other) => other.length - one.length);
    if (values.length === 0) return /(?!)/g;
    return new RegExp(`(?<!\\w)(?:${values.map((value) => value.replace(/[^\w]/g, "\\$&")).join("|")})(?!\\w)`, "g");
  }

  #named(kind: ReplacedKind, value: string, replaced: (replacement: Replacement) => void): string {
    if (!this.#kinds.has(kind) || made.test(value)) return value;
    const after = this.#nameOf(kind, value);
    if (after !== value) replaced({ kind, before: value, after });
    return after;
  }

  /** What a line itself says is a secret, a card, a serial number or an address. */
  #replaceNamed(line: string, replaced: (replacement: Replacement) => void): string {
    const named = (kind: ReplacedKind) => (value: string) => this.#named(kind, value, replaced);
    const behind = (kind: ReplacedKind) => (_all: string, before: string, value: string) =>
      before + this.#named(kind, value, replaced);
    return redact(line, { secret: named("secret"), card: named("card") })
      .replace(serial, behind("serial"))
      .replace(card, behind("card"))
      .replace(address, (value) => {
        const isAddress = value.includes("@") || /^(?:[0-9a-f]{2}[:-]){5}/i.test(value) || isIP(value) !== 0;
        return isAddress && !ofNobody.test(value) ? this.#named("address", value, replaced) : value;
      });
  }
}

/** What was replaced already. */
const made = /^(?:secret|card|serial|address)-[0-9a-f]{8}$/;
