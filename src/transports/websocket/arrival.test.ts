import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { handshake } from "../../../test/harness/way-in.ts";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { Admission } from "../admission.ts";
import { AttemptTracker } from "../attempts/tracker.ts";
import type { Link } from "../link.ts";
import { listenWebSocket } from "./server.ts";

const allowed: Admission = { allow: true, securityProfile: 0, causes: [] };

/** A port with room for so many links, where the test lets each one in. `ended`: how links ended, in that order. */
async function port(most: number) {
  const clock = createManualClock();
  const tracker = new AttemptTracker({ clock, past: [], lastId: 0, onError: () => undefined });
  const asked = new Map<string, (admission: Admission) => void>();
  let letIn = false;
  const waiting = new Map<string, () => void>();
  const ended: string[] = [];
  const bugs: string[] = [];
  const links: Link[] = [];
  const transport = await listenWebSocket({
    places: [{ host: "127.0.0.1", port: 0, mode: "ws" }],
    required: true,
    clock,
    log: { ...silentLogger, bug: (message) => void bugs.push(message) },
    accessControl: {
      admit: ({ identity }) =>
        new Promise<Admission>((admit) => {
          if (letIn) admit(allowed);
          asked.set(identity, admit);
          waiting.get(identity)?.();
        }),
    },
    tls: null,
    tracker,
    pingSeconds: () => 0,
    frameLimit: () => 1000,
    compression: () => false,
    chooseSubprotocol: ([first]) => first,
    onLink: (link) => {
      links.push(link);
      link.listen({
        message: () => undefined,
        spoilt: () => undefined,
        closed: (_code, _reason, cause) => ended.push(`${link.hello.identity} ${cause}`),
      });
    },
    capacity: { links: most, ofAddress: most, connections: most + 10 },
  });
  onTestFinished(async () => {
    await transport.dispose();
    tracker.dispose();
  });
  return {
    bugs,
    tracker,
    clock,
    port: transport.port,
    links,
    ended,
    admitAll: () => {
      letIn = true;
    },
    /** Comes, and stands before the access control. */
    async come(identity: string) {
      const begun = new Promise<void>((resolve) => waiting.set(identity, resolve));
      const ws = new WebSocket(`ws://127.0.0.1:${transport.port}/${identity}`, ["ocpp1.6"]);
      const answer = new Promise<string>((resolve) => {
        ws.on("open", () => resolve("open"));
        ws.on("unexpected-response", (_request, response) => resolve(`refused ${response.statusCode}`));
        ws.on("error", () => undefined);
      });
      const closed = new Promise<void>((resolve) => ws.on("close", () => resolve()));
      onTestFinished(() => ws.terminate());
      await begun;
      return {
        closed,
        /** The answer of the access control, and what came of it. */
        admit: () => {
          asked.get(identity)?.(allowed);
          return answer;
        },
      };
    },
  };
}

test("of those who are let in at the same time the last finds no room", async () => {
  const { come } = await port(1);
  const [first, second] = [await come("CP1"), await come("CP2")];
  expect(await first.admit()).toBe("open");
  expect(await second.admit()).toBe("refused 503");
});

test("who comes back where all is taken has the place of its own older link, and no other's", async () => {
  const { come, ended } = await port(2);
  const older = await come("CP1");
  expect(await older.admit()).toBe("open");
  expect(await (await come("CP2")).admit()).toBe("open");
  expect(await (await come("CP1")).admit()).toBe("open");
  await older.closed;
  expect(ended).toEqual(["CP1 replaced"]);
});

test("who has two links has its place still when the older of them has gone", async () => {
  const { come, ended, links } = await port(3);
  const older = await come("CP1");
  await older.admit();
  await (await come("CP1")).admit();
  await (await come("CP2")).admit();
  links[0]?.cut("shutdown");
  await older.closed;
  expect(await (await come("CP3")).admit()).toBe("open");
  expect(await (await come("CP1")).admit()).toBe("open");
  expect(ended).toEqual(["CP1 shutdown", "CP1 replaced"]);
});

test("who comes back where there is room leaves its older link to whoever speaks for it", async () => {
  const { come, ended } = await port(3);
  await (await come("CP1")).admit();
  expect(await (await come("CP1")).admit()).toBe("open");
  expect(ended).toEqual([]);
});

test("a station that does not answer a goodbye is let go of two seconds later", async () => {
  const { admitAll, clock, port: number, links, ended } = await port(1);
  admitAll();
  const socket = connect(number, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write(handshake("/CP1"));
  await new Promise((resolve) => socket.once("data", resolve));
  const [link] = links;
  link?.close(1000, "bye", "asked");
  clock.advance(1999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toEqual([]);
  expect(link?.isOpen).toBe(false);
  clock.advance(1);
  await gone;
  expect(ended).toEqual(["CP1 asked"]);
});

test("a fault of ours over what comes costs that connection and no other", async () => {
  const { admitAll, bugs, port: number, tracker, come } = await port(2);
  const begin = tracker.begin.bind(tracker);
  let faulty = true;
  tracker.begin = (...given) => {
    const one = begin(...given);
    if (!faulty) return one;
    faulty = false;
    const learn = () => {
      throw new Error("a fault");
    };
    return { ...one, facts: one.facts, learn };
  };
  admitAll();
  const socket = connect(number, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write(handshake("/CP1"));
  await gone;
  expect(bugs).toEqual(["a connection could not be read"]);
  expect(await (await come("CP2")).admit()).toBe("open");
});
