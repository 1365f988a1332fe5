import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { exactInteger, text } from "../read.ts";
import { type Handlers, noticed } from "./notice.ts";

/** Block H. */
export const reservationHandlers: Handlers = {
  ReservationStatusUpdate: { reply: () => ({}), events: (request, _reply, { at }) => over(request, at) },
};

/** One that lacks its number or its word is noted as it is. */
function over(request: JsonObject, at: number): EventBody[] {
  const reservation = exactInteger(request, "reservationId");
  const why = text(request, "reservationUpdateStatus");
  if (reservation !== undefined && why) return [{ kind: "reservation-over", reservation, why }];
  return noticed("ReservationStatusUpdate", request, ["reservationId", "reservationUpdateStatus"], at);
}
