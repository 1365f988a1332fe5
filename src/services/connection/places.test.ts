import { expect, test } from "vitest";
import { ownUrls, placesOf, samePorts } from "./places.ts";

const none = { port: 9000, listeners: [] };
const set = { port: 9000, listeners: [{ host: "10.0.0.5", port: 9001, mode: "wss" as const }] };

test("stations connect where the caller says, else where the settings say, else at the port on every network", () => {
  expect(placesOf(undefined, none)).toEqual([{ host: "0.0.0.0", port: 9000, mode: "both", nextFree: true }]);
  expect(placesOf(undefined, set)).toEqual(set.listeners);
  const asked = { host: "127.0.0.1", port: 0 };
  expect(placesOf(asked, set)).toEqual([{ ...asked, mode: "both", nextFree: true }]);
  expect(placesOf([asked, { host: "::1", mode: "ws" }], set)).toEqual([
    { ...asked, mode: "both", nextFree: true },
    { host: "::1", port: 9000, mode: "ws", nextFree: true },
  ]);
});

test("a core that begins again takes the ports that were picked, and leaves those that were named", () => {
  const asked = [{ host: "a", port: 0 }, { host: "b", port: 9000 }, { host: "c" }, { host: "d", port: 0 }];
  expect(samePorts(asked, [4001, 4002, 4003])).toEqual([{ host: "a", port: 4001 }, asked[1], asked[2], asked[3]]);
  expect(samePorts({ host: "a", port: 0 }, [4001])).toEqual([{ host: "a", port: 4001 }]);
  expect(samePorts(undefined, [4001])).toBeUndefined();
});

test("its own URLs are those of the ports that are open, wss where nothing else is spoken", () => {
  const at = (host: string, mode: "both" | "ws" | "wss", problem?: string) => ({
    host,
    port: 9000,
    wanted: 9000,
    mode,
    ...(problem && { problem }),
  });
  const listening = [at("0.0.0.0", "both"), at("::1", "ws"), at("10.0.0.5", "wss"), at("10.0.0.6", "ws", "EADDRINUSE")];
  expect(ownUrls([at("::", "both"), at("", "ws")])).toEqual(["ws://127.0.0.1:9000/", "ws://127.0.0.1:9000/"]);
  expect(ownUrls(listening)).toEqual(["ws://127.0.0.1:9000/", "ws://[::1]:9000/", "wss://10.0.0.5:9000/"]);
});
