/** Resolves at the first signal that asks for an end (a closed console sends SIGHUP, Ctrl+Break of Windows SIGBREAK); later ones change nothing. One key press may bring two: the terminal's own, and that of an
 * older Node which started this one in its stead. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) process.on(signal, () => resolve());
  });
}
