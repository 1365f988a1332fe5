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
  const { guess, heard, plain } = await guessSettings(
    (tried) => {
      const settings = { ...setup.settings, ...tried };
      return core
        ? core.call("console.listen", { port: setup.port, ...settings })
        : listenAt(open, setup.port, settings, systemClock);
    },
    (_at, tried) => {
      complain(`Listening at ${tried.baudRate} baud, ${frameText({ ...setup.settings, ...tried })}`);
      return true;
    },
  ).finally(() => core?.close());
  if (plain) {
    complain(`${setup.port} passes bytes alone: it has no speed and no parity to find. ${heard} bytes were heard.`);
    return setup;
  }
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
  const others = guess.orElse.map((frame) => frameText({ ...settings, ...frame }));
  if (others.length > 0)
    complain(
      `Not ruled out: ${others.join(", ")}. The same was read so, or nothing was heard meanwhile; try --frame if what is sent is not understood.`,
    );
  return { ...setup, settings };
}
