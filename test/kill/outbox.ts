// `npm run kill:outbox -- --times N [--seed S]`: kill -9 at seeded moments while files are sent onward. Ends with 1 when one did not arrive,
// arrived otherwise, or was stored twice.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { killOutbox } from "./kill-outbox.ts";

const { values } = parseArgs({ options: { times: { type: "string" }, seed: { type: "string" } } });
const times = Number(values.times ?? 200);
const seed = Number(values.seed ?? randomInt(1_000_000_000));
if (!(times >= 1) || !Number.isFinite(seed)) {
  console.error("usage: npm run kill:outbox -- --times N [--seed S]");
  process.exit(2);
}
console.log(`seed ${seed}`);
const { kills, files, moments, wrong } = await killOutbox({ times, seed, say: (line) => console.log(line) });
console.log(`${kills} kills ${JSON.stringify(moments)}, ${files} files to each destination, ${wrong.length} wrong`);
for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
process.exit(wrong.length > 0 ? 1 : 0);
