import { expect, test } from "vitest";
import { readBasic, shownUser } from "./basic-credentials.ts";

const basic = (text: string) => `Basic ${Buffer.from(text, "latin1").toString("base64")}`;

test.each([
  [undefined, null],
  ["Bearer abc", "scheme"],
  ["Basicabc", "scheme"],
  ["Basic", "base64"],
  ["Basic a b", "base64"],
  ["Basic ====", "base64"],
  ["Basic YWJj", "colon"],
])("the header %s is unreadable by its %s, and nothing of it is kept", (header, why) => {
  const read = readBasic(header);
  expect(read?.unreadable ?? null).toBe(why);
  if (read) expect([read.user, read.password.length, read.form]).toEqual(["", 0, "unreadable"]);
});

test("the user name ends at the first colon, and the password is the bytes after it", () => {
  const read = readBasic(`  bAsIc \t${Buffer.from("CP1:a:\xff", "latin1").toString("base64")} `);
  expect([read?.user, [...(read?.password ?? [])], read?.form]).toEqual(["CP1", [97, 58, 255], "not-utf8"]);
});

test.each([
  ["", "empty"],
  ["secret", "text"],
  ["0123456789abcdef0123456789ABCDEF", "hex"],
  ["0123456789abcdef0123456789abcde", "text"],
  ["0123456789abcdef0123456789abcdef0", "text"],
  ["0123456789abcdef0123456789abcdeg", "text"],
  ["\xe5", "not-utf8"],
])("the password %j has the form %s", (password, form) => {
  expect(readBasic(basic(`CP1:${password}`))?.form).toBe(form);
});

test("where user name and password were exchanged, the user name is the password and not shown", () => {
  const shown = (user: string, password: string) => shownUser({ user, password: Buffer.from(password) }, "CP1");
  expect([shown("CP1", "secret"), shown("CP2", "secret"), shown("secret", "CP1")]).toEqual(["CP1", "CP2", "•••"]);
  expect(shown("CP1", "CP1")).toBe("CP1");
});
