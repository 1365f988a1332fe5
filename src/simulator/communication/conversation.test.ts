import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { loadSchemas } from "../../ocpp/schemas.ts";
import type { OcppVersion } from "../../station/model.ts";
import { createConversation } from "./conversation.ts";

const deep = `${"[".repeat(3100)}${"]".repeat(3100)}`;

async function begun(version: OcppVersion, fails = false) {
  const sent: string[] = [];
  const lines: string[] = [];
  const conversation = createConversation({
    version,
    schemas: await loadSchemas(version),
    clock: createManualClock(),
    send: (text) => sent.push(text) > 0,
    answer() {
      if (fails) throw new RangeError("cannot answer");
      return { reply: { status: "Accepted" } };
    },
    log: (line) => lines.push(line),
  });
  conversation.begin();
  return { conversation, sent, lines };
}

test.each([
  ["1.6", "FormationViolation"],
  ["2.0.1", "FormatViolation"],
  ["2.1", "FormatViolation"],
] as const)(
  "a nested message of a central system is refused by a station of OCPP %s, and the next one answered",
  async (version, code) => {
    const { conversation, sent, lines } = await begun(version);
    conversation.receive(`[2,"1","Reset",${deep}]`);
    conversation.receive(`[3,"2",${deep}]`);
    conversation.receive('[2,"3","ClearCache",{}]');
    expect(sent.map((text) => JSON.parse(text).slice(0, 3))).toEqual([
      [4, "1", code],
      [3, "3", { status: "Accepted" }],
    ]);
    expect(lines).toEqual(["ignored a frame: too-complex", "ignored a frame: too-complex"]);
  },
);

test("a nested answer ends the wait of the call that it answers", async () => {
  const { conversation, sent } = await begun("1.6");
  const answer = conversation.ask({ action: "Heartbeat", payload: {} });
  conversation.receive(`[3,${JSON.stringify(JSON.parse(sent[0] ?? "")[1])},${deep}]`);
  expect(await answer).toEqual({ type: "unreadable" });
});

test("a fault of ours is answered and said, and the next message is read", async () => {
  const { conversation, sent, lines } = await begun("1.6", true);
  conversation.receive('[2,"1","ClearCache",{}]');
  conversation.receive('[2,"2","ClearCache",{}]');
  expect(sent.map((text) => JSON.parse(text).slice(0, 3))).toEqual([
    [4, "1", "InternalError"],
    [4, "2", "InternalError"],
  ]);
  expect(lines[0]).toBe("a message met a fault of Plugside's own; report it with this text: RangeError: cannot answer");
});
