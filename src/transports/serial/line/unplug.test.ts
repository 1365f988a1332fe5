import { describe, expect, it, onTestFinished } from "vitest";
import { portPair } from "../../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../../lib/clock.ts";
import { silentLogger } from "../../../lib/logger.ts";
import type { LineFraming } from "../../../station/model.ts";
import type { Link } from "../../link.ts";
import { codecs } from "../framing/codecs.ts";
import { usualSettings } from "../settings.ts";
import { writeControl } from "./control.ts";
import { createSerialLines } from "./serial-lines.ts";

const framings: LineFraming[] = ["lines", "length", "slip", "cobs"];
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** A line on end `a`, and what its links tell; end `b` is a station that is held by hand. */
async function bench(framing: LineFraming | "auto") {
  const pair = portPair();
  const clock = createManualClock();
  const running = new Set<object>();
  const counted = {
    ...clock,
    after(ms: number, task: () => void) {
      const one = {};
      running.add(one);
      const timer = clock.after(ms, () => {
        running.delete(one);
        task();
      });
      return {
        stop() {
          running.delete(one);
          timer.stop();
        },
      };
    },
  };
  const messages: string[] = [];
  const ends: string[] = [];
  let damaged = 0;
  const links: Link[] = [];
  const lines = createSerialLines({
    open: pair.open,
    look: async () => ({ ports: [], networks: [] }),
    introduce: () => ({ identity: "BOARD-1", subprotocol: "ocpp1.6" }),
    remembered: () => null,
    quietSeconds: () => 60,
    frameLimit: () => 100_000,
    onLink(link) {
      links.push(link);
      link.listen({
        message: (data) => messages.push(Buffer.from(data).toString()),
        spoilt: ({ data }) => {
          damaged += data.length;
        },
        closed: (_code, _reason, cause) => ends.push(cause),
      });
    },
    clock: counted,
    log: silentLogger,
  });
  onTestFinished(() => lines.dispose());
  await lines.add({ port: "a", settings: usualSettings, framing });
  const say = async (bytes: Uint8Array) => {
    const end = await pair.open("b", usualSettings);
    await end.write(bytes);
    await turn();
    await end.dispose();
  };
  const view = () => lines.list()[0];
  return { pair, clock, lines, links, messages, ends, damaged: () => damaged, running, say, view };
}

const hello = Buffer.from(writeControl({ kind: "hello", identity: "BOARD-1", subprotocols: ["ocpp1.6"] }));
const calls = ['[2,"1","Heartbeat",{}]', '[2,"2","DataTransfer",{"vendorId":"å\u0001"}]'];

describe.each(framings)("a line in %s that is pulled out after any byte", (framing) => {
  const parts = [hello, ...calls.map((call) => Buffer.from(call))].map((data) => codecs[framing].encode(data, true));
  const all = Buffer.concat(parts);
  const wholeAt = parts.map((_, index) => Buffer.concat(parts.slice(0, index + 1)).length);

  it.each([framing, "auto"] as const)(
    "set to %s: keeps what was whole, tells the rest as damaged, and goes on",
    async (set) => {
      for (let cut = 0; cut <= all.length; cut++) {
        const { pair, clock, messages, ends, damaged, running, say, view, lines } = await bench(set);
        await say(all.subarray(0, cut));
        pair.unplug();
        await turn();
        const whole = wholeAt.filter((end) => end <= cut).length;
        expect(messages, `cut after ${cut}`).toEqual(calls.slice(0, Math.max(0, whole - 1)));
        expect(ends, `cut after ${cut}`).toEqual(whole > 0 ? ["unplugged"] : []);
        expect(view()).toMatchObject({ state: "unplugged", trouble: { phrase: "port-gone" } });
        expect([running.size, pair.held()]).toEqual([1, []]);
        // It is looked for, and away since it went.
        const { since } = view() ?? {};
        clock.advance(1000);
        await turn();
        expect(view()).toMatchObject({ state: "unplugged", since, trouble: { phrase: "port-missing" } });
        pair.plug();
        clock.advance(1000);
        await turn();
        expect(view()?.state).toBe("listening");
        await say(all);
        expect(messages.slice(-2), `after a cut after ${cut}`).toEqual(calls);
        const before = wholeAt.findLast((end) => end <= cut) ?? 0;
        expect(damaged() > 0, `cut after ${cut}`).toBe(
          // Before a framing is known every byte is one that nobody can read.
          set === "auto" && whole === 0 ? cut > 0 : isTold(all.subarray(before, cut), framing),
        );
        await lines.dispose();
        expect([running.size, pair.held()]).toEqual([0, []]);
      }
    },
  );
});

/** A lone delimiter before a message is nothing. */
function isTold(rest: Uint8Array, framing: LineFraming): boolean {
  const delimiter = { lines: 0x0a, length: -1, slip: 0xc0, cobs: 0 }[framing];
  return rest.some((byte) => byte !== delimiter);
}

it("is closed while it is looked for, and while it is being opened: nothing is held, and nothing is tried again", async () => {
  const looked = await bench("lines");
  looked.pair.unplug();
  await looked.lines.remove("a");
  looked.pair.plug();
  looked.clock.advance(5000);
  await turn();
  expect([looked.running.size, looked.pair.held()]).toEqual([0, []]);
  const opening = await bench("lines");
  opening.pair.unplug();
  opening.pair.plug();
  opening.clock.advance(1000);
  await opening.lines.remove("a");
  await turn();
  expect([opening.running.size, opening.pair.held()]).toEqual([0, []]);
});

it("is pulled out as it says goodbye, and is not opened again", async () => {
  const { pair, lines, say, running, ends } = await bench("lines");
  await say(codecs.lines.encode(hello, true));
  pair.stall(true);
  const closed = lines.dispose();
  await turn();
  pair.unplug();
  await closed;
  expect({ ends, timers: running.size, held: pair.held() }).toEqual({ ends: ["shutdown"], timers: 0, held: [] });
});

it("is closed though the other end takes nothing, and what was begun is told", async () => {
  const { pair, lines, say, damaged, ends } = await bench("lines");
  await say(Buffer.concat([codecs.lines.encode(hello, true), Buffer.from('[2,"1","Hea')]));
  pair.stall(true);
  await lines.remove("a");
  await turn();
  expect({ damaged: damaged(), ends, held: pair.held() }).toEqual({ damaged: 11, ends: ["shutdown"], held: [] });
});
