import { expect, test } from "vitest";
import { newStation } from "../model.ts";
import { lostLink } from "./lost-link.ts";

const station = newStation("CP1", 1000);

test("a core that was killed leaves a link that ended with it, by our own doing", () => {
  const online = { ...station, link: { ...station.link, state: "online" as const, connection: 7 } };
  expect(lostLink(online)).toEqual({ kind: "link-closed", connection: 7, code: 1006, reason: "", cause: "own-end" });
});

test.each(["offline", "never"] as const)("a link that is %s does not end once more", (state) => {
  expect(lostLink({ ...station, link: { ...station.link, state } })).toBeUndefined();
});
