import { expect, test } from "vitest";
import { maskedFrame } from "../../../test/harness/masked-frame.ts";
import { atMost, close, limit, linked, packedText, turn } from "../../../test/harness/transports/memory-link.ts";
import { words } from "../../station/phrases.ts";

test("a compressed message is handed on unpacked, and one over the limit is told by what it was unpacked", async () => {
  const { hear, told, got } = await linked({ compressed: true });
  const comes = async (text: string) => {
    const before = told.length;
    const came = await hear(packedText(text));
    while (came.length + told.length === before) await turn();
    return [...came, ...told.splice(0)];
  };
  expect(await comes("x".repeat(limit))).toEqual(["heard", ["x".repeat(limit), false, true]]);
  expect(await comes("y".repeat(limit + 1))).toEqual([
    ["spoilt", "yyyyy", limit + 1, false, words("bytes", { count: limit + 1 }), atMost],
  ]);
  expect((await got()).map(([, said]) => said.slice(0, 4))).toEqual(["1009"]);
});

test.each([
  [4 * limit, words("bytes", { count: 4 * limit })],
  [4 * limit + 1, words("unpacked-too-large")],
])("a compressed message is unpacked to four times the limit: %i", async (length, said) => {
  const { hear, told } = await linked({ compressed: true });
  const came = await hear(packedText("y".repeat(length)));
  while (came.length + told.length < 2) await turn();
  expect([...came, ...told].at(1)).toContainEqual(said);
});

test("a compressed message far over the limit is not unpacked to its end", async () => {
  const { hear, told, far } = await linked({ compressed: true });
  const came = await hear(packedText("y".repeat(10 * limit)));
  while (came.length + told.length < 2) await turn();
  far.end();
  await turn();
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, words("unpacked-too-large"), atMost],
    ["gone", "over-limit", words("unpacked-too-large")],
    ["closed", 1009, "", "over-limit"],
  ]);
});

test("what cannot be unpacked ends the link with what the library says of it", async () => {
  const { hear, told, far } = await linked({ compressed: true });
  const came = await hear(maskedFrame(0xc1, Buffer.from([0xff, 0xff, 0xff])));
  while (came.length + told.length < 2) await turn();
  far.end();
  await turn();
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, words("wire-library", { error: "invalid block type" }), undefined],
    ["gone", "protocol-error", words("wire-library", { error: "invalid block type" })],
    ["closed", 1006, "", "protocol-error"],
  ]);
});

test("a goodbye with a code that may not be sent is a goodbye all the same, and told", async () => {
  const { hear, told, far } = await linked();
  const came = await hear(close(1005));
  far.end();
  await turn();
  const said = words("wire-library", { error: "Invalid WebSocket frame: invalid status code 1005" });
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, said, undefined],
    ["gone", "station", said],
    ["closed", 1006, "", "station"],
  ]);
});
