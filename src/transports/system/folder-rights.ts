import { readdirSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { Ask } from "./ask.ts";

/** What Plugside puts into its data folder. */
const ours = /^(plugside|lock\.db|core\.json|secrets\.json|keys$|files$|window$)/;

/** On Windows a mode of a file means nothing: who may read it is what its folder says. Takes a folder outside the user's own away from
 * others, where nothing but ours is in it. The administrators and the system keep their way in, as everywhere.
 * @returns false where others can still read it, or nobody can tell */
export async function keepFolderOnWindows(ask: Ask, folder: string, home: string): Promise<boolean> {
  if (isInside(folder, home)) return true;
  const mayChange = namesIn(folder).every((name) => ours.test(name));
  const script = Buffer.from(scriptFor(folder, mayChange), "utf16le").toString("base64");
  const answer = await ask("powershell.exe", ["-NoProfile", "-NonInteractive", "-EncodedCommand", script]);
  return answer?.code === 0 && answer.text.trim() === "kept";
}

/** Whether a folder is another one, or lies in it. */
export function isInside(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** S-1-5-18: the system, S-1-5-32-544: the administrators, S-1-3-0 and S-1-3-4: whoever made it. */
function scriptFor(folder: string, mayChange: boolean): string {
  return `$ErrorActionPreference = 'Stop'
$folder = '${folder.replace(/['\u2018-\u201B]/g, "$&$&")}'
$me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
function Others { @((Get-Acl -LiteralPath $folder).Access | Where-Object { "$($_.AccessControlType)" -eq 'Allow' } | ForEach-Object { $_.IdentityReference.Translate([Security.Principal.SecurityIdentifier]).Value } | Where-Object { $_ -notin @($me, 'S-1-5-18', 'S-1-5-32-544', 'S-1-3-0', 'S-1-3-4') }) }
if ((Get-Acl -LiteralPath $folder).Access.Count -eq 0) { 'open'; exit }
if (@(Others).Count -gt 0 -and ${mayChange ? "$true" : "$false"}) { icacls.exe $folder /inheritance:r /grant:r "*\${me}:(OI)(CI)F" '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null }
if (@(Others).Count -gt 0) { 'open' } else { 'kept' }
`;
}
