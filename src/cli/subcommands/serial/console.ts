import { existsSync } from "node:fs";
import { UsageError } from "../../../api/start-options.ts";
import { AnswerEnd, showCommands } from "../../console/commands.ts";
import { guessed } from "../../console/guess.ts";
import { sendFile, sendKeys, sendLines } from "../../console/input.ts";
import { type ConsoleOptions, readConsoleOptions } from "../../console/options.ts";
import { clearPast, printPast, printRecorded } from "../../console/past.ts";
import { lineShow, terminalShow } from "../../console/show.ts";
import { openTalk, type Talk } from "../../console/talk.ts";
import { exitCodes } from "../../exit.ts";
import { complain, isAtTerminal } from "../../output.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside console`: a serial console, at a terminal or for a script. */
export const consoleCommand: Subcommand = {
  usage:
    "console [PORT[,baud=N][,frame=8N1][,flow=none]] [--baud N] [--frame 8N1] [--flow none|rtscts|xonxoff] [--eol cr|lf|crlf|none] [--echo] [--dtr on|off] [--rts on|off] [--break MS] [--send FILE] [--show status|errors|configuration|all] [--listen] [--guess] [--wait SECONDS] [--id STATION] [--profile NAME] [--record] [--past | --clear] [--data DIR] [--json]",
  summary:
    "A serial console; PORT may be tcp://HOST:PORT or rfc2217://HOST:PORT. At a terminal keys go out as they are typed, and Ctrl+] q ends it. Elsewhere each line of standard input goes out, lines that come are printed (with --json an object a line: time, kind in, out or note, text), and it ends so many seconds after the input has (--wait, 1 by default); --listen reads no input and goes on until a signal. --guess listens at one speed after the other first, sending nothing, takes the one that reads as text, and says which parities are not ruled out. DTR and RTS are left alone unless named. An adapter that is pulled out is told, and taken up again. --id names the station whose history tells boots and crashes; with --profile (openevse-rapi) that station is asked, and its status and meters are read. --show sends the commands of the profile of a make (openevse-rapi, linux-shell, u-boot, esp-idf, zephyr) that print its status, errors or configuration, and change nothing. A running core opens the port and puts it on record; without one --record does. --past prints what is on record of PORT, --clear takes it away, no PORT lists the ports on record. Escape sequences that would do more than colour and place text are not passed on.",
  async run(args) {
    const { options, folder, json } = readConsoleOptions(args);
    if (!options) return printRecorded(folder, json);
    if (options.past) return printPast(folder, options.setup.port, json);
    if (options.clear) return clearPast(folder, options.setup.port);
    if (options.sendFile !== undefined && !existsSync(options.sendFile))
      throw new UsageError(`--send: ${options.sendFile} is not there.`);
    return runConsole(options);
  },
};

async function runConsole(options: ConsoleOptions): Promise<number> {
  const { folder, record } = options;
  const setup = options.guess ? await guessed(options) : options.setup;
  if (!setup) return exitCodes.noAnswer;
  const stop = stopSignal();
  const keys = Boolean(process.stdin.isTTY && isAtTerminal() && !options.json && !options.listen);
  const show = keys ? terminalShow() : lineShow(options.json);
  const end = new AnswerEnd();
  const talk = await openTalk({
    setup,
    folder,
    record,
    show: (entries) => {
      end.take(entries);
      show.entries(entries);
    },
  });
  const lost = talk.lost.then(() => {
    complain("The core that had the port has ended.");
    return exitCodes.failed;
  });
  const over = new AbortController();
  const working = work(talk, options, { keys, over: over.signal, end });
  const stopped = stop.then(async () => {
    over.abort();
    // A file that is being sent tells how far it came.
    if (options.sendFile !== undefined) await Promise.race([working, pause(longestStopMs)]);
    return exitCodes.ok;
  });
  try {
    return await Promise.race([working, lost, stopped]);
  } finally {
    await talk.end();
    show.flush();
  }
}

/** How long the far end may take to take what is being sent when it is to end, milliseconds. */
const longestStopMs = 1000;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function work(
  talk: Talk,
  options: ConsoleOptions,
  { keys, over, end }: { keys: boolean; over: AbortSignal; end: AnswerEnd },
): Promise<number> {
  const { dtr, rts, breakMs, sendFile: path, show, listen, lineEnd, waitMs } = options;
  if (dtr !== undefined || rts !== undefined)
    await talk.signal({ ...(dtr !== undefined && { dtr }), ...(rts !== undefined && { rts }) });
  if (breakMs !== undefined) await talk.sendBreak(breakMs);
  if (path !== undefined) await sendFile(path, talk, over);
  if (over.aborted) return exitCodes.ok;
  if (show) return (await showCommands(show, talk, end)) ? exitCodes.ok : exitCodes.noAnswer;
  if (listen) return new Promise<never>(() => undefined);
  if (keys) {
    await sendKeys(talk, options);
    return exitCodes.ok;
  }
  const all = await sendLines(talk, lineEnd);
  await pause(waitMs);
  // Answers that a port would have brought that went meanwhile are missing, as its note tells.
  return all && (await talk.isOpen()) ? exitCodes.ok : exitCodes.failed;
}
