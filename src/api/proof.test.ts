import { expect, test } from "vitest";
import { askCore, proveCore, readChallenge, same } from "./proof.ts";

const secret = "a-secret-of-core.json";
const port = 7000;

/** What the core answers to a client that asks it, over these secrets and ports. */
function meet(core: { secret: string; port: number }) {
  const client = askCore(secret, port);
  const asked = readChallenge(client.headers);
  if (asked === null) throw new Error("no number");
  const proof = proveCore(core.secret, core.port, asked);
  const [name = "", value = ""] = proof.header.split(": ");
  return { proof, value, reply: client.reply({ [name]: value }), client, name };
}

test("who has the same secret is believed on both sides", () => {
  const { proof, reply } = meet({ secret, port });
  expect(reply).toMatch(/^[\w-]{43}$/);
  expect(proof.accepts(String(reply))).toBe(true);
});

test("a core with another secret, or behind another port, is told nothing", () => {
  expect(meet({ secret: "another", port }).reply).toBeNull();
  expect(meet({ secret, port: port + 1 }).reply).toBeNull();
});

test("a core does not let in who says nothing, what it said itself, or what was right on another connection", () => {
  const { proof, value } = meet({ secret, port });
  const [own = "", mark = ""] = value.split(".");
  const other = String(meet({ secret, port }).reply);
  expect(["", "x", own, mark, other].map(proof.accepts)).toEqual([false, false, false, false, false]);
});

test("a client does not reply to no proof, to half of one, or to one of another connection", () => {
  const { client, name, value } = meet({ secret, port });
  const other = meet({ secret, port }).value;
  expect(client.reply({})).toBeNull();
  expect(client.reply({ [name]: value.slice(0, -1) })).toBeNull();
  expect(client.reply({ [name]: other })).toBeNull();
});

test.each<[Record<string, string | string[]>]>([
  [{}],
  [{ "plugside-ask": "a".repeat(42) }],
  [{ "plugside-ask": "a".repeat(44) }],
  [{ "plugside-ask": `${"a".repeat(42)}.` }],
  [{ "plugside-ask": ["a".repeat(43)] }],
])("is no number to answer: %j", (headers) => {
  expect(readChallenge(headers)).toBeNull();
});

test("compares texts whole", () => {
  expect([same("abc", "abc"), same("abc", "abd"), same("abc", "abcd"), same("", "")]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
