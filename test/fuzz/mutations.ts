import fc from "fast-check";

/** A change of a JSON text that leaves it JSON, or of its letters alone. Positions are shares of what is there. */
export type Mutation =
  /** In place of the value at a place of the structure: JSON text, which need not be a value that a parser gives back. */
  | { kind: "put"; at: number; json: string }
  | { kind: "remove"; at: number }
  | { kind: "rename"; at: number; name: string }
  /** The value so many times in lists, or in objects of one field. */
  | { kind: "nest"; at: number; depth: number; list: boolean }
  /** A list of so many of it. */
  | { kind: "repeat"; at: number; times: number }
  /** The value at one place, put at another as well. */
  | { kind: "copy"; at: number; from: number }
  /** Text alone. */
  | { kind: "cut"; at: number; length: number }
  | { kind: "insert"; at: number; text: string }
  | { kind: "double"; at: number; length: number };

const oddNumbers = [
  "1e400",
  "-1e400",
  "1e-400",
  "-0",
  "0",
  "9007199254740993",
  "-9223372036854775808",
  "9223372036854775807",
  "123456789012345678901234567890",
  "0.1000000000000000055511151231257827021181583404541015625",
  "1E+2",
  "1e308",
  "5e-324",
  "1.7976931348623157e308",
  "4294967296",
];
const oddTexts = [
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\ufeff"',
  '"\\u001b[2J\\u001b]52;c;YQ==\\u0007"',
  '"a\\r\\nb"',
  '"\\u202egnp.exe"',
  '"\\u0085\\u009b"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"NaN"',
  '"Infinity"',
  '"null"',
  '"1e999"',
  '"0x10"',
  '" 7 "',
  '"2026-07-01T12:00:00Z"',
  '"+275760-09-13T00:00:00Z"',
  '"9999-12-31T23:59:60Z"',
  '"0000-00-00T00:00:00Z"',
  "\"<img src=x onerror=alert(1)>=cmd|'/c calc'!A1\"",
];
const oddObjects = [
  "null",
  "true",
  "[]",
  "{}",
  "[[]]",
  '{"__proto__":{"status":"Accepted"}}',
  '{"constructor":1,"toString":2,"hasOwnProperty":null}',
  '{"a":1,"a":2}',
  '{"":""}',
  '{"length":1e9}',
  '{"rawJSON":"1"}',
];
const oddNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "then",
  "length",
  "",
  "\u0000",
  "\ud800",
  "a/b~c",
];
const oddBytes = [
  "\u0000",
  "\ufeff",
  "\ud800",
  '"',
  "\\",
  "{",
  "]",
  ",",
  "1e999",
  "\\u",
  "//",
  "\r\n",
  "'",
  "NaN",
  "\t",
];

/** Letters that are something to a parser, a terminal, a page, a database or a file system, and such as are not in ASCII. */
export const oddLetters = fc.constantFrom(
  ...["a", "Z", "0", " ", "_", "%", "/", "\\", '"', "'", "<", "&", "`", "|", "$", "\u0000", "\n", "\u001b", "\u009b"],
  ...["\u202e", "\u2028", "\ud800", "\udc00", "Å", "e\u0301", "漢", "😀"],
);

const place = fc.integer({ min: 0, max: 999 });

function sizes(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 4, arbitrary: fc.integer({ min: 40, max: Math.min(4000, most) }) },
    { weight: 1, arbitrary: fc.integer({ min: Math.min(1000, most), max: most }) },
  );
}

const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddNumbers) },
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 6, arbitrary: fc.constantFrom(...oddObjects) },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: oddLetters }).map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: sizes(1_000_000).map((count) => `"${"x".repeat(count)}"`) },
  { weight: 1, arbitrary: sizes(300_000).map((count) => "1".repeat(count)) },
  { weight: 1, arbitrary: sizes(20_000).map((count) => `[${Array(count).fill('{"a":1}').join(",")}]`) },
  {
    weight: 1,
    arbitrary: sizes(20_000).map((count) => `{${Array.from({ length: count }, (_, n) => `"k${n}":${n}`).join(",")}}`),
  },
);

/** One change, small ones first; now and then one of a whole frame's size. */
export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("put" as const), at: place, json: hostileJson }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("remove" as const), at: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("rename" as const),
      at: place,
      name: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...oddNames) },
        { weight: 1, arbitrary: sizes(1_000_000).map((count) => "n".repeat(count)) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("nest" as const), at: place, depth: sizes(100_000), list: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat" as const), at: place, times: sizes(20_000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("copy" as const), at: place, from: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: place, length: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("insert" as const), at: place, text: fc.constantFrom(...oddBytes) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("double" as const), at: place, length: place }) },
);

/** The text with the changes made one after the other; those of the structure are left out once it is no JSON any more. No text grows
 * beyond `most` letters. */
export function mutated(text: string, changes: readonly Mutation[], most = 2_000_000): string {
  let result = text;
  for (const change of changes) {
    const next = applied(result, change);
    if (next.length <= most) result = next;
  }
  return result;
}

function applied(text: string, change: Mutation): string {
  const start = Math.floor((("at" in change ? change.at : 0) / 1000) * text.length);
  switch (change.kind) {
    case "cut":
      return text.slice(0, start) + text.slice(start + Math.max(1, Math.floor((change.length / 4000) * text.length)));
    case "insert":
      return text.slice(0, start) + change.text + text.slice(start);
    case "double": {
      const end = start + Math.max(1, Math.floor((change.length / 1000) * text.length));
      return text.slice(0, end) + text.slice(start, end) + text.slice(end);
    }
    default:
      return restructured(text, change);
  }
}

/** A place in a value: the object or list, and the key. */
type Place = { holder: Record<string, unknown>; key: string };
const mostPlaces = 300;
const mostNesting = 200;
const mostRepeated = 2_000_000;

function restructured(text: string, change: Exclude<Mutation, { kind: "cut" | "insert" | "double" }>): string {
  let box: Record<string, unknown>;
  try {
    box = { root: JSON.parse(text) };
  } catch {
    return text;
  }
  const places = placesIn(box);
  const chosen = places && chosenOf(places, change.at);
  if (!places || !chosen) return text;
  const { holder, key } = chosen;
  const said = JSON.stringify(holder[key]) ?? "null";
  // Text that no value stands for goes in where this marker stood.
  const marker = "\u0001here\u0001";
  const list = Array.isArray(holder);
  if (change.kind === "remove") {
    if (list) (holder as unknown as unknown[]).splice(Number(key), 1);
    else delete holder[key];
  } else if (change.kind === "rename") {
    if (list) return text;
    const value = holder[key];
    delete holder[key];
    // Assigned, __proto__ would be no field.
    Object.defineProperty(holder, change.name, { value, enumerable: true, configurable: true, writable: true });
  } else holder[key] = marker;
  const whole = JSON.stringify(box.root) ?? "null";
  return whole.replace(JSON.stringify(marker), () => replacement(change, said, places));
}

function replacement(change: Mutation, said: string, places: readonly Place[]): string {
  switch (change.kind) {
    case "put":
      return change.json;
    case "nest": {
      const open = change.list ? "[" : '{"a":';
      return `${open.repeat(change.depth)}${said}${(change.list ? "]" : "}").repeat(change.depth)}`;
    }
    case "repeat":
      return `[${Array(Math.min(change.times, Math.ceil(mostRepeated / said.length)))
        .fill(said)
        .join(",")}]`;
    case "copy": {
      const from = chosenOf(places, change.from);
      const copied = from && JSON.stringify(from.holder[from.key]);
      // The place itself holds the marker by now, and so does what it lies in.
      return copied === undefined || copied.includes("\\u0001here") ? said : copied;
    }
    default:
      return said;
  }
}

function chosenOf(places: readonly Place[], at: number): Place | undefined {
  return places[Math.floor((at / 1000) * places.length)];
}

/** Where something stands, breadth first; null where it is nested too deep to be written again. */
function placesIn(box: Record<string, unknown>): Place[] | null {
  const places: Place[] = [{ holder: box, key: "root" }];
  let level: unknown[] = [box.root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostNesting) return null;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      const holder = value as Record<string, unknown>;
      for (const key of Object.keys(holder)) {
        if (places.length < mostPlaces) places.push({ holder, key });
        next.push(holder[key]);
      }
    }
    level = next;
  }
  return places;
}
