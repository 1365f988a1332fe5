import { type Handlers, notice } from "./notice.ts";

/** Block H. */
export const reservationHandlers: Handlers = {
  ReservationStatusUpdate: notice("ReservationStatusUpdate", ["reservationId", "reservationUpdateStatus"]),
};
