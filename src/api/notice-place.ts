const mark = "notice";
const marked = new RegExp(`#[^?]*\\?(.*&)?${mark}=`);

/** A place of the screens, marked as one that a notice of the system led to: the window is brought before one.
 * @param hash e.g. `#/overview?station=CP-7`
 * @param at our clock: each time it is another place, so that the second click is seen too */
export function fromNotice(hash: string, at: number): string {
  return `${hash}${hash.includes("?") ? "&" : "?"}${mark}=${at}`;
}

/** True for an address that a notice led to. */
export function isFromNotice(url: string): boolean {
  return marked.test(url);
}
