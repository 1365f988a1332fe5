/** A request's head as it came (RFC 9112 2-5), read as leniently as it can be. */
export type Head = {
  /** The request line, and its parts. */
  line: string;
  method: string;
  target: string;
  version: string;
  /** In order, names as written. */
  headers: [name: string, value: string][];
  deviations: HeadDeviation[];
  /** Bytes of the head; what follows belongs to the link. */
  length: number;
};

export type HeadDeviation = {
  kind:
    | "request-line"
    | "line-end"
    | "folded"
    | "no-colon"
    | "blank-in-name"
    | "name"
    | "control"
    | "duplicate"
    | "no-host";
  said: string;
};

export type HeadReading =
  | { state: "more" }
  | { state: "too-large" }
  /** No protocol that speaks in such lines. */
  | { state: "not-http" }
  | { state: "bad-line"; line: string }
  | { state: "done"; head: Head };

/** The largest head taken, bytes. */
const maxHeadBytes = 16 * 1024;

const requestLine = /^([^\s]+)([ \t]+)(\S(?:.*\S)?)([ \t]+)(HTTP\/(\d\.\d))([ \t]*)$/i;
const methods = /^(get|head|post|put|delete|options|trace|patch|connect)$/i;
/** What no line of a head may hold (RFC 9110 5.5): control characters, but for the tab. */
const control = /[^\t\x20-\x7e\x80-\xff]/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Reads the head of a request from the first bytes of a connection. Never throws, whatever they are. */
export function readHead(bytes: Uint8Array): HeadReading {
  const limit = Math.min(bytes.length, maxHeadBytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, limit).toString("latin1");
  const blank = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  const lineEnd = text.indexOf("\n", blank);
  const line = text.slice(blank, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, "");
  if (line !== "" && !couldBeHttp(line, lineEnd !== -1)) return { state: "not-http" };
  if (lineEnd === -1) return { state: bytes.length > maxHeadBytes ? "too-large" : "more" };
  const parts = control.test(line) ? null : requestLine.exec(line);
  if (!parts) return isHttpLike(line) ? { state: "bad-line", line } : { state: "not-http" };
  const end = /\n\r?\n/.exec(text.slice(lineEnd));
  if (!end) return { state: bytes.length > maxHeadBytes ? "too-large" : "more" };
  const length = lineEnd + end.index + end[0].length;
  const [, method = "", gap1, target = "", gap2, , version = "", tail] = parts;
  const deviations: HeadDeviation[] = [];
  const odd = gap1 !== " " || gap2 !== " " || tail !== "" || blank > 0 || /\s/.test(target) || version !== "1.1";
  if (odd || method !== method.toUpperCase() || !line.includes("HTTP/")) {
    deviations.push({ kind: "request-line", said: line });
  }
  const headerText = text.slice(lineEnd + 1, length);
  if (/(^|[^\r])\n/.test(text.slice(blank, length))) deviations.push({ kind: "line-end", said: line });
  const headers = readHeaders(headerText, deviations);
  return { state: "done", head: { line, method, target, version, headers, deviations, length } };
}

/** False as soon as the first line cannot become one of HTTP. */
function couldBeHttp(line: string, whole: boolean): boolean {
  const word = line.trimStart().split(/[ \t]/, 1)[0] ?? "";
  // After its method a line is a request, whatever went wrong in the rest of it; and so is one that has lost its method.
  if (methods.test(word) || (word.startsWith("/") && !control.test(line))) return true;
  if (control.test(line) || !token.test(word)) return false;
  return whole || word.length <= 32;
}

/** A line that means to be a request, however badly. */
function isHttpLike(line: string): boolean {
  const [word = ""] = line.trimStart().split(/[ \t]/, 1);
  return methods.test(word) || /HTTP\/?\d/i.test(line) || /^\S+[ \t]+\//.test(line);
}

function readHeaders(text: string, deviations: HeadDeviation[]): [string, string][] {
  const headers: [string, string][] = [];
  for (const line of text.split("\n").map((part) => part.replace(/\r$/, ""))) {
    if (line === "") continue;
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      deviations.push({ kind: "folded", said: last ? last[0] : line.trim() });
      if (last) last[1] = `${last[1]} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === -1) {
      deviations.push({ kind: "no-colon", said: line.split(/\s/, 1)[0] ?? "" });
      continue;
    }
    const written = line.slice(0, colon);
    const name = written.trim();
    if (name !== written) deviations.push({ kind: "blank-in-name", said: written });
    if (!token.test(name)) {
      deviations.push({ kind: "name", said: written });
      continue;
    }
    const value = line.slice(colon + 1).trim();
    if (control.test(value)) deviations.push({ kind: "control", said: name });
    headers.push([name, value]);
  }
  judgeRepeats(headers, deviations);
  return headers;
}

const lists = new Set(["connection", "upgrade", "sec-websocket-protocol", "sec-websocket-extensions"]);
const single = new Set([
  "host",
  "authorization",
  "sec-websocket-key",
  "sec-websocket-version",
  "user-agent",
  "origin",
  "content-length",
]);

function judgeRepeats(headers: [string, string][], deviations: HeadDeviation[]): void {
  const seen = new Set<string>();
  for (const [name] of headers) {
    const key = name.toLowerCase();
    if (seen.has(key) && single.has(key)) deviations.push({ kind: "duplicate", said: name });
    seen.add(key);
  }
  if (!seen.has("host")) deviations.push({ kind: "no-host", said: "" });
}

/** The value of a header: the first where it came more than once, all joined where it is a list (RFC 9110 5.3). */
export function headerOf(head: Head, name: string): string | undefined {
  const values = head.headers.filter(([written]) => written.toLowerCase() === name).map(([, value]) => value);
  return values.length > 1 && lists.has(name) ? values.join(", ") : values[0];
}
