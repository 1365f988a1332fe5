import { describe, expect, it } from "vitest";
import { chooseFocus } from "./focus.ts";
import { parseRoute, routeHash } from "./routes.ts";

describe("the route", () => {
  it("is read from the hash, and the overview where there is none", () => {
    const { path, station, params } = parseRoute("#/messages?station=CP2%2F%C3%84pple+7&seq=12");
    expect([path, station, params.get("seq")]).toEqual(["messages", "CP2/Äpple 7", "12"]);
    expect(parseRoute("").path).toBe("overview");
  });

  it("comes back the same from its hash, and leaves out what is not set", () => {
    const hash = routeHash("history", { station: "CP?1&x", seq: undefined });
    expect(hash).toBe("#/history?station=CP%3F1%26x");
    expect(parseRoute(hash).station).toBe("CP?1&x");
    expect(routeHash("meters", { from: 0, filter: "" })).toBe("#/meters?from=0&filter=");
  });
});

describe("the station in focus", () => {
  const station = (identity: string, state: "online" | "offline", lastSeenAt: number) => ({
    identity,
    link: { state },
    info: {},
    lastSeenAt,
    status: "",
    findings: 0,
    running: 0,
    powerW: null,
    onPurpose: [],
  });
  const stations = [station("A", "offline", 50), station("B", "online", 10), station("C", "online", 90)];

  it("is the one asked for", () => {
    expect(chooseFocus(stations, "A")?.identity).toBe("A");
  });

  it("is else the first online, and does not wander with every frame", () => {
    expect(chooseFocus(stations, null)?.identity).toBe("B");
  });

  it("is else the one heard of last", () => {
    expect(chooseFocus([station("A", "offline", 50), station("D", "offline", 70)], null)?.identity).toBe("D");
    expect(chooseFocus([], null)).toBe(null);
  });
});
