import { describe, expect, it, test } from "vitest";
import { silentLogger } from "../../../lib/logger.ts";
import type { Answer } from "../../../transports/system/ask.ts";
import { createFirewall } from "./firewall.ts";

const program = "C:\\Program Files\\O'Brien\\Plugside.exe";
const profile = (name: string, more: object = {}) => ({
  name,
  enabled: "True",
  inbound: "Block",
  rules: "True",
  local: "True",
  ...more,
});
const rule = (action: string, of: string, source = "Local") => ({
  name: `${action} ${of}`,
  action,
  profile: of,
  source,
});
const profiles = [profile("Domain"), profile("Private"), profile("Public")];
const cable = { name: "Ethernet", category: "Public" };
const office = { name: "Wi-Fi", category: "DomainAuthenticated" };

type Asked = { program: string; args: readonly string[] };

/** A system whose programs answer as told; what none tells is not there. */
function system(
  platform: NodeJS.Platform,
  answers: (asked: Asked) => Answer,
  texts: Record<string, string> = {},
  path = program,
) {
  const asked: Asked[] = [];
  const firewall = createFirewall(() => [9000, 9001, 9000], silentLogger, {
    platform,
    program: path,
    async ask(name, args) {
      asked.push({ program: name, args });
      return answers({ program: name, args });
    },
    readText: (path) => texts[path] ?? null,
  });
  return { firewall, asked };
}

const says = (value: unknown): Answer => ({ code: 0, text: `\uFEFF${JSON.stringify(value)}\r\n` });

describe("Windows", () => {
  const look = (value: unknown) => system("win32", () => says(value)).firewall.look();

  it("says what happens on each network, and that a direct cable is a public one", async () => {
    const report = await look({ rules: [rule("Allow", "Domain, Private")], profiles, networks: [office, cable] });
    expect(report).toMatchObject({
      firewall: "windows",
      state: "not-allowed",
      program,
      ports: [9000, 9001],
      networks: [
        { name: "Wi-Fi", profile: "Domain", state: "allowed" },
        { name: "Ethernet", profile: "Public", state: "not-allowed" },
      ],
    });
    expect(report).not.toHaveProperty("blockedBy");
    expect(report.commands).toEqual([
      "New-NetFirewallRule -DisplayName 'Plugside' -Direction Inbound -Action Allow -Profile Any -Protocol TCP -Program 'C:\\Program Files\\O''Brien\\Plugside.exe'",
    ]);
  });

  it("knows that a block beats an allow, and takes it away first", async () => {
    const rules = [rule("Allow", "Any"), rule("Block", "Public")];
    const report = await look({ rules, profiles, networks: [cable] });
    expect([report.state, report.blockedBy, report.byPolicy]).toEqual(["blocked", ["Block Public"], undefined]);
    expect(report.commands).toHaveLength(2);
    expect(report.commands[0]).toMatch(
      /^Get-NetFirewallApplicationFilter -Program 'C:.*'Block' \} \| Remove-NetFirewallRule$/,
    );
    const elsewhere = await look({ rules, profiles, networks: [office] });
    expect([elsewhere.state, elsewhere.blockedBy, elsewhere.commands.length]).toEqual(["allowed", undefined, 2]);
  });

  it("names a rule that is there twice, for TCP and for UDP, once", async () => {
    const asked = { ...rule("Block", "Any"), name: "Plugside.exe" };
    const report = await look({ rules: [asked, asked, rule("Block", "Public")], profiles, networks: [cable] });
    expect(report.blockedBy).toEqual(["Plugside.exe", "Block Public"]);
  });

  it.each([
    ["a firewall that is off", { enabled: "False", rules: "False" }, [], "off"],
    ["nothing that may come in at all", { rules: "False" }, [rule("Allow", "Any")], "blocked"],
    ["a profile that lets everything in", { inbound: "Allow" }, [], "allowed"],
    ["settings that say nothing", { inbound: "NotConfigured", rules: "NotConfigured" }, [], "not-allowed"],
    ["an allow that asks for IPsec or not", {}, [rule("AllowBypass", "Any")], "allowed"],
  ])("%s", async (_what, more, rules, state) => {
    expect((await look({ rules, profiles: [profile("Public", more)], networks: [cable] })).state).toBe(state);
  });

  it("says what only a company's administrators can change", async () => {
    const policy = await look({ rules: [rule("Block", "Any", "GroupPolicy")], profiles, networks: [cable] });
    expect(policy.byPolicy).toBe(true);
    const onlyTheirs = [profile("Public", { local: "False" })];
    expect((await look({ rules: [], profiles: onlyTheirs, networks: [cable] })).byPolicy).toBe(true);
    expect(
      (await look({ rules: [rule("Allow", "Any", "GroupPolicy")], profiles: onlyTheirs, networks: [cable] })).byPolicy,
    ).toBe(undefined);
  });

  it("has nothing for administrators to change where the firewall is off", async () => {
    const off = [profile("Public", { local: "False", enabled: "False" })];
    const report = await look({ rules: [], profiles: off, networks: [cable] });
    expect([report.state, report.byPolicy]).toEqual(["off", undefined]);
  });

  it("is as bad as its worst network: what keeps stations out for sure goes before what is not known", async () => {
    const state = async (...states: string[]) => {
      const kinds: Record<string, object> = {
        blocked: { rules: "False" },
        "not-allowed": {},
        allowed: { inbound: "Allow" },
        off: { enabled: "False" },
      };
      const known = states.filter((one) => one !== "unknown");
      return (
        await look({
          rules: [],
          profiles: [profile("none"), ...known.map((one) => profile(one, kinds[one]))],
          networks: states.map((one) => ({ name: one, category: one })),
        })
      ).state;
    };
    const order = ["blocked", "not-allowed", "unknown", "allowed", "off"];
    for (const [at, worst] of order.entries()) expect(await state(...order.slice(at).reverse())).toBe(worst);
  });

  it("takes a list of one without its brackets, and knows nothing of a laptop without a network", async () => {
    const one = { rules: rule("Allow", "Any"), profiles: profile("Public"), networks: cable };
    expect((await look(one)).state).toBe("allowed");
    expect((await look({ rules: null, profiles, networks: [cable] })).state).toBe("not-allowed");
    expect((await look({ rules: null, profiles, networks: null })).state).toBe("unknown");
    expect((await look({ rules: [], profiles, networks: [] })).state).toBe("unknown");
    expect((await look({ rules: [], profiles: [profile("Private")], networks: [cable] })).state).toBe("unknown");
  });

  it.each([
    ["no answer", null],
    ["a failure", { code: 1, text: "{}" }],
    ["another text", { code: 0, text: "Access is denied." }],
    ["no settings", says({ rules: [], profiles: [], networks: [] })],
    ["values of another kind", says({ profiles: [{ name: 1 }], networks: [3, null], rules: "x" })],
    ["no object", says([1])],
    ["a text that ends with a number", { code: 0, text: "HRESULT 0x80070005" }],
  ])("is unknown with %s, and the command is told all the same", async (_what, answer) => {
    const report = await system("win32", () => answer).firewall.look();
    expect([report.state, report.commands.length]).toEqual(["unknown", 1]);
  });

  it("hands its question over in one argument that no shell reads, with the name of the program as a text", async () => {
    const { firewall, asked } = system("win32", () => null);
    await firewall.look();
    expect(asked[0]?.program).toBe("powershell.exe");
    expect(asked[0]?.args.slice(0, 3)).toEqual(["-NoProfile", "-NonInteractive", "-EncodedCommand"]);
    const script = Buffer.from(asked[0]?.args[3] ?? "", "base64").toString("utf16le");
    expect(script).toContain("$program = 'C:\\Program Files\\O''Brien\\Plugside.exe'\n$ports = @('9000','9001')\n");
  });

  // PowerShell ends a text by each of these as well.
  it.each(["'", "\u2018", "\u2019", "\u201A", "\u201B"])(
    "lets no %s in a name end the text that it stands in",
    async (quote) => {
      const { firewall, asked } = system("win32", () => null, {}, `C:\\O${quote}Brien\\Plugside.exe`);
      const { commands } = await firewall.look();
      const text = `'C:\\O${quote}${quote}Brien\\Plugside.exe'`;
      expect(Buffer.from(asked[0]?.args[3] ?? "", "base64").toString("utf16le")).toContain(`$program = ${text}\n`);
      expect(commands[0]?.endsWith(` -Program ${text}`)).toBe(true);
    },
  );
});

describe("Linux", () => {
  const cmd =
    (answers: Record<string, Answer>) =>
    ({ program: name, args }: Asked) =>
      answers[`${name} ${args.join(" ")}`] ?? null;

  it("asks firewalld for each port", async () => {
    const answers = {
      "firewall-cmd --state": { code: 0, text: "running\n" },
      "firewall-cmd --query-port=9000/tcp": { code: 0, text: "yes\n" },
      "firewall-cmd --query-port=9001/tcp": { code: 1, text: "no\n" },
    };
    expect(await system("linux", cmd(answers)).firewall.look()).toMatchObject({
      firewall: "firewalld",
      state: "not-allowed",
      commands: [
        "sudo firewall-cmd --permanent --add-port=9000/tcp",
        "sudo firewall-cmd --permanent --add-port=9001/tcp",
        "sudo firewall-cmd --reload",
      ],
    });
    const open = { ...answers, "firewall-cmd --query-port=9001/tcp": { code: 0, text: "yes\n" } };
    expect((await system("linux", cmd(open)).firewall.look()).state).toBe("allowed");
    const unsaid = { ...answers, "firewall-cmd --query-port=9001/tcp": { code: 253, text: "" } };
    expect((await system("linux", cmd(unsaid)).firewall.look()).state).toBe("unknown");
  });

  it.each([
    ["ENABLED=yes\n", "unknown"],
    ["# ENABLED=yes\nENABLED=no\n", "off"],
  ])("ufw tells only whether it is on: %j", async (text, state) => {
    const { firewall } = system("linux", () => ({ code: 252, text: "" }), { "/etc/ufw/ufw.conf": text });
    expect(await firewall.look()).toMatchObject({
      firewall: "ufw",
      state,
      commands: ["sudo ufw allow 9000/tcp", "sudo ufw allow 9001/tcp"],
    });
  });

  it("says nothing of a system that has neither", async () => {
    const { firewall } = system("linux", () => null);
    expect(await firewall.look()).toEqual({
      firewall: null,
      state: "unknown",
      program,
      ports: [9000, 9001],
      commands: [],
    });
  });
});

test.each([
  ["Firewall is disabled. (State = 0)", "Block all DISABLED!", "The application is not part of the firewall", "off"],
  [
    "Firewall is enabled. (State = 1)",
    "Block all DISABLED!",
    "Incoming connection to the application is permitted",
    "allowed",
  ],
  [
    "Firewall is enabled. (State = 1)",
    "Block all DISABLED!",
    "Incoming connections to the application are blocked",
    "blocked",
  ],
  [
    "Firewall is enabled. (State = 1)",
    "Block all ENABLED!",
    "Incoming connection to the application is permitted",
    "blocked",
  ],
  ["Firewall is enabled. (State = 2)", "", "", "blocked"],
  [
    "Firewall is enabled. (State = 1)",
    "Firewall has block all state set to disabled.",
    "The application is not part of the firewall",
    "unknown",
  ],
  ["", "", "", "unknown"],
])("macOS: %s %s %s", async (global, all, own, state) => {
  const { firewall } = system("darwin", ({ args: [flag = ""] }) => {
    const text = { "--getglobalstate": global, "--getblockall": all, "--getappblocked": own }[flag] ?? "";
    return { code: 0, text: `${text}\n` };
  });
  const report = await firewall.look();
  expect([report.firewall, report.state]).toEqual(["macos", state]);
  expect(report.commands[1]).toBe(
    "sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp 'C:\\Program Files\\O'\\''Brien\\Plugside.exe'",
  );
});

test("who asks meanwhile gets the same answer, and only what is new is told", async () => {
  const { firewall, asked } = system("linux", () => null);
  const told: unknown[] = [];
  firewall.changed.on((report) => told.push(report));
  expect(firewall.last()).toBeNull();
  const [one, two] = await Promise.all([firewall.look(), firewall.look()]);
  expect(one).toBe(two);
  expect(asked).toHaveLength(1);
  await firewall.look();
  expect(asked).toHaveLength(2);
  expect(told).toEqual([firewall.last()]);
});

test("macOS: unknown where nothing answers, and no path is a command of its own", async () => {
  const report = await system("darwin", () => null).firewall.look();
  const path = "'C:\\Program Files\\O'\\''Brien\\Plugside.exe'";
  const tool = "sudo /usr/libexec/ApplicationFirewall/socketfilterfw";
  expect(report).toEqual({
    firewall: "macos",
    state: "unknown",
    program,
    ports: [9000, 9001],
    commands: [`${tool} --add ${path}`, `${tool} --unblockapp ${path}`],
  });
});
