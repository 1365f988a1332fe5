import { expect, test } from "vitest";
import { type Announcement, createAnnouncer } from "./announce.ts";
import type { ListeningPlace } from "./contract.ts";

function setUp(...places: Partial<ListeningPlace>[]) {
  const said: string[] = [];
  const state = { wanted: false, port: 9000 };
  const announcer = createAnnouncer({
    wanted: () => state.wanted,
    listening: () =>
      places.map((place) => ({
        host: "0.0.0.0",
        port: state.port,
        wanted: state.port,
        mode: "both" as const,
        ...place,
      })),
    open(what: Announcement) {
      const name = `${what.secure ? "wss" : "ws"} ${what.port}`;
      said.push(`open ${name}`);
      return { dispose: () => void said.push(`close ${name}`) };
    },
  });
  return { said, state, announcer };
}

test("announces while wanted, and follows the port", async () => {
  const { said, state, announcer } = setUp({});
  announcer.update();
  state.wanted = true;
  announcer.update();
  announcer.update();
  state.port = 9001;
  announcer.update();
  await announcer.dispose();
  expect(said).toEqual(["open ws 9000", "close ws 9000", "open ws 9001", "close ws 9001"]);
});

test("a port for this machine alone is not announced", () => {
  const { said, state, announcer } = setUp({ host: "127.0.0.1" });
  state.wanted = true;
  announcer.update();
  expect(said).toEqual([]);
});

test("announces the first place that is open and reached from outside, as what it takes", () => {
  const { said, state, announcer } = setUp(
    { host: "127.0.0.1", port: 1 },
    { host: "10.0.0.9", port: 2, problem: "EADDRNOTAVAIL" },
    { host: "10.0.0.5", port: 3, mode: "wss" },
    { port: 4 },
  );
  state.wanted = true;
  announcer.update();
  expect(said).toEqual(["open wss 3"]);
});
