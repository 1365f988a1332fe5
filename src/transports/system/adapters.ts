import type { LocalAddress } from "../addresses.ts";
import type { Ask } from "./ask.ts";

export type AdapterKind = Exclude<LocalAddress["kind"], "loopback">;

/** What the system says that its network adapters are, by the names that Node gives them. */
export type Adapters = { kinds(): ReadonlyMap<string, AdapterKind> };

/** Asks Windows or macOS what its adapters are, once somebody wants to know and whenever there are others: what it says is there the next
 * time. Linux tells it by their names.
 * @param names of the adapters now */
export function createAdapters(
  { platform, ask }: { platform: NodeJS.Platform; ask: Ask },
  names: () => readonly string[],
): Adapters {
  const read = platform === "win32" ? windowsAdapters : platform === "darwin" ? macAdapters : null;
  if (!read) return { kinds: () => new Map() };
  let kinds: ReadonlyMap<string, AdapterKind> = new Map();
  let known = "";

  async function look(now: string): Promise<void> {
    known = now;
    kinds = (await read?.(ask)) ?? kinds;
  }

  return {
    kinds() {
      const now = [...new Set(names())].sort().join("\n");
      if (now !== known) void look(now);
      return kinds;
    },
  };
}

/** Source: `networksetup -listallhardwareports`. Null where it did not answer. */
async function macAdapters(ask: Ask): Promise<Map<string, AdapterKind> | null> {
  const answer = await ask("/usr/sbin/networksetup", ["-listallhardwareports"]);
  if (answer?.code !== 0) return null;
  const ports = answer.text.matchAll(/^Hardware Port: (.+)\r?\nDevice: (\S+)$/gm);
  return new Map([...ports].map(([, port = "", device = ""]) => [device, macKind(port)]));
}

function macKind(port: string): AdapterKind {
  if (/wi-?fi|airport/i.test(port)) return "wifi";
  if (/bridge|vlan|bluetooth|vpn/i.test(port)) return "virtual";
  if (/iphone|ipad|android|rndis|gadget/i.test(port)) return "usb";
  return /ethernet|lan|thunderbolt|usb/i.test(port) ? "ethernet" : "other";
}

const windowsScript = `$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
ConvertTo-Json -Compress @(Get-NetAdapter -IncludeHidden | ForEach-Object { @{ name = "$($_.Name)"; what = "$($_.InterfaceDescription)"; medium = "$($_.PhysicalMediaType)"; hardware = "$($_.HardwareInterface)"; virtual = "$($_.Virtual)" } })`;

/** Source: Get-NetAdapter (NetAdapter module). Null where it did not answer. */
async function windowsAdapters(ask: Ask): Promise<Map<string, AdapterKind> | null> {
  const script = Buffer.from(windowsScript, "utf16le").toString("base64");
  const answer = await ask("powershell.exe", ["-NoProfile", "-NonInteractive", "-EncodedCommand", script]);
  if (answer?.code !== 0) return null;
  try {
    const said: unknown = JSON.parse(answer.text.slice(answer.text.search(/[[{]/)));
    const list = (Array.isArray(said) ? said : [said]) as Record<string, unknown>[];
    return new Map(
      list.flatMap((adapter) => {
        const kind = windowsKind(adapter);
        return kind ? [[String(adapter.name), kind] as const] : [];
      }),
    );
  } catch {
    return null;
  }
}

/** Null where the system does not say it, so that its name and its maker tell. */
function windowsKind({ what, medium, hardware, virtual }: Record<string, unknown>): AdapterKind | null {
  // The hotspot of Windows: a station may be on it.
  if (/802\.11|wireless lan/i.test(String(medium)) || /wi-fi direct/i.test(String(what))) return "wifi";
  if (/bluetooth/i.test(String(medium))) return "virtual";
  if (/remote ndis|rndis|cdc (?:ncm|ecm)|usb ncm/i.test(String(what))) return "usb";
  if (virtual === "True" || hardware === "False" || noHardware.test(String(what))) return "virtual";
  if (/wireless wan/i.test(String(medium))) return "other";
  return /802\.3/.test(String(medium)) ? "ethernet" : null;
}

/** Drivers that pass for hardware. `Microsoft Hyper-V Network Adapter` is none of them: it is what a virtual Windows has for its own. */
const noHardware = /virtual|vmware|tap-windows|vpn|wireguard|wintun|zerotier|npcap|loopback/i;
