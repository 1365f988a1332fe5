import { useEffect, useRef, useState } from "react";
import { FailureError } from "../../../src/lib/contract.ts";
import type { PageLine } from "../../../src/logs/model.ts";
import { useCore } from "../../core/core.tsx";

const pageLines = 200;
/** Pages that are kept: a page of long lines is some hundred kB. */
const mostPages = 60;

/** The lines from one to another, as far as they are there; those that are not are fetched, page by page.
 * @param gone called when the log is not open any more */
export function useLines(
  log: number,
  first: number,
  last: number,
  gone: () => void,
): (line: number) => PageLine | undefined {
  const client = useCore();
  const pages = useRef(new Map<number, readonly PageLine[] | null>());
  const [, draw] = useState(0);
  const leave = useRef(gone);
  leave.current = gone;
  useEffect(() => {
    pages.current = new Map();
    draw((count) => count + (log >= 0 ? 1 : 0));
  }, [log]);
  useEffect(() => {
    for (let page = pageOf(first); page <= pageOf(Math.max(first, last)); page++) {
      const held = pages.current;
      if (held.has(page)) continue;
      held.set(page, null);
      for (const old of [...held.keys()].slice(0, Math.max(0, held.size - mostPages))) held.delete(old);
      client.call("reader.lines", { log, lines: { from: page * pageLines + 1, count: pageLines } }).then(
        (lines) => {
          if (pages.current !== held) return;
          held.set(page, lines);
          draw((count) => count + 1);
        },
        (thrown: unknown) => {
          held.delete(page);
          if (thrown instanceof FailureError && thrown.code === "not-found") leave.current();
        },
      );
    }
  }, [client, log, first, last]);
  return (line) => {
    const lines = pages.current.get(pageOf(line));
    return lines?.find(({ number }) => number === line);
  };
}

function pageOf(line: number): number {
  return Math.floor((Math.max(1, line) - 1) / pageLines);
}
