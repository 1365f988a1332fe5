import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CallInput } from "../../../api/contract.ts";
import { UsageError } from "../../../api/start-options.ts";
import type { Destination } from "../../../station/onward/outbox.ts";
import { readFileText, readJsonText } from "../../json-argument.ts";

export const destinationOptions = {
  kind: { type: "string" },
  method: { type: "string" },
  user: { type: "string" },
  endpoint: { type: "string" },
  region: { type: "string" },
  site: { type: "string" },
  ca: { type: "string" },
  secret: { type: "string" },
} as const;

type Flags = { [K in keyof typeof destinationOptions]?: string | undefined };
type Input = CallInput<"outbox.save">;
type Secret = NonNullable<Input["secret"]>;

/** Reads a destination: a folder, an address of the web (PUT or POST, --kind webdav), or s3://BUCKET/PREFIX.
 * @throws UsageError */
export function readDestination(name: string, place: string, flags: Flags): Input {
  const { method, endpoint, region, site, kind, ...rest } = flags;
  if (place.startsWith("sftp://")) return readSftp(name, place, flags);
  const isS3 = place.startsWith("s3://");
  const isWeb = /^https?:\/\//i.test(place);
  if (!isS3 && (endpoint ?? region ?? site) !== undefined)
    throw new UsageError("--endpoint, --region and --site go with s3://BUCKET/PREFIX.");
  if (kind !== undefined && !(isWeb && ["http", "webdav"].includes(kind)))
    throw new UsageError("--kind takes http or webdav, and goes with an http:// or https:// address.");
  if (method !== undefined && !(isWeb && kind !== "webdav"))
    throw new UsageError("--method goes with an http:// or https:// address.");
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place) && !isS3 && !isWeb)
    throw new UsageError(
      `A destination is a folder, https://..., http://..., s3://BUCKET/PREFIX or sftp://USER@HOST/FOLDER; got "${place}".`,
    );
  if (!isS3 && !isWeb) {
    if ((rest.user ?? rest.ca ?? rest.secret) !== undefined)
      throw new UsageError("A folder takes no --user, --ca or --secret.");
    return { name, kind: "folder", path: resolve(place) };
  }
  const more = {
    name,
    ...(rest.ca !== undefined && { ca: readFileText(rest.ca) }),
    ...(rest.secret !== undefined && { secret: readSecret(rest.secret) }),
  };
  if (isS3) return { ...more, ...readBucket(place, flags) };
  const user = rest.user;
  if (kind === "webdav") return { ...more, kind, url: place, user };
  if (method !== undefined && method !== "PUT" && method !== "POST")
    throw new UsageError(`--method takes PUT or POST; got "${method}".`);
  return { ...more, kind: "http", url: place, method: method ?? "PUT", user };
}

/** sftp://USER@HOST:PORT/FOLDER; a folder from the top has two slashes before it, and else lies in the user's own. */
function readSftp(name: string, place: string, { user: _user, secret, ...flags }: Flags): Input {
  if (Object.values(flags).some((flag) => flag !== undefined)) throw new UsageError("sftp:// takes --secret alone.");
  const url = URL.canParse(place) ? new URL(place) : null;
  if (!url?.hostname || !url.username) throw new UsageError("An SFTP destination is sftp://USER@HOST:PORT/FOLDER.");
  if (url.password) throw new UsageError("Give the password by --secret: others see the command line.");
  return {
    name,
    kind: "sftp",
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? 22 : Number(url.port),
    path: decodeURIComponent(url.pathname.slice(1)) || ".",
    user: decodeURIComponent(url.username),
    ...(secret !== undefined && { secret: readSecret(secret) }),
  };
}

function readBucket(place: string, { region = "us-east-1", user, site, ...rest }: Flags) {
  const [bucket = "", ...names] = place.slice("s3://".length).split("/");
  if (bucket === "") throw new UsageError("s3:// takes a bucket: s3://BUCKET/PREFIX.");
  if (user === undefined) throw new UsageError("An S3 destination takes --user, the access key id.");
  const endpoint = rest.endpoint ?? `https://s3.${region}.amazonaws.com`;
  // Amazon wants the bucket before the host; its certificate does not cover one with dots.
  const pathStyle = !/\.amazonaws\.com(?:\.cn)?\/?$/i.test(endpoint) || bucket.includes(".");
  return { kind: "s3" as const, endpoint, region, bucket, prefix: names.join("/"), site: site ?? "", pathStyle, user };
}

/** Reads secrets from standard input (-) or a file that nobody else may read: a password or secret access key on one line; or as JSON
 * password, sessionToken, headers, query, privateKey. None stands on the command line, where others see it.
 * @throws UsageError */
function readSecret(given: string): Secret {
  if (
    given !== "-" &&
    process.platform !== "win32" &&
    ((statSync(given, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0
  )
    throw new UsageError(`Others may read ${given}. Make it your own first: chmod 600 ${given}`);
  const text = given === "-" ? readJsonText("-") : readFileText(given);
  if (!text.trimStart().startsWith("{")) {
    if (text.startsWith("-----BEGIN")) return { privateKey: text };
    return { password: text.split(/\r?\n/, 1)[0] ?? "" };
  }
  try {
    return JSON.parse(text) as Secret;
  } catch {
    // What the parser says would quote it.
    throw new UsageError("The secrets begin as JSON, and are none.");
  }
}

/** The place of a destination on one line. */
export function placeOf(destination: Destination): string {
  switch (destination.kind) {
    case "folder":
      return destination.path;
    case "http":
    case "webdav":
      return destination.url;
    case "sftp":
      return `sftp://${destination.user}@${inUrl(destination.host)}:${destination.port}/${destination.path}`;
    case "s3":
      return `s3://${destination.bucket}/${destination.prefix}`;
  }
}

/** A host as it stands in an address: one of IPv6 in brackets. */
function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
