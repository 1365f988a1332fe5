import type { ConsoleTold } from "../events.ts";
import type { ConsoleSign, ResetCause } from "../serial/signs.ts";
import { maybe, type SentenceKey, say, type Told } from "./sentence.ts";

const signs: Record<ConsoleSign["sign"], SentenceKey> = {
  started: "consoleStarted",
  reset: "consoleReset",
  "going-down": "consoleGoingDown",
  panic: "consolePanic",
  oops: "consoleOops",
  watchdog: "consoleWatchdog",
  brownout: "consoleBrownout",
  hang: "consoleHang",
  "out-of-memory": "consoleMemory",
  storage: "consoleStorage",
  "boot-failed": "consoleBootFailed",
  "boot-loop": "consoleLoop",
};

const causes: Record<ResetCause, SentenceKey> = {
  "power-on": "resetPowerOn",
  software: "resetSoftware",
  watchdog: "resetWatchdog",
  brownout: "resetBrownout",
  external: "resetExternal",
  "deep-sleep": "resetDeepSleep",
  "low-power": "resetLowPower",
  other: "resetOther",
};

const systems: Record<ConsoleSign["system"], SentenceKey> = {
  esp32: "systemEsp32",
  esp8266: "systemEsp8266",
  stm32: "systemStm32",
  zephyr: "systemZephyr",
  linux: "systemLinux",
  "u-boot": "systemUBoot",
  device: "systemDevice",
};

/** What a console told, in words: the line itself stands beside them. */
export function tellSign({ sign, system, cause, detail, said, again }: ConsoleSign): Told {
  const who = say(systems[system] ?? "systemDevice");
  const main = say(signs[sign] ?? "consoleOther", { who, cause: say(causes[cause ?? "other"]) });
  return {
    main,
    more: [
      ...maybe("consoleDetail", detail),
      ...(again ? [say("consoleAgain", { count: again })] : []),
      ...(detail && said.trim() === detail ? [] : [say("quoted", { text: said })]),
    ],
  };
}

/** The same, with the port that told it. */
export function tellConsole(event: ConsoleTold): Told {
  const { main, more } = tellSign(event);
  return { main, more: [...more, say("onConsole", { port: event.port })] };
}
