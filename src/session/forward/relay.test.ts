import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { FrameEntry } from "../../store/recorder.ts";
import type { UpstreamListener } from "../../transports/websocket/client.ts";
import type { Ledger } from "../ledger.ts";
import { ForwardRelay } from "./relay.ts";
import type { StationPort } from "./station-port.ts";

test("a message from above that fails in us is on record, answered and told, and both conversations go on", () => {
  let kept = 0;
  let broken = true;
  const rows: { direction: string; data: unknown }[] = [];
  const faults: string[] = [];
  const down: string[] = [];
  const up: string[] = [];
  const ledger = {
    get kept() {
      return kept;
    },
    above(direction: "in" | "out", { data }: { data: unknown }, then?: () => void) {
      kept++;
      rows.push({ direction, data });
      queueMicrotask(() => then?.());
      return { seq: rows.length } as FrameEntry;
    },
    sent({ data }: { data: unknown }, then?: () => void) {
      if (broken) throw new RangeError("cannot pass");
      rows.push({ direction: "down", data });
      queueMicrotask(() => then?.());
      return { seq: rows.length } as FrameEntry;
    },
    mark: () => undefined,
  } as unknown as Ledger;
  const port = {
    ledger,
    send: (data: Uint8Array) => down.push(Buffer.from(data).toString()),
    calling: () => false,
    resume: () => undefined,
    failed: (where: string, error: unknown) => faults.push(`${where} ${String(error)}`),
  } as unknown as StationPort;
  let listener: UpstreamListener | undefined;
  const relay = new ForwardRelay(
    port,
    { url: "ws://a/CP1", insecure: false, messageLimit: 1000 },
    {
      clock: createManualClock(),
      dial(_address, given) {
        listener = given;
        return { send: (data) => void up.push(Buffer.from(data).toString()), close: () => undefined };
      },
      whenAway: () => "answer",
      faults: () => [],
      answerMs: () => 30_000,
      onState: () => undefined,
      onHeld: () => undefined,
    },
  );
  relay.dial();
  listener?.open("ocpp1.6");
  const text = '[2,"1","Reset",{"type":"Soft"}]';
  listener?.message(Buffer.from(text), false);
  broken = false;
  listener?.message(Buffer.from('[2,"2","ClearCache",{}]'), false);
  return Promise.resolve().then(() => {
    expect(rows.map(({ direction }) => direction)).toEqual(["in", "out", "down"]);
    expect(rows[0]?.data).toBe(text);
    expect(up.map((sent) => JSON.parse(sent).slice(0, 3))).toEqual([[4, "1", "InternalError"]]);
    expect(down).toEqual(['[2,"2","ClearCache",{}]']);
    expect(faults).toEqual(["upstream frame RangeError: cannot pass"]);
    relay.end();
  });
});
