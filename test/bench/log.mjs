// What a person feels on a long log: how soon it is open, how soon a page, a search, a summary; by itself and packed.
import { closeSync, createReadStream, createWriteStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { openSource, piecesOf } from "../../src/logs/bytes/source.ts";
import { readPage } from "../../src/logs/lines/page.ts";
import { openLog } from "../../src/logs/log.ts";
import { search } from "../../src/logs/search.ts";
import { summarise } from "../../src/logs/summary.ts";

const clockwork = { zone: 0, near: Date.now() };
const rounds = 3;
const everything = { limit: Number.MAX_SAFE_INTEGER };

/** @param megabytes how long the log is
 * @returns lines of the table, and ratios to reading the same file once and looking at each of its line ends */
export async function logFigures(megabytes) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  const path = join(folder, "station.log");
  try {
    const lineCount = makeLog(path, megabytes * 1e6);
    const reading = await middle(() => countLines(path));
    const log = await openLog(path);
    const { text } = await log.open("0");
    const open = await middle(() => log.open("0"));
    const packed = await timeOfPacked(path);
    const find = (query) => middle(() => search(text, query, everything));
    const figures = [
      figure("open", open, 1000),
      figure("1,000 pages anywhere", await middle(() => readPages(text)), 1000),
      figure("search of letters as they are", await find({ text: "value 4711,", matchCase: true }), 2000),
      figure("search of letters in either case", await find({ text: "VALUE 4711," }), 2000),
      figure("search by an expression", await find({ text: "Heart\\w+ .*value 47\\d1,", isPattern: true }), 2000),
      figure("lines of a level", await find({ levels: ["error"] }), 10_000),
      figure("summary", await middle(() => summarise(text, clockwork)), 10_000),
      figure("open packed (.gz)", packed.ms, 10_000),
    ];
    await log.close();
    const head = `${megabytes} MB, ${lineCount} lines; read once ${Math.round(reading)} ms; memory at the end ${mib(process.memoryUsage.rss())} MiB, of the packed one ${mib(packed.held)} MiB held`;
    return {
      lines: [head, ...figures.map(({ name, ms, aim }) => `${name}: ${Math.round(ms)} ms (aim for 1 GB ${aim} ms)`)],
      ratios: Object.fromEntries(figures.map(({ name, ms }) => [name, reading / ms])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figure(name, ms, aim) {
  return { name, ms, aim };
}

/** Writes lines as stations do, the same each time. */
function makeLog(path, bytes) {
  const file = openSync(path, "w");
  const levels = ["INFO", "DEBUG", "INFO", "WARN", "INFO", "ERROR"];
  const actions = ["MeterValues", "Heartbeat", "StatusNotification", "BootNotification"];
  let line = 0;
  for (let written = 0; written < bytes; ) {
    let text = "";
    for (let count = 0; count < 20_000; count++, line++) {
      const time = new Date(Date.UTC(2026, 4, 3) + line * 37).toISOString();
      text += `${time} ${levels[line % 6]} ocpp.cpp:${line % 997} ${actions[(line >> 2) % 4]} of connector ${line % 3}, value ${(line * 7919) % 1_000_003}, förväntat\n`;
    }
    written += writeSync(file, text);
  }
  closeSync(file);
  return line;
}

async function countLines(path) {
  const source = await openSource(path);
  let lines = 0;
  for await (const piece of piecesOf(source, 0, source.size, 4 << 20)) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines++;
  }
  await source.close();
  return lines;
}

async function readPages(text) {
  for (let page = 0; page < 1000; page++) {
    const from = 1 + Math.floor(((page * 7919) % 1000) * ((text.index.count - 60) / 1000));
    await readPage(text, { numbers: Array.from({ length: 50 }, (_, index) => from + index), clockwork });
  }
}

async function timeOfPacked(path) {
  await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(`${path}.gz`));
  const log = await openLog(`${path}.gz`);
  const began = performance.now();
  const { source } = await log.open("0.0");
  const ms = performance.now() - began;
  await log.close();
  return { ms, held: source.place.in.blocks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) };
}

async function middle(work) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}

function mib(bytes) {
  return (bytes / 1_048_576).toFixed(0);
}
