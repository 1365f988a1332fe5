import { expect, it } from "vitest";
import { framesIn } from "./frames-in-line.ts";

const message = '[2,"a1","StatusNotification",{"info":"say \\"hi\\" [x] é","connectorId":1}]';
const json = (value: unknown) => JSON.stringify(value);

it.each([
  ["as it was sent", message],
  ["in JSON", json({ msg: message }).slice(8, -2)],
  ["in JSON within JSON", json(json({ msg: message })).slice(12, -4)],
  ["with signs of HTML", message.replaceAll('"', "&quot;")],
  ["in hex", Buffer.from(message).toString("hex")],
  [
    "in hex with spaces",
    Buffer.from(message)
      .toString("hex")
      .replace(/..(?!$)/g, "$& "),
  ],
])("a message is recognised in a line %s", (_how, written) => {
  const line = `10:02:11 sent: ${written}" and so on ]`;
  expect(framesIn(line)).toEqual([
    { begin: 15, end: 15 + written.length, text: message, type: "call", id: "a1", action: "StatusNotification" },
  ]);
});

it("each of several in a line is told", () => {
  const line = 'q: [3, "a1", {}], [4,"b","GenericError","",{}] [6,"c","NotifyPeriodicEventStream",{}]';
  expect(framesIn(line).map(({ type, id, action }) => [type, id, action])).toEqual([
    ["result", "a1", undefined],
    ["error", "b", undefined],
    ["send", "c", "NotifyPeriodicEventStream"],
  ]);
});

it("what a message holds is no message of its own, and what follows it is", () => {
  const held = `[2,"a","DataTransfer",{"data":"[2,\\"b\\",\\"Heartbeat\\",{}]","list":[3,"c",{}]}]`;
  expect(framesIn(`${held} ${message}`).map(({ id, begin }) => [id, begin])).toEqual([
    ["a", 0],
    ["a1", held.length + 1],
  ]);
});

it("one that the log cut off is told by its beginning", () => {
  expect(framesIn(`x ${message.slice(0, 50)}`)).toEqual([
    { begin: 2, end: 52, text: message.slice(0, 50), type: "unreadable", id: "a1", action: "StatusNotification" },
  ]);
});

it.each(['list [2,"a"]', "[2, 3, 4]", "[2,", "5b322c22", '[[[[[2,"a', '[9,"a","b",{}]'])("%s is none", (line) => {
  expect(framesIn(line)).toEqual([]);
});

it("24 beginnings are tried in a line, and no more", () => {
  const last = '[2,"a1","Heartbeat",{}]';
  const none = '[2,"a",] ';
  expect(framesIn(none.repeat(23) + last).map(({ id }) => id)).toEqual(["a1"]);
  expect(framesIn(none.repeat(24) + last)).toEqual([]);
});

it("eight messages of a line are told, and no more", () => {
  const line = Array.from({ length: 9 }, (_, n) => `[2,"${n}","Heartbeat",{}]`).join(" ");
  expect(framesIn(line).map(({ id }) => id)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
});

it("a message written within a text three times, with line ends, tabs and letters in their numbers", () => {
  const odd = JSON.stringify([2, "a1", "DataTransfer", { data: 'tab\t end\n "q" \\ \u0001 é \b\f\r' }]);
  let written = odd;
  for (let time = 0; time < 3; time++) {
    written = JSON.stringify({ msg: written }).slice(8, -2);
    expect(framesIn(`x ${written}" y`)[0]).toMatchObject({
      begin: 2,
      end: 2 + written.length,
      text: odd,
      type: "call",
    });
  }
  // A writer that knows plain letters alone.
  expect(framesIn(json({ msg: message }).replace("é", "\\u00e9"))[0]?.text).toBe(message);
});

it("every sign of HTML is read, and what is none stays", () => {
  const said = `[2,"a1","DataTransfer",{"data":"<a> & 'b' &copy;"}]`;
  const written = said
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#39;")
    .replace("&amp;copy;", "&copy;");
  expect(framesIn(`${written}.`)).toMatchObject([{ begin: 0, end: written.length, text: said }]);
});

it("a bracket within a text closes nothing, and more within each other than any message has are none", () => {
  const quoted = `[2,"a]","DataTransfer",{"data":"\\"]}"}] more]`;
  expect(framesIn(quoted).map(({ text }) => text)).toEqual([quoted.slice(0, -6)]);
  const nested = (depth: number) => `[2,"a","DataTransfer",{"data":${"[".repeat(depth)}${"]".repeat(depth)}}]`;
  expect([framesIn(nested(98)).length, framesIn(nested(99)).length]).toEqual([1, 0]);
});

it("a message of a hundred lists within each other is read, and what goes deeper is none", () => {
  const message = (depth: number) => `[2,"1","DataTransfer",{"data":${"[".repeat(depth - 2)}${"]".repeat(depth - 2)}}]`;
  expect(framesIn(message(100)).map(({ text }) => text)).toEqual([message(100)]);
  expect(framesIn(message(101))).toEqual([]);
});
