// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { LinkState } from "../../../../src/station/model.ts";
import { screensForFile, show } from "../../../ui/testing/screen.tsx";
import { stationAfter } from "../../../ui/testing/stations.ts";
import { OfflineBox } from "./OfflineBox.tsx";

screensForFile();

const away: LinkState = { state: "offline", since: 0, connection: 1, port: "/dev/ttyUSB0" };

test.each(["serial", "console", "modbus"] as const)(
  "pulled out of a %s line, the port is told and not who tried",
  async (carrier) => {
    const link: LinkState = { ...away, carrier, closed: { code: 1006, reason: "", cause: "unplugged" } };
    const screen = await show(<OfflineBox state={{ ...stationAfter([]), link }} events={[]} />, {});
    expect(screen.says().slice(-3)).toEqual([
      "The serial adapter was unplugged",
      "Its line is /dev/ttyUSB0. Values below are the last ones told.",
      `<Whether the port is there, and looked for> #/${carrier === "modbus" ? "modbus" : "serial"}`,
    ]);
  },
);

const address = (likelihood: string, urls: object) => ({ name: "eth0", address: "10.0.0.2", likelihood, urls });
const status = (...addresses: object[]) =>
  ({ "connection.status": { addresses, listening: [], notices: [] } }) as never;
const plain = address("likely", { ws: "ws://10.0.0.2:9000/" });
const both = address("likely", { ws: "ws://10.0.0.3:9000/", wss: "wss://10.0.0.3:9001/" });
const far = address("unlikely", { ws: "ws://172.17.0.1:9000/", wss: "wss://172.17.0.1:9001/" });

test.each<[string, Partial<LinkState>, object[], string | undefined]>([
  ["the first address that takes ws", { secure: false }, [far, plain, both], "ws://10.0.0.2:9000/CP%201"],
  ["the first that takes wss, where it came so", { secure: true }, [far, plain, both], "wss://10.0.0.3:9001/CP%201"],
  ["one that seldom helps, for want of another", { secure: true }, [plain, far], "wss://172.17.0.1:9001/CP%201"],
  ["none, where none takes what it came by", { secure: true }, [plain], undefined],
  ["none before they are known", {}, [], undefined],
  ["none for a wire", { carrier: "serial" }, [plain], undefined],
])("what to type into it is %s", async (_what, more, addresses, url) => {
  const link: LinkState = { state: "offline", since: 0, connection: 1, remoteAddress: "10.0.0.7", ...more };
  const screen = await show(<OfflineBox state={{ ...stationAfter([]), identity: "CP 1", link }} events={[]} />, {
    feeds: status(...addresses),
  });
  expect(screen.says().find((line) => line.startsWith("ws"))).toBe(url);
});

test("how its link ended, how long it was away before, and who tried since", async () => {
  const link: LinkState = {
    ...{ state: "offline", since: 5000, connection: 1, remoteAddress: "10.0.0.7" },
    closed: { code: 1000, reason: "good bye", cause: "station" },
  };
  const says = async (feeds: object) => {
    const screen = await show(<OfflineBox state={{ ...stationAfter([]), link }} events={[]} />, { feeds });
    return screen.says().slice(2, 4);
  };
  expect(await says({})).toMatchInlineSnapshot(`
    [
      "The station closed the link (1000 good bye)",
      "Nobody from 10.0.0.7 has tried since. Values below are the last ones told.",
    ]
  `);
  cleanup();
  const attempt = {
    ...{
      id: 3,
      startedAt: 6000,
      lastAt: 6000,
      state: "stopped",
      passed: "tcp",
      identity: "CP1",
      remoteAddress: "10.0.0.7",
    },
    ...{ causes: [{ code: "plain-request" }], times: {}, bytes: 0, repeats: 1 },
  };
  expect(await says({ "connection.attempts": [attempt] })).toMatchInlineSnapshot(`
    [
      "The station closed the link (1000 good bye)",
      "[1970-01-01T00:00:06.000Z CP1 from 10.0.0.7 Stopped Came to: Connected (1 of 9) A plain HTTP request, no WebSocket A browser or a reachability test does this: the network works. If it was the station, type ws:// instead of http:// and choose OCPP JSON.]",
    ]
  `);
  cleanup();
  const gone = await show(<OfflineBox state={{ ...stationAfter([]), link: { state: "never" } }} events={[]} />, {});
  expect(gone.says()).toEqual([]);
});

test("how long it was away before is told, its address is copied, and who tried opens", async () => {
  const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const link: LinkState = { state: "offline", since: 60_000, connection: 1, remoteAddress: "10.0.0.7" };
  const entry = (seq: number, kind: string) =>
    ({ station: "CP1", event: { kind, seq, at: seq * 1000 } }) as HistoryEntry;
  const events = [entry(1, "link-opened"), entry(5, "link-closed"), entry(46, "link-opened"), entry(60, "link-closed")];
  const attempt = {
    ...{ id: 3, startedAt: 61_000, lastAt: 61_000, state: "stopped", passed: "tcp", remoteAddress: "10.0.0.7" },
    ...{ causes: [{ code: "plain-request" }], times: {}, bytes: 0, repeats: 1 },
  };
  const feeds = { ...(status(plain) as object), "connection.attempts": [{ ...attempt, lastAt: 60_000 }] } as object;
  const screen = await show(<OfflineBox state={{ ...stationAfter([]), link }} events={events} />, { feeds });
  expect(screen.watched()).toEqual([
    ["connection.attempts", {}],
    ["connection.status", {}],
  ]);
  expect(screen.says().slice(2).join("\n").replaceAll("\u2009", " ")).toMatchInlineSnapshot(`
    "The last time it was away it came back after 41 s.
    Nobody from 10.0.0.7 has tried since. Values below are the last ones told.
    ws://10.0.0.2:9000/CP1
    [Copy]
    <What to check when it does not come> #/connection"
  `);
  await screen.press("Copy");
  expect(copied).toHaveBeenCalledWith("ws://10.0.0.2:9000/CP1");
  screen.tell("connection.attempts", [attempt] as never);
  expect(screen.says().some((line) => line.startsWith("Nobody"))).toBe(false);
  await screen.press(/^1970/);
  expect(screen.says("aside")[0]).toBe("{Attempts to connect}");
  cleanup();
  expect(screen.watched()).toEqual([]);
});

test("without an address it is its name that nobody tried by, and a wire without a port has its name", async () => {
  const says = async (more: object) => {
    const link = { state: "offline", since: 0, connection: 1, ...more } as LinkState;
    const screen = await show(<OfflineBox state={{ ...stationAfter([]), link }} events={[]} />, {});
    const line = screen.says().find((one) => one.includes("Values below"));
    cleanup();
    return line;
  };
  expect(await says({})).toBe("Nobody from CP1 has tried since. Values below are the last ones told.");
  expect(await says({ carrier: "modbus" })).toBe("Its line is CP1. Values below are the last ones told.");
});
