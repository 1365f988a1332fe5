import { describe, expect, it } from "vitest";
import { languages } from "../words/language.ts";
import { commandText } from "../words/spoken.ts";
import { commandNames, stationCommand } from "./commands.ts";

describe("a command as it comes in", () => {
  it.each([
    { name: "reset", kind: "soft" },
    { name: "unlock", evse: 1, connector: 1 },
    { name: "start", token: { value: "04A1", type: "ISO14443" }, evse: 2 },
    { name: "availability", evse: 0, operative: false },
    { name: "clear-cache" },
    { name: "raw", action: "Reset", payload: "{}", force: true },
  ] as const)("is taken: %o", (command) => {
    expect(stationCommand.parse(command)).toEqual(command);
  });

  it.each([
    [{ name: "reset", kind: "sideways" }, "kind"],
    [{ name: "unlock", evse: 0, connector: 1 }, "evse"],
    [{ name: "start" }, "token"],
    [{ name: "availability", evse: -1, operative: true }, "evse"],
    [{ name: "certificate-install", use: "Other", certificate: "x" }, "use"],
    [{ name: "explode" }, "name"],
  ])("is refused at its field: %o", (command, field) => {
    const { error } = stationCommand.safeParse(command);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it("has a name of its own each", () => {
    expect(new Set(commandNames).size).toBe(commandNames.length);
  });
});

it.each(commandNames)("%s has a name in each language", (name) => {
  for (const language of languages) expect(commandText(name, language)).not.toBe(name);
});
