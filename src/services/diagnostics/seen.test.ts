import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import type { ReceiverEvent } from "../../transports/receivers/drop.ts";
import { seenWords } from "./seen.ts";

const from = "192.0.2.7";
const place = { address: "192.0.2.7", port: 4711 };

test.each<[Omit<ReceiverEvent, "from" | "protocol">, ReturnType<typeof words>]>([
  [{ type: "login" }, words("seen-login", { from })],
  [{ type: "wrong-login", user: "u" } as never, words("seen-wrong-login", { from, user: "u" })],
  [{ type: "secured" }, words("seen-secured", { from })],
  [{ type: "tls-failed", why: "w" } as never, words("seen-tls-failed", { from, why: "w" })],
  [{ type: "key-alone", user: "u" } as never, words("seen-key-alone", { from, user: "u" })],
  [{ type: "left-at-key" }, words("seen-left-at-key", { from })],
  [{ type: "no-agreement", why: "w" } as never, words("seen-no-agreement", { from, why: "w" })],
  [{ type: "data-opened", ...place, passive: true } as never, words("seen-data-opened", { at: "192.0.2.7:4711" })],
  [
    { type: "data-opened", address: "::1", port: 1, passive: true } as never,
    words("seen-data-opened", { at: "[::1]:1" }),
  ],
  [
    { type: "data-failed", ...place, passive: true, why: "w" } as never,
    words("seen-data-failed-passive", { at: "192.0.2.7:4711" }),
  ],
  [
    { type: "data-failed", ...place, passive: false, why: "w" } as never,
    words("seen-data-failed-active", { at: "192.0.2.7:4711" }),
  ],
  [
    { type: "data-failed", ...place, passive: true, secured: false, why: "w" } as never,
    words("seen-data-tls-failed", { at: "192.0.2.7:4711", why: "w" }),
  ],
  [
    { type: "part-stored", name: "n", size: 5, total: 9 } as never,
    words("seen-part", { name: "n", bytes: 5, total: 9 }),
  ],
  [{ type: "stored", name: "n", size: 5 } as never, words("seen-stored", { name: "n", bytes: 5 })],
  [
    { type: "broken-off", name: "n", received: 5, why: "w" } as never,
    words("seen-broken-off", { name: "n", bytes: 5, why: "w" }),
  ],
  [{ type: "refused", name: "n", why: "w" } as never, words("seen-refused", { name: "n", why: "w" })],
])("%j is said as %j", (event, said) => {
  expect(seenWords({ protocol: "ftp", from, ...event } as ReceiverEvent)).toEqual(said);
});
