import { expect, test } from "vitest";
import { english } from "../../station/phrases.ts";
import { findProfile, loadProfiles, profileView } from "./profiles.ts";
import { boxProfile } from "./testing/fake-device.ts";

test("a profile is listed with what a person chooses by, and nothing that it does not say", async () => {
  const box = profileView(await findProfile({ text: boxProfile }));
  expect(box).toEqual({
    name: "box",
    maker: "M",
    device: "D",
    kind: "meter",
    source: "paper",
    proven: "document",
    unit: 7,
    tellsErrors: false,
    registers: 4,
    commands: [
      { name: "limit-current", says: "Sets the limit", least: 6, most: 16 },
      { name: "enable", says: "Lets it charge", value: 1 },
    ],
  });
  const more = `${boxProfile}notes: mind the gap\nserial: { baud: 19200, parity: even, stop: 2 }\n`.replace(
    "means: serial",
    'means: error, values: { 1: "Hot" }',
  );
  expect(profileView(await findProfile({ text: more }))).toMatchObject({
    notes: "mind the gap",
    serial: { baudRate: 19_200, frame: "8E2" },
    tellsErrors: true,
  });
});

test("those that are shipped are found by their names", async () => {
  const [first] = await loadProfiles();
  expect(await findProfile(first?.name ?? "")).toBe(first);
  await expect(findProfile("box")).rejects.toMatchObject({ code: "invalid-input" });
});

test("every fault of a file is told with its line, twenty at most, and how many more there are", async () => {
  const faulty = (count: number) =>
    boxProfile.replace("commands:", `${`  - { at: -1, means: Voltage }\n`.repeat(count)}commands:`);
  const told = async (count: number) => {
    const error = await findProfile({ text: faulty(count) }).catch(
      (one: { words: Parameters<typeof english>[0] }) => one,
    );
    return english((error as { words: Parameters<typeof english>[0] }).words);
  };
  const lines = (text: string) => text.match(/line \d+/gi) ?? [];
  expect(lines(await told(1))).toHaveLength(1);
  expect(lines(await told(20))).toHaveLength(20);
  const many = await told(23);
  expect([lines(many).length, /\b3\b/.test(many.slice(many.lastIndexOf("line")))]).toEqual([20, true]);
});
