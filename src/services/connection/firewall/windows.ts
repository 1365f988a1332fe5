import type { Ask } from "../../../transports/system/ask.ts";
import type { FirewallReport, FirewallState } from "../contract.ts";
import { worst } from "./worst.ts";

/** A rule of the firewall that is in force for what comes in. `profile`: "Any", or a list such as "Domain, Private". */
type Rule = { name: string; action: string; profile: string; source: string };
/** `inbound`: what happens without a rule; `rules`: whether any rule counts; `local`: whether those set on this computer do. */
type Profile = { name: string; enabled: string; inbound: string; rules: string; local: string };
type Network = { name: string; category: string };
type Seen = { rules: Rule[]; profiles: Profile[]; networks: Network[] };

/** Asks the Windows firewall about a program and its ports; nobody need be an administrator for that. The rules are those in force
 * (`ActiveStore`), those of a company's policy among them.
 * Source: the NetSecurity module (Get-NetFirewallApplicationFilter, Get-NetFirewallPortFilter, Get-NetFirewallProfile). */
export async function askWindows(ask: Ask, program: string, ports: readonly number[]): Promise<FirewallReport> {
  const script = Buffer.from(scriptFor(program, ports), "utf16le").toString("base64");
  const answer = await ask("powershell.exe", ["-NoProfile", "-NonInteractive", "-EncodedCommand", script]);
  const seen = answer?.code === 0 ? readSeen(answer.text) : null;
  const unseen: FirewallReport = {
    firewall: "windows",
    state: "unknown",
    program,
    ports: [...ports],
    commands: commandsFor(program, false),
  };
  if (!seen) return unseen;
  const networks = networksOf(seen);
  const blocking = seen.rules.filter((rule) => rule.action === "Block");
  const applied = blocking.filter((rule) => networks.some(({ profile }) => covers(rule, profile)));
  const report: FirewallReport = {
    ...unseen,
    state: worst(networks.map(({ state }) => state)),
    networks,
    commands: commandsFor(program, blocking.length > 0),
  };
  if (applied.length > 0) report.blockedBy = [...new Set(applied.map(({ name }) => name))];
  const bound = (rule: Rule) => rule.source === "GroupPolicy";
  const shut = seen.profiles.some(
    ({ name, local }) => local === "False" && networks.some((one) => one.profile === name),
  );
  if (applied.some(bound) || (shut && report.state !== "allowed" && report.state !== "off")) report.byPolicy = true;
  return report;
}

/** Each network that the laptop is on, and what the firewall does there. A direct cable is an unidentified network: public. */
function networksOf({ rules, profiles, networks }: Seen): NonNullable<FirewallReport["networks"]> {
  return networks.map(({ name, category }) => {
    const profile = category === "DomainAuthenticated" ? "Domain" : category;
    const settings = profiles.find((one) => one.name === profile);
    return { name, profile, state: stateOf(rules, profile, settings) };
  });
}

/** A block beats every allow, and without a rule what comes in is dropped. */
function stateOf(rules: readonly Rule[], profile: string, settings: Profile | undefined): FirewallState {
  if (!settings) return "unknown";
  if (settings.enabled === "False") return "off";
  if (settings.rules === "False") return "blocked";
  const here = rules.filter((rule) => covers(rule, profile));
  if (here.some(({ action }) => action === "Block")) return "blocked";
  if (here.some(({ action }) => action.startsWith("Allow"))) return "allowed";
  return settings.inbound === "Allow" ? "allowed" : "not-allowed";
}

function covers({ profile: list }: Rule, profile: string): boolean {
  return list === "Any" || list.split(",").some((one) => one.trim() === profile);
}

/** For an administrator's PowerShell: what blocks goes first, as it would beat what allows. */
function commandsFor(program: string, isBlocked: boolean): string[] {
  const path = quoted(program);
  const allow = `New-NetFirewallRule -DisplayName 'Plugside' -Direction Inbound -Action Allow -Profile Any -Protocol TCP -Program ${path}`;
  if (!isBlocked) return [allow];
  const blocks = "Where-Object { $_.Direction -eq 'Inbound' -and $_.Action -eq 'Block' }";
  return [
    `Get-NetFirewallApplicationFilter -Program ${path} | Get-NetFirewallRule | ${blocks} | Remove-NetFirewallRule`,
    allow,
  ];
}

/** A text of PowerShell's that nothing in it ends. */
function quoted(text: string): string {
  return `'${text.replace(/['\u2018-\u201B]/g, "$&$&")}'`;
}

function scriptFor(program: string, ports: readonly number[]): string {
  return `
$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$program = ${quoted(program)}
$ports = @(${ports.map((port) => `'${port}'`).join(",")})
$mine = @(Get-NetFirewallApplicationFilter -PolicyStore ActiveStore -Program $program | Get-NetFirewallRule)
$open = @(Get-NetFirewallPortFilter -PolicyStore ActiveStore -Protocol TCP | Where-Object { $f = $_; @($ports | Where-Object { $f.LocalPort -contains $_ }).Count -gt 0 } | Get-NetFirewallRule | Where-Object { (Get-NetFirewallApplicationFilter -AssociatedNetFirewallRule $_).Program -in @('Any', $program) })
$rules = @($mine + $open | Where-Object { "$($_.Direction)" -eq 'Inbound' -and "$($_.Enabled)" -eq 'True' } | ForEach-Object { @{ name = "$($_.DisplayName)"; action = "$($_.Action)"; profile = "$($_.Profile)"; source = "$($_.PolicyStoreSourceType)" } })
$profiles = @(Get-NetFirewallProfile -PolicyStore ActiveStore | ForEach-Object { @{ name = "$($_.Name)"; enabled = "$($_.Enabled)"; inbound = "$($_.DefaultInboundAction)"; rules = "$($_.AllowInboundRules)"; local = "$($_.AllowLocalFirewallRules)" } })
$networks = @(Get-NetConnectionProfile | ForEach-Object { @{ name = "$($_.InterfaceAlias)"; category = "$($_.NetworkCategory)" } })
ConvertTo-Json -Compress -Depth 4 @{ rules = $rules; profiles = $profiles; networks = $networks }
`;
}

/** Null for what is not the answer of the script. */
function readSeen(text: string): Seen | null {
  try {
    const seen: unknown = JSON.parse(text.slice(text.indexOf("{")));
    if (typeof seen !== "object" || seen === null) return null;
    const { rules, profiles, networks } = seen as Record<string, unknown>;
    const lists = {
      rules: entries<Rule>(rules),
      profiles: entries<Profile>(profiles),
      networks: entries<Network>(networks),
    };
    return lists.profiles.length === 0 ? null : lists;
  } catch {
    return null;
  }
}

/** Objects whose every value is a text; a list of one may come without its brackets. */
function entries<Entry>(given: unknown): Entry[] {
  const list: unknown[] = Array.isArray(given) ? given : given ? [given] : [];
  return list.filter(
    (one) => typeof one === "object" && one !== null && Object.values(one).every((value) => typeof value === "string"),
  ) as Entry[];
}
