import type { ConsoleSign } from "../../station/serial/signs.ts";
import { espForms } from "./esp.ts";
import { linuxForms } from "./linux.ts";
import type { Form } from "./pattern.ts";
import { smallForms } from "./small.ts";

const forms: readonly Form[] = [...espForms, ...linuxForms, ...smallForms];

/** What any of the forms begins with: most lines hold none of it, which is told at once. */
const worthALook =
  /rst|guru|brown|watchdog|abort|assert|error|heap|smash|header|flash|partition|hash|idf|exception|boot|fault|mbed|stack|malloc|reason|cause|source|linux|panic|undefined|oops|bug|unable|lockup|stall|blocked|memory|remount|reboot|poweroff|down|image|crc|rcc|ubi|wdt|mmc/i;
/** So much of a line is looked at, characters. */
const looked = 400;
const longestSaid = 200;

/** What a line of a console tells of a boot, a reset or a fault; null for any other. Pure, and never slow. */
export function signIn(line: string): ConsoleSign | null {
  const head = line.slice(0, looked);
  if (!worthALook.test(head)) return null;
  for (const form of forms) {
    const match = form.pattern.exec(head);
    if (!match) continue;
    const detail = match[1]?.trim();
    return {
      system: form.system,
      sign: form.sign,
      ...(form.cause && { cause: form.cause(match) }),
      ...(detail && { detail }),
      said: head.trim().slice(0, longestSaid),
    };
  }
  return null;
}
