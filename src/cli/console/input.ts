import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { FailureError } from "../../lib/contract.ts";
import { shownText } from "../../lib/shown-text.ts";
import { InputLines } from "../input-lines.ts";
import { complain, printTerminal } from "../output.ts";
import type { ConsoleOptions } from "./options.ts";
import type { Talk } from "./talk.ts";

/** Bytes of a file that are sent at a time. */
const filePiece = 1024;

/** How often a long file tells how far it is, milliseconds. */
const progressMs = 2000;

/** Sends a file as it is, until it is over or not wanted any more.
 * @throws FailureError unavailable, after it is told how far it came; or what the system says of the file */
export async function sendFile(path: string, talk: Talk, wanted: AbortSignal): Promise<void> {
  const { size } = await stat(path);
  const file = { name: basename(path).slice(0, 255), size };
  let sent = 0;
  let toldAt = performance.now();
  for await (const piece of createReadStream(path, { highWaterMark: filePiece })) {
    if (wanted.aborted) {
      await talk.send(new Uint8Array(), { ...file, at: sent, stopped: true });
      return complain(`Stopped after ${sent} of ${size} bytes of ${path}.`);
    }
    await talk.send(piece as Buffer, { ...file, at: sent }).catch((error: unknown) => {
      complain(`The file broke off: ${sent} bytes of ${path} were sent.`);
      throw error;
    });
    sent += (piece as Buffer).length;
    if (performance.now() - toldAt < progressMs) continue;
    toldAt = performance.now();
    complain(`${sent} of ${size} bytes of ${path} are sent.`);
  }
  complain(`${sent} bytes of ${path} were sent.`);
}

/** Characters of a line of standard input: what is longer is a file, and no line that a board would read. */
const longestLine = 1024 * 1024;

/** Sends each line of standard input with its line end, to the end of it.
 * @returns whether all of them left */
export async function sendLines(talk: Talk, lineEnd: string): Promise<boolean> {
  let all = true;
  const lost = (why: string) => {
    all = false;
    complain(why);
  };
  const lines = new InputLines(longestLine, () =>
    lost(`A line of standard input is longer than ${longestLine} characters: nothing of it is sent.`),
  );
  const send = async (said: readonly string[]) => {
    for (const line of said) {
      await talk.send(Buffer.from(line + lineEnd)).catch((error: unknown) => {
        if (!(error instanceof FailureError)) throw error;
        lost(error.message);
      });
    }
  };
  for await (const piece of process.stdin) await send(lines.take(piece as Buffer));
  await send(lines.rest());
  return all;
}

const leader = "\x1d";
const help = `Ctrl+] and then: q ends, b sends a break, d and r switch DTR and RTS, e switches the echo, ] sends Ctrl+] itself.`;

/** Sends what is typed, key by key, until Ctrl+] q or the end of the terminal. */
export function sendKeys(talk: Talk, { lineEnd, echo }: Pick<ConsoleOptions, "lineEnd" | "echo">): Promise<void> {
  const { stdin } = process;
  const done = Promise.withResolvers<void>();
  const signals = { dtr: true, rts: true };
  let led = false;
  let echoing = echo;
  const say = (text: string) => printTerminal(`\n[${shownText(text)}]\n`);
  const tell = (error: unknown) => say(error instanceof Error ? error.message : String(error));
  const send = (text: string) => {
    if (text === "") return;
    if (echoing) printTerminal(text.replace(/\r/g, "\n"));
    talk.send(Buffer.from(text.replace(/\r/g, lineEnd))).catch(tell);
  };
  const command = (key: string) => {
    switch (key) {
      case "q":
        return done.resolve();
      case "b":
        return talk.sendBreak(250).catch(tell);
      case "d":
      case "r": {
        const name = key === "d" ? "dtr" : "rts";
        signals[name] = !signals[name];
        return talk.signal({ [name]: signals[name] }).catch(tell);
      }
      case "e":
        echoing = !echoing;
        return say(`Echo ${echoing ? "on" : "off"}.`);
      case "]":
      case leader:
        return send(leader);
      default:
        return say(help);
    }
  };
  const typed = (text: string) => {
    let plain = "";
    for (const key of text) {
      if (led) {
        led = false;
        void command(key);
      } else if (key === leader) {
        send(plain);
        plain = "";
        led = true;
      } else plain += key;
    }
    send(plain);
  };
  say(help);
  stdin.setEncoding("utf8");
  stdin.setRawMode(true);
  stdin.on("data", typed);
  stdin.once("end", done.resolve);
  return done.promise.finally(() => {
    stdin.off("data", typed);
    stdin.setRawMode(false);
    stdin.pause();
    // Colours that were left on end here.
    printTerminal("\x1b[0m\n");
  });
}
