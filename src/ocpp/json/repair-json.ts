/** A slip of the pen in a text of JSON that can only be meant in one way. `at` counts characters; `place` is the path to where it
 * stands, with the position of an entry only for the outermost list. */
export type Slip = {
  kind: "mark-at-start" | "zero-at-end" | "control-in-text" | "extra-comma" | "missing-value" | "missing-end";
  at: number;
  place: string;
};

/** A text of JSON as it was meant, and what was slipped. */
export type Repaired = { text: string; slips: Slip[] };

/** A list or an object that is open. */
type Open = {
  list: boolean;
  /** Entries that are whole. */
  count: number;
  /** Of an object: the name whose value is awaited, and where its writing began. */
  name?: { text: string; from: number };
};

const mostSlips = 200;
const bareWord = /[-+.\w]+/y;
const literal = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)$/;
const escapeHere = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const blank = /[ \t\r\n]*/y;

/** Repairs what can only be meant in one way: a byte order mark before the text, zero bytes after it, raw control characters in its
 * texts, a comma too many, a name without a value (read as left out), brackets that are missing at the end. Null for everything else:
 * what was cut within a value, or has a wrong letter, could be meant in more ways than one. Costs as much as the text is long. */
export function repairJson(source: string): Repaired | null {
  const repair = new Repair(source);
  return repair.run() && repair.slips.length > 0 ? { text: repair.out, slips: repair.slips } : null;
}

/** One pass over one text: what it reads it writes, as JSON has it. Every step says whether it could go on. */
class Repair {
  readonly slips: Slip[] = [];
  out = "";
  readonly #source: string;
  readonly #open: Open[] = [];
  #at = 0;
  /** What came last, in what is open now. */
  #last: "begin" | "comma" | "entry" | "name" = "begin";

  constructor(source: string) {
    this.#source = source;
  }

  run(): boolean {
    if (this.#source.startsWith("\ufeff")) {
      this.#slip("mark-at-start");
      this.#at = 1;
    }
    for (this.#skipBlanks(); this.#at < this.#source.length; this.#skipBlanks()) {
      if (!this.#step() || this.slips.length > mostSlips) return false;
    }
    return this.#close();
  }

  #step(): boolean {
    const letter = this.#source[this.#at];
    const isDone = this.#open.length === 0 && this.#last === "entry";
    if (letter === ",") return this.#comma();
    if (letter === "\0" && isDone) return this.#zeros();
    if (isDone) return false;
    if (letter === "[" || letter === "{") return this.#begin(letter);
    if (letter === "]" || letter === "}") return this.#end(letter);
    return letter === '"' ? this.#text() : this.#word();
  }

  #comma(): boolean {
    // Two in a row in a list stand for an entry that is missing: what it was nobody knows.
    if (this.#last === "comma" && this.#open.at(-1)?.list) return false;
    if (this.#last === "name") this.#dropName();
    else if (this.#last !== "entry" || this.#open.length === 0) this.#slip("extra-comma");
    this.#at += 1;
    if (this.#open.length > 0) this.#last = "comma";
    return true;
  }

  #zeros(): boolean {
    this.#slip("zero-at-end");
    while (this.#source[this.#at] === "\0") this.#at += 1;
    return true;
  }

  #begin(letter: "[" | "{"): boolean {
    if (!this.#mayBegin()) return false;
    this.out += letter;
    this.#open.push({ list: letter === "[", count: 0 });
    this.#last = "begin";
    this.#at += 1;
    return true;
  }

  #end(letter: "]" | "}"): boolean {
    const inside = this.#open.at(-1);
    if (!inside || inside.list !== (letter === "]")) return false;
    if (this.#last === "name") this.#dropName();
    else if (this.#last === "comma" && inside.count > 0) this.#slip("extra-comma");
    this.#at += 1;
    this.#shut(letter);
    return true;
  }

  #shut(letter: "]" | "}"): void {
    this.out += letter;
    this.#open.pop();
    this.#whole();
  }

  #text(): boolean {
    const inside = this.#open.at(-1);
    const isName = inside !== undefined && !inside.list && this.#last !== "name";
    const from = this.out.length;
    if (isName ? this.#last === "entry" : !this.#mayBegin()) return false;
    const text = this.#readText();
    if (text === null) return false;
    if (!isName) {
      this.out += text;
      this.#whole();
      return true;
    }
    this.#skipBlanks();
    if (this.#source[this.#at] !== ":") return false;
    this.#at += 1;
    this.out += `${inside.count > 0 ? "," : ""}${text}:`;
    inside.name = { text: text.slice(1, -1), from };
    this.#last = "name";
    return true;
  }

  /** A text whose quote stands here, with its raw control characters written as JSON writes them; null where it does not end. */
  #readText(): string | null {
    let text = "";
    let from = this.#at;
    for (this.#at += 1; this.#at < this.#source.length; this.#at++) {
      const code = this.#source.charCodeAt(this.#at);
      if (code === 92) {
        if (!this.#isEscape()) return null;
        this.#at += 1;
      } else if (code === 34) {
        this.#at += 1;
        return text + this.#source.slice(from, this.#at);
      } else if (code < 32) {
        this.#slip("control-in-text");
        text += `${this.#source.slice(from, this.#at)}\\u${code.toString(16).padStart(4, "0")}`;
        from = this.#at + 1;
      }
    }
    return null;
  }

  #isEscape(): boolean {
    escapeHere.lastIndex = this.#at;
    return escapeHere.test(this.#source);
  }

  /** A number, true, false or null. A number at the very end may have been cut. */
  #word(): boolean {
    bareWord.lastIndex = this.#at;
    const said = bareWord.exec(this.#source)?.[0];
    if (said === undefined || !literal.test(said) || !this.#mayBegin()) return false;
    this.#at += said.length;
    if (this.#at === this.#source.length) return false;
    this.out += said;
    this.#whole();
    return true;
  }

  /** Whether a value may stand here; writes the comma before it. Where a comma is missing nobody knows what else is. */
  #mayBegin(): boolean {
    const inside = this.#open.at(-1);
    if (this.#last === "entry" || (inside && !inside.list && this.#last !== "name")) return false;
    if (inside?.list && inside.count > 0) this.out += ",";
    return true;
  }

  /** An entry is whole. */
  #whole(): void {
    const inside = this.#open.at(-1);
    if (inside) {
      inside.count += 1;
      delete inside.name;
    }
    this.#last = "entry";
  }

  /** A name without a value is read as left out. */
  #dropName(): void {
    this.#slip("missing-value");
    const inside = this.#open.at(-1);
    if (inside?.name === undefined) return;
    this.out = this.out.slice(0, inside.name.from);
    delete inside.name;
  }

  /** Shuts what is open at the end of the text. */
  #close(): boolean {
    if (this.#open.length > 0) this.#slip("missing-end");
    if (this.#last === "name") this.#dropName();
    for (let inside = this.#open.at(-1); inside; inside = this.#open.at(-1)) this.#shut(inside.list ? "]" : "}");
    return this.#last === "entry";
  }

  #skipBlanks(): void {
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#source)?.[0].length ?? 0;
  }

  #slip(kind: Slip["kind"]): void {
    const place = this.#open
      .map(({ list, name, count }, depth) => (list ? `/${depth === 0 ? count : "*"}` : name ? `/${name.text}` : ""))
      .join("");
    this.slips.push({ kind, at: this.#at, place });
  }
}
