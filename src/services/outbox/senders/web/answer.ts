import type { IncomingHttpHeaders } from "node:http";

/** What an HTTP server answered. */
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Whether it is a success. */
export function isGood({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The length that it tells, bytes; null where it tells none. */
export function lengthOf({ headers }: Answer): number | null {
  const told = headers["content-length"];
  return told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : null;
}
