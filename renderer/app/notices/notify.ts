import { fromNotice } from "../../../src/api/notice-place.ts";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { Settings } from "../../../src/services/settings/contract.ts";
import { ring } from "./ring.ts";

/** What the system is to tell, and the place in the screens that it leads to. */
export type Notice = { identity: string; body: string; place: string };

/** Tells something by the system's notices, and by a sound where that is wished for: never while the window is looked at. A later one of
 * a station takes the place of its earlier one. A click brings the window before one, at the place it is about. */
export function notify(wish: Settings["notices"], { identity, body, place }: Notice): void {
  if (wish === "off" || document.hasFocus()) return;
  if (wish === "sound") ring();
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  // The sound is ours, so that it is the same on every system.
  const notice = new Notification(shownText(identity), { body: shownText(body), tag: identity, silent: true });
  notice.onclick = () => {
    window.focus();
    window.location.hash = fromNotice(place, Date.now());
    notice.close();
  };
}
