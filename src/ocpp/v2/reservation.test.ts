import { expect, it } from "vitest";
import { v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

it("what becomes of a reservation is told with its number", () => {
  const request = { reservationId: 7, reservationUpdateStatus: "Expired" };
  expect(exchange(v201, "ReservationStatusUpdate", request)).toEqual({
    reply: {},
    events: [
      {
        kind: "noticed",
        action: "ReservationStatusUpdate",
        summary: "reservationId 7, reservationUpdateStatus Expired",
      },
    ],
  });
});
