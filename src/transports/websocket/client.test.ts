import { expect, test } from "vitest";
import { problemOf, stationAddress } from "./client.ts";

test.each([
  ["ws://h", "CP1", "ws://h/CP1"],
  ["ws://h:9000/", "CP1", "ws://h:9000/CP1"],
  ["wss://h/ocpp//", "CP 1/å", "wss://h/ocpp/CP%201%2F%C3%A5"],
  ["wss://h/ocpp?key=a", "CP1", "wss://h/ocpp/CP1?key=a"],
  ["wss://h/ocpp/CP1", "CP1", "wss://h/ocpp/CP1"],
  ["wss://h/{identity}/ws", "CP 1", "wss://h/CP%201/ws"],
  ["wss://h/?station={identity}", "CP1", "wss://h/?station=CP1"],
  ["  ws://h/a#b ", "CP1", "ws://h/a/CP1"],
])("%s for %s is dialled as %s", (base, identity, address) => {
  expect(stationAddress(base, identity)).toBe(address);
});

test.each(["h/ocpp", "", "ws://"])("%s is no URL", (base) => {
  expect(() => stationAddress(base, "CP1")).toThrow(TypeError);
});

test.each([
  ["http://h/", "no-websocket-url"],
  ["wss://user:key@h/", "url-with-credentials"],
])("%s is refused, and it is said why: %s", (base, phrase) => {
  expect(() => stationAddress(base, "CP1")).toThrow(expect.objectContaining({ words: { phrase } }));
});

test.each([
  ["ECONNABORTED", "closed"],
  ["ENETDOWN", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["EHOSTDOWN", "unreachable"],
  ["EACCES", "blocked"],
  ["EWHATEVER", "failed"],
])("the system's %s is told as %s", (code, problem) => {
  expect(problemOf(Object.assign(new Error(`connect ${code}`), { code }))).toEqual({
    problem,
    detail: `connect ${code}`,
  });
});
