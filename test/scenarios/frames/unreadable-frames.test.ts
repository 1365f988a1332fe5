import { describe, expect, test } from "vitest";
import type { OcppVersion } from "../../../src/station/model.ts";
import { testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

type Case = {
  about: string;
  sent: string | Uint8Array;
  rule: string;
  binary?: boolean;
  /** Message type, id and code of the CALLERROR, by version; null where the specification has none. */
  answer: Record<OcppVersion, unknown[] | null>;
};

/** The same in every version. */
function always(answer: unknown[] | null): Case["answer"] {
  return { "1.6": answer, "2.0.1": answer, "2.1": answer };
}

/** 1.6 says one thing (or is silent: OCPP-J 1.6, 4.2.3), 2.x another (2.0.1 part 4, 4.2.3). */
function either(first: unknown[] | null, second: unknown[]): Case["answer"] {
  return { "1.6": first, "2.0.1": second, "2.1": second };
}

const cases: Case[] = [
  {
    about: "text that is not JSON",
    sent: "[2,",
    rule: "not-json",
    answer: either(null, [4, "-1", "RpcFrameworkError"]),
  },
  {
    about: "JSON that is no list",
    sent: '{"a":1}',
    rule: "not-array",
    answer: either(null, [4, "-1", "RpcFrameworkError"]),
  },
  {
    about: "an unknown message type",
    sent: '[9,"x"]',
    rule: "unknown-message-type",
    answer: either(null, [4, "x", "MessageTypeNotSupported"]),
  },
  {
    about: "a CALL without an action",
    sent: '[2,"a"]',
    rule: "bad-message-shape",
    answer: either([4, "a", "FormationViolation"], [4, "a", "RpcFrameworkError"]),
  },
  {
    about: "a payload that is a text",
    sent: '[2,"b","Heartbeat","x"]',
    rule: "bad-message-shape",
    answer: either([4, "b", "FormationViolation"], [4, "b", "RpcFrameworkError"]),
  },
  {
    about: "an answer to nothing",
    sent: '[3,"nothing",{}]',
    rule: "unsolicited-answer",
    answer: always(null),
  },
  {
    about: "an error to nothing",
    sent: '[4,"nothing","GenericError","",{}]',
    rule: "unsolicited-answer",
    answer: always(null),
  },
  {
    about: "a binary frame",
    sent: Buffer.from('[2,"c","Heartbeat",{}]'),
    binary: true,
    rule: "binary-frame",
    answer: always(null),
  },
  {
    about: "an unknown action",
    sent: '[2,"d","Teleport",{}]',
    rule: "unknown-action",
    answer: always([4, "d", "NotImplemented"]),
  },
];

const versions: { version: OcppVersion; protocol: string }[] = [
  { version: "1.6", protocol: "ocpp1.6" },
  { version: "2.0.1", protocol: "ocpp2.0.1" },
  { version: "2.1", protocol: "ocpp2.1" },
];

describe.each(versions)("OCPP $version", ({ version, protocol }) => {
  test.each(cases)("keeps the link and the record at $about", async ({ sent, binary, rule, answer }) => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, [protocol]);
    station.send(sent, { binary: binary ?? false });
    station.send('[2,"after","Heartbeat",{}]');
    const expected = [...(answer[version] ? [answer[version]] : []), [3, "after"]];
    for (const start of expected) expect(JSON.parse(await station.next()).slice(0, start.length)).toEqual(start);
    expect(station.heard.length).toBe(expected.length);
    const [first] = await client.call("messages.frames", { since: 0, limit: 10 });
    expect(binary ? Buffer.from(first?.base64 ?? "", "base64") : first?.text).toEqual(sent);
    expect(first?.findings.map((found) => found.rule)).toContain(rule);
  });

  test("keeps text that is not UTF-8 byte for byte", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, [protocol]);
    const bytes = Buffer.concat([
      Buffer.from('[2,"u","Heartbeat",{"x":"'),
      Buffer.from([0xff, 0xe9]),
      Buffer.from('"}]'),
    ]);
    station.send(bytes, { binary: false });
    expect(JSON.parse(await station.next()).slice(0, 2)).toEqual([3, "u"]);
    const [first] = await client.call("messages.frames", { since: 0, limit: 1 });
    expect(Buffer.from(first?.base64 ?? "", "base64")).toEqual(bytes);
    expect(first?.findings.map((found) => found.rule)).toContain("invalid-utf8");
  });

  test("stores a frame over the limit whole, and only then ends the link", async () => {
    const { client, url } = await testCore();
    await client.call("settings.change", { frameLimit: 2000 });
    const station = await rawStation(`${url}CP1`, [protocol]);
    const large = `[2,"big","DataTransfer",{"vendorId":"V","data":"${"x".repeat(5000)}"}]`;
    station.send(large);
    expect(await station.closed).toEqual({ code: 1009, reason: "message too big" });
    const [first] = await client.call("messages.frames", { since: 0, limit: 1 });
    expect(first?.text).toBe(large);
    expect(first?.findings.map((found) => found.rule)).toEqual(["over-limit"]);
  });
});
