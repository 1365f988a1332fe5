import { parse } from "node:path";
import { fileName } from "../../lib/file-name.ts";

/** A name that says which bytes it holds: whoever finds it knows that they arrived, and no other file has it. */
export function nameWithHash(name: string, sha256: string): string {
  const { name: stem, ext } = parse(fileName(name));
  return fileName(`${stem}-${sha256.slice(0, 12)}${ext}`);
}

/** A part of a URL or key made of a text from outside. */
export function segment(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The same URL as a folder: with a slash at its end. */
export function folderUrl(url: string): URL {
  const folder = new URL(url);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
  return folder;
}

/** An address as others may see it: what stands after its ? may be secret. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
