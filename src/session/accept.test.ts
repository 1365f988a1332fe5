import { afterEach, expect, test, vi } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Link } from "../transports/link.ts";
import { createLinkAcceptor, type LinkAcceptorOptions } from "./accept.ts";
import type { SessionOptions } from "./session.ts";

/** What became of the links, in order. */
const said: string[] = [];
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
      said.push([`${this.#name} begins`, ...this.#options.findings.map(({ rule }) => rule)].join(", "));
    }
    close(code: number) {
      said.push(`${this.#name} ended with ${code}`);
    }
  },
}));

let broken = false;
afterEach(() => {
  broken = false;
  said.length = 0;
  closers.length = 0;
});

function acceptor(strict = false) {
  const entry = { identity: "CP1", session: null, state: { link: { state: "online", remoteAddress: "10.0.0.1" } } };
  return createLinkAcceptor({
    registry: { ensure: () => entry },
    strictness: () => ({ strict, emptyAnswers: false }),
    clock: createManualClock(),
    log: silentLogger,
  } as unknown as LinkAcceptorOptions);
}

function link(subprotocol?: string): Link {
  const via = { kind: "websocket", remoteAddress: "10.0.0.2", offered: subprotocol ? [subprotocol] : [], subprotocol };
  const one = {
    hello: { identity: "CP1", via },
    isOpen: true,
    close(code: number) {
      one.isOpen = false;
      said.push(`link ended with ${code}`);
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
  expect([said[0], said.at(-1)]).toEqual(["link ended with 1011", "ocpp2.0.1 begins"]);
});

test("only who is strict hangs up on a link without a subprotocol", async () => {
  await acceptor(false).open(link());
  expect(said.at(-1)).toMatch(/begins/);
  await acceptor(true).open(link());
  expect(said.at(-1)).toBe("undefined ended with 1002");
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
