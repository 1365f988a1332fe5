import { expect, test } from "vitest";
import type { CommandOutcome } from "../../station/commands.ts";
import { broken, outcome, send, setUp, turn } from "./testing/run-bench.ts";

test.each([
  [{}, 20_000],
  [{ retries: 0, retrySeconds: 45 }, 20_000],
  [{ retries: 1 }, 50_000],
  [{ retries: 2, retrySeconds: 45 }, 65_000],
])("asked with %j a part that broke off is waited on for %i ms, and is no file", async (asked, ms) => {
  const { run, doors, pass, results, request } = setUp({ request: asked });
  await run.begin();
  await broken(doors[0]?.drop, "123");
  await pass(ms - 1);
  expect(results()).toEqual(["http asked"]);
  await pass(1);
  expect(results()).toEqual(["http broken-off", "ftp asked"]);
  // By the next way nothing came yet: it is not the part of the other that is waited on.
  await pass(179_999);
  expect(results()).toEqual(["http broken-off", "ftp asked"]);
  await pass(1);
  expect([results(), request.verdict]).toEqual([["http broken-off", "ftp silent"], "broken-off"]);
});

test("an empty file is none: another is waited for", async () => {
  const { run, doors, pass, results } = setUp();
  await run.begin();
  await send(doors[0]?.drop, "");
  await pass(10_000);
  expect(results()).toEqual(["http asked"]);
});

test("what is worth keeping is told as that: each step and each line, not each byte", async () => {
  const { run, doors, told, seen, pass } = setUp();
  const since = async (work: () => unknown) => {
    told.length = 0;
    await work();
    return [...told];
  };
  expect(await since(() => run.begin())).toEqual([true, true]);
  expect(await since(() => seen("login"))).toEqual([true]);
  expect(await since(() => run.status("Uploading", 1, undefined))).toEqual([true]);
  expect(await since(() => send(doors[0]?.drop, "123"))).toEqual([true, false, true]);
  expect(await since(() => pass(10_000))).toEqual([true, true]);
  expect(await since(() => run.end("canceled"))).toEqual([]);
});

test("each way begins anew: what was said and seen of the one before counts for nothing", async () => {
  const { run, answers, pass, results, seen } = setUp({ tools: { order: async () => ["http", "ftp", "https"] } });
  answers.push(outcome("accepted"), outcome("no-answer"));
  await run.begin();
  seen("login");
  run.status("UploadFailure", 1, undefined);
  await pass(1000);
  expect(results()).toEqual(["http told-failed", "ftp asked"]);
  await pass(89_999);
  expect(results()).toEqual(["http told-failed", "ftp asked"]);
  await pass(1);
  expect(results()).toEqual(["http told-failed", "ftp no-answer", "https asked"]);
  await pass(90_000);
  expect(results().at(-1)).toBe("https silent");
});

test("only a login, a connection for data or a file is a sign that it came", async () => {
  for (const [type, ms] of [
    ["login", 180_000],
    ["data-opened", 180_000],
    ["wrong-login", 90_000],
    ["secured", 90_000],
  ] as const) {
    const { run, pass, results, seen } = setUp();
    await run.begin();
    seen(type, "http", { user: "u", address: "192.0.2.7", port: 1, passive: true });
    await pass(ms - 1);
    expect([type, ...results()]).toEqual([type, "http asked"]);
    await pass(1);
    expect(results()[0]).toBe("http silent");
  }
});

test("nothing is waited for before the station has answered; its word on an earlier way says nothing of this one", async () => {
  const answer = Promise.withResolvers<CommandOutcome>();
  const { run, pass, results } = setUp({ tools: { ask: () => answer.promise } });
  const begun = run.begin();
  await turn();
  run.status("Uploading", 1, undefined);
  await pass(400_000);
  expect(results()).toEqual(["http asked"]);
  answer.resolve(outcome("accepted"));
  await begun;
  await pass(180_000);
  expect(results()).toEqual(["http silent", "ftp asked"]);
  run.status("Uploading", 2, 100);
  await pass(90_000);
  expect(results().at(-1)).toBe("ftp silent");
});

test.each(["order", "open", "ask"] as const)(
  "one that is canceled during its %s goes no further, and holds no door",
  async (step) => {
    const gate = Promise.withResolvers<void>();
    const closed: string[] = [];
    const asked: unknown[] = [];
    const { run, results } = setUp({
      tools: {
        order: async () => {
          if (step === "order") await gate.promise;
          return ["http", "ftp"];
        },
        receivers: {
          async open(way) {
            if (step === "open") await gate.promise;
            return { port: null, close: () => void closed.push(way) };
          },
        },
        ask: async (command) => {
          asked.push(command);
          if (step === "ask") await gate.promise;
          return outcome("rejected", { frame: 3 });
        },
      },
    });
    const begun = run.begin();
    await turn();
    run.end("canceled");
    gate.resolve();
    await begun;
    await turn();
    expect(asked).toHaveLength(step === "ask" ? 1 : 0);
    expect(closed).toEqual(step === "order" ? [] : ["http"]);
    expect(results()).toEqual(step === "order" ? [] : ["http given-up"]);
  },
);

test("a request that goes on after a restart waits by what the station said last, or tries the next way", async () => {
  const rung = (more: object) => ({
    ...{ protocol: "http" as const, place: "p", at: 0, result: "asked" as const, requestId: 1, seen: [] },
    ...more,
  });
  const resumed = async (more: object) => {
    const set = setUp({ request: { rungs: [rung(more)] }, body: { order: ["http", "ftp"] } });
    await set.run.resume();
    return set;
  };
  const failed = await resumed({ status: "UploadFailure" });
  await failed.pass(1000);
  expect(failed.results()).toEqual(["http told-failed", "ftp asked"]);
  const over = await resumed({ result: "refused" });
  expect(over.results()).toEqual(["http refused", "ftp asked"]);
  const shut = setUp({ request: { rungs: [rung({})] }, body: { order: ["http", "ftp"] } });
  shut.locked.add("http");
  await shut.run.resume();
  expect(shut.request.rungs[0]?.seen.map(({ words: { phrase } }) => phrase)).toEqual(["log-no-port", "seen-again"]);
});
