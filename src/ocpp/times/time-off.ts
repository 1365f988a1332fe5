/** The text with the time that it tells moved; everything else stays as it is. */
export function withTimeOff(text: string, offsetMs: number): string {
  return text.replace(/("currentTime"\s*:\s*")([^"\\]+)(")/, (whole, before: string, time: string, after: string) => {
    const moved = new Date(Date.parse(time) + offsetMs);
    return Number.isNaN(moved.getTime()) ? whole : `${before}${moved.toISOString()}${after}`;
  });
}
