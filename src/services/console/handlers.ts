import { written } from "../../consoles/check.ts";
import { asksStation } from "../../consoles/profile.ts";
import { consoleProfiles } from "../../consoles/shipped.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Handlers } from "../../lib/contract.ts";
import type { Registry } from "../../session/registry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleRepository } from "../../store/kept/console.ts";
import type { SerialLines } from "../../transports/serial/line/serial-lines.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { toEntry } from "./book.ts";
import type { Consoles } from "./consoles.ts";
import type { consoleContract } from "./contract.ts";
import { type KeptConsoles, toSetup } from "./kept-consoles.ts";
import { listenAt } from "./listen.ts";

export type ConsoleParts = {
  consoles: Consoles;
  kept: KeptConsoles;
  repository: ConsoleRepository;
  lines: SerialLines;
  registry: Registry;
  open: OpenSerial;
  clock: Clock;
};

/** How much of the past a console shows at first, bytes. */
const shownBytes = 128 * 1024;

/** What screens and command line can ask of consoles. */
export function consoleHandlers(parts: ConsoleParts): Handlers<typeof consoleContract> {
  const { consoles, kept, repository, lines, registry, open, clock } = parts;
  return {
    "console.list": (_input, push) => {
      const watching = consoles.changed.on(() => push(() => consoles.list()));
      return { snapshot: consoles.list(), close: () => void watching.dispose() };
    },
    "console.recorded": () => repository.ports(),
    "console.open": (input) => {
      if (lines.list().some(({ setup }) => setup.port === input.port))
        throw failure("conflict", words("line-open", { port: input.port }));
      checkProfile(input, registry);
      return kept.open(toSetup(input));
    },
    "console.profiles": () =>
      consoleProfiles().map((profile) => {
        const { name, maker, device, source, proven, baud, frame, commands } = profile;
        return { name, maker, device, source, proven, baud, frame, commands, asks: asksStation(profile) };
      }),
    "console.show": async ({ port, command }) => {
      const opened = consoles.get(port);
      const named = opened.view().setup.profile;
      const profile = consoleProfiles().find(({ name }) => name === named);
      const known = profile?.commands.find(({ send }) => send === command);
      if (!profile || !known) throw failure("not-found", words("console-no-command", { command, port }));
      await opened.send(Buffer.from(written(profile, known.send)));
      return null;
    },
    "console.close": async ({ port }) => {
      await kept.close(port);
      return null;
    },
    "console.live": ({ port }, push) => {
      const watching = consoles.told.on(({ setup, entries }) => {
        if (setup.port === port) push([...entries]);
      });
      const past = repository.before(port, Number.MAX_SAFE_INTEGER, shownBytes);
      return { snapshot: past.map(toEntry), close: () => void watching.dispose() };
    },
    "console.page": ({ port, after, limit }) => repository.after(port, after, limit).map(toEntry),
    "console.before": ({ port, before }) => repository.before(port, before, shownBytes).map(toEntry),
    "console.send": async ({ port, base64, file }) => {
      const bytes = Buffer.from(base64, "base64");
      await (file ? consoles.get(port).sendFile(bytes, file) : consoles.get(port).send(bytes));
      return null;
    },
    "console.signals": async ({ port, dtr, rts }) => {
      await consoles.get(port).signal({ ...(dtr !== undefined && { dtr }), ...(rts !== undefined && { rts }) });
      return null;
    },
    "console.break": async ({ port, ms }) => {
      await consoles.get(port).sendBreak(ms);
      return null;
    },
    "console.listen": ({ port, ...settings }) => listenAt(open, port, settings, clock),
    "console.clear": ({ port }) => {
      repository.clear(port);
      return null;
    },
  };
}

/** @throws FailureError invalid-input where a profile is not known, or has no station; conflict where that is connected otherwise */
function checkProfile({ profile, station }: { profile?: string; station?: string }, registry: Registry): void {
  if (profile === undefined) return;
  const known = consoleProfiles().find(({ name }) => name === profile);
  if (!known) {
    const names = consoleProfiles().map(({ name }) => name);
    throw failure("invalid-input", words("console-no-profile", { name: profile, names: names.join(", ") }));
  }
  if (!asksStation(known)) return;
  if (station === undefined) throw failure("invalid-input", words("console-profile-station"));
  if (registry.get(station)?.session?.isOpen)
    throw failure("conflict", words("console-station-online", { identity: station }));
}
