/** Ctrl+K: finds any command, screen and station. */
export function Palette() {
  return null;
}
