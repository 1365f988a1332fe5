import type { CallInput } from "../../../src/api/contract.ts";
import type { Destination } from "../../../src/station/onward/outbox.ts";

export const destinationKinds = ["folder", "s3", "webdav", "http", "sftp"] as const satisfies Destination["kind"][];
export type DestinationKind = (typeof destinationKinds)[number];

/** A destination as it is typed. */
export type DestinationDraft = Record<
  | "name"
  | "path"
  | "url"
  | "user"
  | "password"
  | "headers"
  | "privateKey"
  | "endpoint"
  | "region"
  | "bucket"
  | "prefix"
  | "site"
  | "host"
  | "port",
  string
> & { kind: DestinationKind; method: "PUT" | "POST" };

export const emptyDraft: DestinationDraft = {
  kind: "folder",
  name: "",
  path: "",
  url: "",
  method: "PUT",
  user: "",
  password: "",
  headers: "",
  privateKey: "",
  endpoint: "",
  region: "us-east-1",
  bucket: "",
  prefix: "",
  site: "",
  host: "",
  port: "22",
};

/** The first line that is no header; null where all are. */
export function oddHeader(text: string): string | null {
  return linesOf(text).find((line) => !/^[\w-]+\s*:/.test(line)) ?? null;
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What is to be saved; null while something that it needs is missing. */
export function toInput(draft: DestinationDraft): CallInput<"outbox.save"> | null {
  const name = draft.name.trim();
  if (name === "") return null;
  const user = draft.user.trim();
  const secret = { ...(draft.password !== "" && { password: draft.password }) };
  switch (draft.kind) {
    case "folder":
      return draft.path.trim() === "" ? null : { name, kind: "folder", path: draft.path.trim() };
    case "http":
    case "webdav": {
      if (draft.url.trim() === "" || oddHeader(draft.headers) !== null) return null;
      const headers = Object.fromEntries(
        linesOf(draft.headers).map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
        }),
      );
      const more = { ...secret, ...(Object.keys(headers).length > 0 && { headers }) };
      const web = { name, url: draft.url.trim(), ...(user !== "" && { user }), secret: more };
      return draft.kind === "webdav" ? { ...web, kind: "webdav" } : { ...web, kind: "http", method: draft.method };
    }
    case "s3": {
      const bucket = draft.bucket.trim();
      const region = draft.region.trim();
      if (bucket === "" || region === "" || user === "") return null;
      const endpoint = draft.endpoint.trim() || `https://s3.${region}.amazonaws.com`;
      const pathStyle = !/\.amazonaws\.com(?:\.cn)?\/?$/i.test(endpoint) || bucket.includes(".");
      const { prefix, site } = draft;
      return { name, kind: "s3", endpoint, region, bucket, prefix, site, pathStyle, user, secret };
    }
    case "sftp": {
      const port = Number(draft.port);
      if (draft.host.trim() === "" || user === "" || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
      const key = draft.privateKey.trim() === "" ? {} : { privateKey: `${draft.privateKey.trim()}\n` };
      const path = draft.path.trim() || ".";
      return { name, kind: "sftp", host: draft.host.trim(), port, path, user, secret: { ...secret, ...key } };
    }
  }
}
