import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import type { ReceiverEvent } from "../../transports/receivers/drop.ts";

/** What a receiver saw, in words. */
export function seenWords(event: ReceiverEvent): Words {
  const { from } = event;
  switch (event.type) {
    case "login":
      return words("seen-login", { from });
    case "wrong-login":
      return words("seen-wrong-login", { from, user: event.user });
    case "secured":
      return words("seen-secured", { from });
    case "tls-failed":
      return words("seen-tls-failed", { from, why: event.why });
    case "key-alone":
      return words("seen-key-alone", { from, user: event.user });
    case "left-at-key":
      return words("seen-left-at-key", { from });
    case "no-agreement":
      return words("seen-no-agreement", { from, why: event.why });
    case "data-opened":
      return words("seen-data-opened", { at: place(event) });
    case "data-failed":
      if (event.secured === false) return words("seen-data-tls-failed", { at: place(event), why: event.why });
      return words(event.passive ? "seen-data-failed-passive" : "seen-data-failed-active", { at: place(event) });
    case "stored":
      return words("seen-stored", { name: event.name, bytes: event.size });
    case "part-stored":
      return words("seen-part", { name: event.name, bytes: event.size, total: event.total });
    case "broken-off":
      return words("seen-broken-off", { name: event.name, bytes: event.received, why: event.why });
    case "refused":
      return words("seen-refused", { name: event.name, why: event.why });
  }
}

function place({ address, port }: { address: string; port: number }): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
