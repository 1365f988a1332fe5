import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { contactFile, readContact } from "./contact.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "plugside-contact-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const contact = { url: "http://127.0.0.1:1/", secret: "one", pid: 1, ports: [9000] };

test("the contact of a core is there for its user alone, until the core ends", async () => {
  const data = folder();
  expect(readContact(data)).toBeNull();
  const kept = contactFile(data, contact);
  expect(readContact(data)).toEqual(contact);
  if (process.platform !== "win32") expect(statSync(join(data, "core.json")).mode & 0o777).toBe(0o600);
  await kept.dispose();
  expect(existsSync(join(data, "core.json"))).toBe(false);
});

test("a core that ends leaves the contact of the one in its place", async () => {
  const data = folder();
  const before = contactFile(data, contact);
  contactFile(data, { ...contact, secret: "two" });
  await before.dispose();
  expect(readContact(data)?.secret).toBe("two");
});

test("one of before there were ports has none, and what is no contact is none", () => {
  const data = folder();
  const write = (text: string) => writeFileSync(join(data, "core.json"), text);
  const { ports: _ports, ...older } = contact;
  write(JSON.stringify(older));
  expect(readContact(data)).toEqual({ ...contact, ports: [] });
  for (const text of [
    "",
    "{",
    "{}",
    JSON.stringify({ ...contact, pid: "1" }),
    JSON.stringify({ ...contact, secret: 1 }),
  ]) {
    write(text);
    expect(readContact(data)).toBeNull();
  }
  expect(readFileSync(join(data, "core.json"), "utf8")).toContain('"secret":1');
});
