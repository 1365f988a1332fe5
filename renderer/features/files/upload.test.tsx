// @vitest-environment happy-dom
import { fireEvent } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { words } from "../../../src/station/phrases.ts";
import { refused, screensForFile, settled, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { FilesScreen } from "./FilesScreen.tsx";

screensForFile();

type Sent = { path: string; init: RequestInit; answer(response: Response): void; fail(error: Error): void };
let sent: Sent[] = [];
let takes = true;
beforeEach(() => {
  sent = [];
  takes = true;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    sent.push({ path, init, answer: resolve, fail: reject });
    return promise;
  });
});

async function filesScreen() {
  const answers = { "files.upload": ({ name }: { name: string }) => (takes ? { path: `/files/${name}` } : refused()) };
  const screen = await show(<FilesScreen />, {
    feeds: { "stations.list": [summaryOf(onlineStation())], "files.list": [], "outbox.list": [] },
    answers: answers as never,
  });
  screen.asked();
  const give = async (...names: string[]) => {
    const before = sent.length;
    const input = document.querySelector("input[type=file]") as HTMLInputElement;
    fireEvent.change(input, { target: { files: names.map((name) => new File([name], name)) } });
    await expect.poll(() => sent).toHaveLength(before + Math.min(names.length, 1));
  };
  const settle = async (work: () => void) => {
    work();
    await settled();
    await settled();
  };
  const failures = () => screen.says().filter((line) => line.startsWith("! "));
  return { screen, give, settle, failures };
}

test("files go up one after the other, and what is not kept says why", async () => {
  const { screen, give, settle, failures } = await filesScreen();
  await give();
  expect([screen.asked(), screen.says().includes("[Cancel]")]).toEqual([[], false]);
  expect(document.querySelector<HTMLInputElement>("input[type=file]")?.multiple).toBe(true);
  await give("a.log", "b.log", "c.log");
  expect(screen.says()).toContain("[Add files] (off)");
  await settle(() => sent[0]?.answer(new Response("{}", { status: 200 })));
  const full = { code: "unavailable", message: "m", words: words("no-core") };
  await settle(() => sent[1]?.answer(new Response(JSON.stringify(full), { status: 503 })));
  expect(failures()).toEqual(["! b.log was not kept: no core runs on this folder"]);
  await settle(() => sent[2]?.fail(new TypeError("network")));
  expect(sent.map(({ path, init: { method, body } }) => [path, method, (body as File).name])).toEqual(
    ["a.log", "b.log", "c.log"].map((name) => [`/files/${name}`, "PUT", name]),
  );
  expect(screen.asked()).toEqual(["a.log", "b.log", "c.log"].map((name) => ["files.upload", { station: "CP1", name }]));
  expect(failures()).toHaveLength(1);
  expect(failures()[0]).toMatch(/^! c\.log /);
  expect([screen.says().includes("[Add files]"), screen.says().includes("[Cancel]")]).toEqual([true, false]);
  await give("d.log");
  expect(failures()).toEqual([]);
});

test("what is broken off says nothing, and those after it are not sent", async () => {
  const { screen, give, settle, failures } = await filesScreen();
  await give("a.log", "b.log");
  await screen.press("Cancel");
  await settle(() => undefined);
  expect([sent.length, failures(), screen.says().includes("[Cancel]")]).toEqual([1, [], false]);
});

test("what the core does not take at all says why, and so does what it gives no words for", async () => {
  const { screen, give, settle, failures } = await filesScreen();
  await give("a.log");
  await settle(() =>
    sent[0]?.answer(new Response(JSON.stringify({ code: "internal", message: "no room" }), { status: 500 })),
  );
  expect(failures()).toEqual(["! a.log was not kept: no room"]);
  takes = false;
  const input = document.querySelector("input[type=file]") as HTMLInputElement;
  fireEvent.change(input, { target: { files: [new File(["b"], "b.log")] } });
  await expect.poll(failures).toEqual(["! b.log was not kept: no core runs on this folder"]);
  expect([sent.length, screen.says().includes("[Add files]")]).toEqual([1, true]);
});
