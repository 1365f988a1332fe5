import { expect, test, vi } from "vitest";
import { stopMessage } from "../lib/stop-message.ts";
import { stopSignal } from "./stop-signal.ts";

type Hear = (message?: unknown) => void;

/** Waits for a stop, of which the test decides what comes; `over`: whether it has come. */
function waiting() {
  const heard = new Map<string, Hear>();
  vi.spyOn(process, "on").mockImplementation(((event: string, hear: Hear) => heard.set(event, hear)) as never);
  let isOver = false;
  void stopSignal().then(() => {
    isOver = true;
  });
  const over = async (event: string, message?: unknown) => {
    heard.get(event)?.(message);
    await Promise.resolve();
    return isOver;
  };
  return { heard, over };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "disconnect"])("%s asks for an end", async (event) => {
  const { heard, over } = waiting();
  expect([...heard.keys()]).toEqual(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "message", "disconnect"]);
  expect([await over("nothing"), await over(event), await over(event)]).toEqual([false, true, true]);
});

test("of the messages of the process above, the one that asks for it alone", async () => {
  const { over } = waiting();
  expect([await over("message", { type: "other" }), await over("message", null)]).toEqual([false, false]);
  expect(await over("message", stopMessage)).toBe(true);
});
