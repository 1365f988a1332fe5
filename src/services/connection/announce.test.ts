import { expect, test } from "vitest";
import { type Announcement, createAnnouncer } from "./announce.ts";

function setUp(host: string) {
  const said: string[] = [];
  const state = { wanted: false, port: 9000 };
  const announcer = createAnnouncer({
    wanted: () => state.wanted,
    listening: () => [{ host, port: state.port }],
    open(what: Announcement) {
      said.push(`open ${what.port}`);
      return { dispose: () => void said.push(`close ${what.port}`) };
    },
  });
  return { said, state, announcer };
}

test("announces while wanted, and follows the port", async () => {
  const { said, state, announcer } = setUp("0.0.0.0");
  announcer.update();
  state.wanted = true;
  announcer.update();
  announcer.update();
  state.port = 9001;
  announcer.update();
  await announcer.dispose();
  expect(said).toEqual(["open 9000", "close 9000", "open 9001", "close 9001"]);
});

test("a port for this machine alone is not announced", () => {
  const { said, state, announcer } = setUp("127.0.0.1");
  state.wanted = true;
  announcer.update();
  expect(said).toEqual([]);
});
