import { expect, test } from "vitest";
import { testCore } from "../../harness/core.ts";
import { linesOf, protocolOf, type Recorded } from "../../harness/frames.ts";
import { conversations, replay } from "../../harness/recorded.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const recorded = linesOf<Recorded>("real-chargers.ndjson").filter((item) => item.direction === "station->csms");

test("frames of real chargers are stored byte for byte, and the link is kept", async () => {
  const { client, url } = await testCore();
  const makes = [...Map.groupBy(recorded, ({ vendor, ocpp }) => `${vendor}, ${ocpp}`).values()];
  for (const [index, items] of makes.entries()) {
    const { vendor, ocpp } = items[0] as Recorded;
    const station = await rawStation(`${url}V${index}`, [protocolOf[ocpp]]);
    const frames = items.map((item) => item.frame);
    for (const frame of frames) station.send(frame);
    const last = await station.ask("Heartbeat", {}).catch(() => "answered otherwise");
    expect(last).not.toBeUndefined();
    const stored = await client.call("messages.frames", { station: `V${index}`, since: 0, limit: 5000 });
    const received = stored.filter((record) => record.direction === "in").map((record) => record.text);
    expect(received.slice(0, frames.length), vendor).toEqual(frames);
    expect(station.socket.readyState, vendor).toBe(station.socket.OPEN);
    await station.close();
  }
});

test.each(conversations())("names each deviation, and nothing else: $name", async ({ lines }) => {
  const { found, sent, stored, badAnswers, errors, state, open } = await replay(lines);
  const named = lines.map(({ expected: { line, frame } }) => ({ line, frame, findings: found.get(line) }));
  const wanted = lines.map(({ expected: { line, frame, findings } }) => ({ line, frame, findings }));
  expect(named).toEqual(wanted);
  // Nothing is found beside the frames, on the link or in what follows.
  const rules = lines.flatMap(({ direction, expected: { findings } }) =>
    direction === "station->csms" ? findings.map(({ rule }) => rule) : [],
  );
  expect([...new Set(state.findings.map(({ rule }) => rule))].sort()).toEqual([...new Set(rules)].sort());
  expect(stored).toEqual(sent);
  expect(open, "the link is kept").toBe(true);
  expect(badAnswers).toEqual([]);
  expect(errors).toEqual([]);
});
