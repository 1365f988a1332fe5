import { systemClock } from "../../../lib/clock.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { isoTime } from "../../../lib/units.ts";
import type { Heard, Overheard } from "../../../modbus/device/listen.ts";
import { everyMs, type Poll, PollBook } from "../../../modbus/device/poll-book.ts";
import type { Profile } from "../../../modbus/profile/model.ts";
import { overhear, valuesOf } from "../../../services/modbus/listening.ts";
import type { ModbusPlace } from "../../../services/modbus/place.ts";
import { english } from "../../../station/phrases.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { complain, counted, printJson, printRow } from "../../output.ts";
import { valueCells } from "./printing.ts";

/** Tells what another master and its devices say to each other, and says nothing itself, until the promise is settled; then, on stderr,
 * each question in a line.
 * @param profile by which the answers are read as well */
export async function eavesdrop(
  place: Extract<ModbusPlace, { kind: "serial" }>,
  { profile, json }: { profile: Profile | null; json: boolean },
  until: Promise<void>,
): Promise<void> {
  const book = new PollBook();
  const parts = { open: createOpener(), clock: systemClock };
  const bus = await overhear(place, parts, {
    heard(one) {
      book.note(one, systemClock.now());
      print(one, profile, json);
    },
    turned: (gone) => complain(shownText(gone ? english(gone) : `${place.port}: open again`)),
  });
  await until;
  await bus.close();
  for (const poll of book.polls) complain(pollText(poll));
  if (book.damaged > 0) complain(counted(book.damaged, "damaged stretch", "damaged stretches"));
}

function print(heard: Overheard, profile: Profile | null, json: boolean): void {
  const at = isoTime(systemClock.now());
  const hex = "bytes" in heard ? Buffer.from(heard.bytes).toString("hex") : undefined;
  const values = heard.kind === "answer" ? valuesIn(heard, profile) : [];
  if (json)
    printJson({
      at,
      ...heard,
      ...(hex !== undefined && { bytes: hex }),
      ...("answer" in heard && { answer: plain(heard.answer) }),
      ...(values.length > 0 && { values }),
    });
  else if (heard.kind === "damaged") printRow([at, "damaged", "", hex ?? ""]);
  else if (heard.kind === "frame") printRow([at, "frame", `unit ${heard.unit}`, hex ?? ""]);
  else {
    const said = heard.kind === "answer" ? JSON.stringify(plain(heard.answer)) : "";
    printRow([at, heard.kind, `unit ${heard.unit}`, requestText(heard.request), said]);
    for (const value of values) printRow([at, "value", ...valueCells(value)]);
  }
}

function valuesIn({ request, answer }: Extract<Overheard, { kind: "answer" }>, profile: Profile | null) {
  if (request.kind !== "read" || answer.kind !== "registers") return [];
  return valuesOf(profile, { ...request, registers: answer.registers });
}

function requestText(request: Heard): string {
  const { kind, ...rest } = request;
  return `${kind} ${Object.values(rest).join(" ")}`;
}

/** A question and what came of it. */
function pollText(poll: Poll): string {
  const every = everyMs(poll);
  const often = every === null ? "once" : `${poll.asked} times, every ${(every / 1000).toFixed(1)} s`;
  const refused = poll.refused > 0 ? `, ${poll.refused} of them refused` : "";
  return shownText(`unit ${poll.unit}: ${requestText(poll.request)}: ${often}; ${poll.answered} answered${refused}`);
}

function plain(answer: Extract<Overheard, { kind: "answer" }>["answer"]): unknown {
  if (answer.kind === "registers") return answer.registers;
  if (answer.kind === "exception") return { exception: answer.code };
  return answer.kind;
}
