const longestName = 255;

/** The absolute path a sender means, "." and ".." resolved inside "/". Backslashes count as slashes. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (/^[\\/]/.test(path) ? path : `${folder}/${path}`).split(/[\\/]/)) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The name of an upload under the drop's `root`; null when it is too long or holds control characters. A sender that ignores the root is
 * understood, and one that names only a folder gets "upload". */
export function nameUnder(root: string, path: string): string | null {
  const top = resolvePath("/", root);
  const whole = resolvePath("/", path);
  const inside = top === "/" ? whole : whole === top || whole.startsWith(`${top}/`) ? whole.slice(top.length) : whole;
  const name = inside.replace(/^\/+/, "") || "upload";
  return name.length > longestName || /\p{Cc}/u.test(name) ? null : name;
}
