import { systemClock } from "../../lib/clock.ts";
import { listenAt } from "../../services/console/listen.ts";
import type { ConsoleSetup } from "../../station/serial/console.ts";
import { guessSettings } from "../../station/serial/guess.ts";
import { createOpener } from "../../transports/serial/open-port.ts";
import { frameText } from "../../transports/serial/settings.ts";
import { complain } from "../output.ts";
import { reachCore } from "../reach.ts";
import type { ConsoleOptions } from "./options.ts";

/** Finds speed and parity of a port by listening; null where nothing that was heard reads as text, which is said.
 * @throws FailureError unavailable */
export async function guessed({ setup, folder }: ConsoleOptions): Promise<ConsoleSetup | null> {
  const core = await reachCore(folder);
  const open = createOpener();
  const { guess, heard } = await guessSettings(
    (baudRate) => {
      const settings = { ...setup.settings, baudRate, dataBits: 8 as const, parity: "none" as const };
      return core
        ? core.call("console.listen", { port: setup.port, ...settings })
        : listenAt(open, setup.port, settings, systemClock);
    },
    (_at, baudRate) => {
      complain(`Listening at ${baudRate} baud`);
      return true;
    },
  ).finally(() => core?.close());
  if (!guess) {
    complain(
      heard === 0
        ? "Nothing was heard. Let the board say something: restart it while this listens."
        : `${heard} bytes were heard, and at no speed did they read as text. Other wires, another level (RS-485, inverted), or no console.`,
    );
    return null;
  }
  const settings = { ...setup.settings, ...guess.settings };
  const part = Math.round(guess.heard.text * 100);
  complain(`${settings.baudRate} baud, ${frameText(settings)}: ${part} % of ${guess.heard.bytes} bytes read as text.`);
  return { ...setup, settings };
}
