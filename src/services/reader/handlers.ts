import type { Handlers, InputOf } from "../../lib/contract.ts";
import { readHex } from "../../logs/lines/hex.ts";
import { lineOfMoment } from "../../logs/lines/moment.ts";
import { readPage } from "../../logs/lines/page.ts";
import { search } from "../../logs/search.ts";
import { zoneOf } from "../../logs/summary/own-zone.ts";
import { summarise } from "../../logs/summary.ts";
import { listApart, openApart } from "../../logs/work/apart.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { readerContract } from "./contract.ts";
import type { OpenLogs } from "./open-logs.ts";

export type ReaderContext = { files: FileStore; logs: OpenLogs };

/** So many parts of a file are told; a screen shows no more. */
const mostParts = 5000;

/** Handlers of the reader of logs. */
export function readerHandlers({ files, logs }: ReaderContext): Handlers<typeof readerContract> {
  const fileOf = (id: number) => ({ path: files.placeOf(id), name: files.require(id).name });
  return {
    "reader.parts": async ({ file }) => await listApart(fileOf(file), mostParts),
    "reader.open": async ({ file, part, encoding, zone: asked }) => {
      const { changedAt: near, ...opened } = await openApart(fileOf(file), { open: part, encoding });
      const { source, text, problem } = opened;
      const zone = await zoneOf(text, { asked, near }).catch(async (error) => {
        await source.close();
        throw error;
      });
      const { id } = await logs.add({ file, ...opened, zone, clockwork: { zone: zone.minutes, near } });
      const told = text && {
        encoding: text.shape.encoding,
        lineEnds: text.shape.lineEnds,
        lines: text.index.count,
        zone,
      };
      return { log: id, bytes: source.size, ...(problem && { problem }), ...(told && { text: told }) };
    },
    "reader.lines": ({ log, lines, length }) => {
      const { text, clockwork } = logs.requireText(log);
      return readPage(text, { numbers: numbersOf(lines, text.index.count), clockwork, length });
    },
    "reader.search": ({ log, ...asked }) => searchIn(logs.requireText(log), asked),
    "reader.summary": ({ log }) => {
      const { text, clockwork, closing } = logs.requireText(log);
      return summarise(text, clockwork, { signal: closing.signal });
    },
    "reader.moment": async ({ log, at }) => {
      const { text, clockwork } = logs.requireText(log);
      return (await lineOfMoment(text, at, clockwork)) ?? null;
    },
    "reader.zone": ({ log, zone }) => {
      const reading = logs.require(log);
      reading.zone = { minutes: zone, by: "told" };
      reading.clockwork = { ...reading.clockwork, zone };
      return null;
    },
    "reader.bytes": ({ log, from, rows }) => readHex(logs.require(log).source, from, rows),
    "reader.close": async ({ log }) => {
      await logs.close(log);
      return null;
    },
  };
}

function numbersOf(lines: InputOf<(typeof readerContract)["reader.lines"]>["lines"], count: number): number[] {
  if (Array.isArray(lines)) return [...lines].sort((a, b) => a - b);
  const most = Math.max(0, Math.min(lines.count, count - lines.from + 1));
  return Array.from({ length: most }, (_, index) => lines.from + index);
}

type SearchInput = Omit<InputOf<(typeof readerContract)["reader.search"]>, "log">;

/** Whoever types searches anew with each letter: the search before has no more use. */
async function searchIn(reading: ReturnType<OpenLogs["requireText"]>, input: SearchInput) {
  const { from, limit, since, until, ...letters } = input;
  reading.searching?.abort(failure("conflict", words("log-search-replaced")));
  const searching = new AbortController();
  reading.searching = searching;
  const { text, clockwork, closing } = reading;
  const query = { ...letters, from: since, to: until, clockwork };
  const signal = AbortSignal.any([searching.signal, closing.signal]);
  return search(text, query, { from, limit, signal });
}
