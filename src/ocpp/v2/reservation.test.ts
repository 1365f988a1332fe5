import { expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

const update = (request: JsonObject) => exchange(v201, "ReservationStatusUpdate", request);

it("a reservation that is over is told with its number and why", () => {
  expect(update({ reservationId: 7, reservationUpdateStatus: "Expired" })).toEqual({
    reply: {},
    events: [{ kind: "reservation-over", reservation: 7, why: "Expired" }],
  });
});

it("what lacks its number or its word is noted as it is", () => {
  const noticed = { kind: "noticed", action: "ReservationStatusUpdate" };
  expect(update({ reservationUpdateStatus: "Removed" }).events).toEqual([
    { ...noticed, summary: "reservationUpdateStatus Removed" },
  ]);
  expect(update({ reservationId: 7 }).events).toEqual([{ ...noticed, summary: "reservationId 7" }]);
});
