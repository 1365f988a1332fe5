/** Fetches a file from a place of the core. The window asks where to; a browser puts it with its downloads. */
export function download(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  link.click();
}
