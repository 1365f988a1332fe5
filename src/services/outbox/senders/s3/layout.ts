import { isoTime } from "../../../../lib/units.ts";
import type { KeptFile } from "../../../../station/model.ts";
import type { S3Destination } from "../../../../station/onward/outbox.ts";

/** Signs that every engine takes in a key. */
const odd = /[^\p{L}\p{N}._-]/gu;

function part(text: string | undefined, none: string): string {
  const kept = (text ?? "").normalize("NFC").replace(odd, "_").replace(/^\.+/, "_");
  return kept === "" ? none : kept;
}

/** What stands before each key, with a slash at its end where there is any. */
export function prefixOf({ prefix }: S3Destination): string {
  const names = prefix.split("/").filter((name) => name !== "");
  return names.map((name) => `${name}/`).join("");
}

/** The folder of a file: site/station/date/, the date being that of its arrival here, UTC. What belongs to no station, or no site, stands
 * under a word that says so. */
export function folderOf(destination: S3Destination, { station, at }: KeptFile): string {
  const names = [part(destination.site, "no-site"), part(station, "no-station"), isoTime(at).slice(0, 10)];
  return `${prefixOf(destination)}${names.join("/")}/`;
}

/** What is said of a file beside it: one JSON object on one line. */
export function manifestOf(destination: S3Destination, file: KeptFile, sha256: string, key: string): string {
  const { site, bucket } = destination;
  const { name, station, bytes, at, state } = file;
  return `${JSON.stringify({
    manifest: 1,
    site: site || null,
    station: station ?? null,
    date: isoTime(at).slice(0, 10),
    bucket,
    key,
    name,
    bytes,
    sha256,
    received_at: isoTime(at),
    whole: state === "whole",
  })}\n`;
}
