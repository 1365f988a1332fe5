/** The text with the time that it tells moved; everything else stays as it is. */
export function withTimeOff(text: string, offsetMs: number): string {
  return text.replace(/("currentTime"\s*:\s*")([^"\\]+)(")/, (whole, before: string, time: string, after: string) => {
    const at = Date.parse(time);
    return Number.isNaN(at) ? whole : `${before}${new Date(at + offsetMs).toISOString()}${after}`;
  });
}
