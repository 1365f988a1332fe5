// Lists, searches and series of a record, asked of a core in this process: `asked.mjs FOLDER READING`, READING what it takes to read
// the whole file, ms. Tells its figures to the process above.
import { figure, middle } from "./figures.mjs";

const [folder, took] = process.argv.slice(2);
const reading = Number(took);
const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
const { startCore } = await import(new URL("../../dist/core.js", import.meta.url).href);
const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false });
const { handlers } = core;
const page = (filter) => handlers["messages.page"]({ filter, limit: 200 });
const live = (filter) => {
  const feed = handlers["messages.live"]({ filter }, () => undefined);
  feed.close();
};
try {
  const figures = [];
  const filters = { all: {}, "a silent station": { station: "SILENT" }, boots: { action: "BootNotification" } };
  for (const [name, filter] of Object.entries({ ...filters, problems: { problems: true } })) {
    figures.push(figure(`list of ${name}`, await middle(async () => live(filter)), 50, reading));
    figures.push(figure(`page of ${name}`, await middle(() => page(filter)), 50, reading));
  }
  figures.push(figure("search, a text that is often there", await middle(() => page({ text: "230." })), 200, reading));
  figures.push(
    figure("search, a text that is nowhere", await middle(() => page({ text: "no such text" })), 1000, reading),
  );
  const before = process.memoryUsage().rss;
  const series = () => handlers["metering.range"]({ station: "CP-0040", ...everything, maxPoints: 2000 });
  const whole = await middle(series);
  const more = Math.round((process.memoryUsage().rss - before) / 1048576);
  const found = figure("whole series of one station", whole, 300, reading);
  figures.push({ ...found, text: `${found.text}, memory +${more} MiB` });
  process.send?.(figures);
} finally {
  await core.dispose();
}
