import { afterEach, expect, test, vi } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import { type Finding, finding, observed } from "../station/findings.ts";
import { closingText, words } from "../station/phrases.ts";
import type { Link } from "../transports/link.ts";
import { createLinkAcceptor, type LinkAcceptorOptions } from "./accept.ts";
import type { SessionOptions } from "./session.ts";

/** What became of the links, in order, and what was found of them. */
const said: string[] = [];
const found: Finding[] = [];
const closers: (() => void)[] = [];

/** The first schemas that are asked for take longer than the others. */
vi.mock("../ocpp/schemas.ts", () => {
  const asked = new Set<string>();
  return {
    loadSchemas: (version: string) =>
      new Promise((resolve) => (asked.add(version).size === 1 ? setImmediate(resolve, {}) : resolve({}))),
  };
});

vi.mock("./session.ts", () => ({
  Session: class {
    readonly #name: string;
    readonly #options: SessionOptions;
    get isOpen() {
      return this.#options.link.isOpen;
    }
    constructor(options: SessionOptions) {
      this.#name = String(options.link.hello.via.subprotocol);
      this.#options = options;
      closers.push(options.onClosed);
    }
    start() {
      if (broken) throw new Error("cannot start");
      found.push(...this.#options.findings);
      said.push([`${this.#name} begins`, ...this.#options.findings.map(({ rule }) => rule)].join(", "));
    }
    close(code: number, reason: string, cause: string) {
      said.push(`${this.#name} ended with ${code}`);
      how.push([code, reason, cause]);
    }
  },
}));

let broken = false;
/** What the links were tolerated with, and how each was ended. */
let tolerated: Finding[] | undefined;
const how: unknown[] = [];
afterEach(() => {
  broken = false;
  tolerated = undefined;
  how.length = 0;
  said.length = 0;
  found.length = 0;
  closers.length = 0;
});

function acceptor(strict = false, before: object = { remoteAddress: "10.0.0.1" }, full = () => false) {
  const entry = { identity: "CP1", session: null, state: { link: { state: "online", ...before } } };
  return createLinkAcceptor({
    registry: {
      ensure() {
        if (full()) throw new Error("the record is full");
        return entry;
      },
    },
    strictness: () => ({ strict, emptyAnswers: false }),
    clock: createManualClock(),
    log: { ...silentLogger, bug: (text: string) => said.push(text) },
  } as unknown as LinkAcceptorOptions);
}

function link(subprotocol?: string, more: object = {}): Link {
  const offered = subprotocol ? [subprotocol] : [];
  const via = { kind: "websocket", remoteAddress: "10.0.0.2", offered, subprotocol, ...more };
  const one = {
    findings: tolerated,
    hello: { identity: "CP1", via },
    isOpen: true,
    close(code: number, reason: string, cause: string) {
      one.isOpen = false;
      said.push(`link ended with ${code}`);
      how.push([code, reason, cause]);
    },
  };
  return one as unknown as Link;
}

test("links are taken one after the other: one whose schemas load slowly does not become the newer one", async () => {
  const links = acceptor();
  await Promise.all([links.open(link("ocpp2.1")), links.open(link("ocpp1.6"))]);
  expect(said).toEqual(["ocpp2.1 begins", "ocpp2.1 ended with 1000", "ocpp1.6 begins, second-connection"]);
});

test("a link that cannot be taken is ended, and the next is taken", async () => {
  broken = true;
  const links = acceptor();
  await links.open(link("ocpp1.6"));
  await links.closed();
  broken = false;
  await links.open(link("ocpp2.0.1"));
  expect(said).toEqual(["a connection could not be taken", "link ended with 1011", "ocpp2.0.1 begins"]);
  expect(how).toEqual([[1011, closingText("close-failed"), "asked"]]);
});

test("a link of a station that cannot be put on record is ended, and the session that stands goes on", async () => {
  let isFull = false;
  const links = acceptor(false, undefined, () => isFull);
  await links.open(link("ocpp1.6"));
  isFull = true;
  await links.open(link("ocpp2.0.1"));
  isFull = false;
  await links.open(link("ocpp2.1"));
  expect(said).toEqual([
    ...["ocpp1.6 begins", "a connection could not be taken", "link ended with 1011"],
    ...["ocpp1.6 ended with 1000", "ocpp2.1 begins, second-connection"],
  ]);
});

test("only who is strict hangs up on a link without a subprotocol", async () => {
  await acceptor(false).open(link());
  expect(said.at(-1)).toBe("undefined begins, no-subprotocol");
  await acceptor(true).open(link());
  expect(said.at(-1)).toBe("undefined ended with 1002");
  expect(how).toEqual([[1002, closingText("close-no-subprotocol"), "asked"]]);
});

test("it is over when the last of its links is", async () => {
  const links = acceptor();
  await links.open(link("ocpp1.6"));
  await links.open(link("ocpp1.6"));
  let over = false;
  const closed = links.closed().then(() => {
    over = true;
  });
  closers[0]?.();
  await Promise.resolve();
  expect(over).toBe(false);
  closers[1]?.();
  await closed;
});

test("what was tolerated in the handshake is found, after what is odd about the link itself", async () => {
  tolerated = [finding("credentials-hex", "link", "x")];
  const links = acceptor();
  await links.open(link("ocpp1.6"));
  await links.open(link("OCPP1.6"));
  expect(found.map(({ rule }) => rule)).toEqual([
    "credentials-hex",
    "unknown-subprotocol",
    "second-connection",
    "credentials-hex",
  ]);
  expect(how).toEqual([[1000, closingText("close-replaced"), "replaced"]]);
});

test.each([
  [{}, { remoteAddress: "10.0.0.1" }, "10.0.0.2", "10.0.0.1"],
  [{ kind: "serial", port: "COM3" }, { port: "COM4" }, "COM3", "COM4"],
  [{}, {}, "10.0.0.2", ""],
])(
  "a second connection says where it came from, and where the first: %o beside %o",
  async (via, first, address, before) => {
    const links = acceptor(false, first);
    await links.open(link("ocpp1.6"));
    await links.open(link("ocpp1.6", via));
    expect(found).toEqual([observed("second-connection", "link", words("address-while", { address, before }))]);
  },
);

test("nothing that is over is waited for", async () => {
  const links = acceptor();
  await links.closed();
  await links.open(link("ocpp1.6"));
  closers[0]?.();
  await links.closed();
  expect(closers).toHaveLength(1);
});
