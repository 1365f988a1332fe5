import type { Clock, Timer } from "../../lib/clock.ts";
import type { FeedSource } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { exceptionTrouble } from "../../modbus/bus/trouble.ts";
import { Eavesdropper, type Heard, type Overheard } from "../../modbus/device/listen.ts";
import { everyMs, type Poll, PollBook } from "../../modbus/device/poll-book.ts";
import { decode } from "../../modbus/profile/decode.ts";
import type { Profile } from "../../modbus/profile/model.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import type { ListenView, PollView, Question, ValueView } from "./contract.ts";
import { listenOnBus } from "./open-bus.ts";
import { type ModbusPlace, readPlace } from "./place.ts";
import { findProfile } from "./profiles.ts";
import { valueView } from "./reading.ts";

/** After so long without a byte what was left is no frame. */
const silenceMs = 50;
const retryMs = 1000;

type Bus = { close(): Promise<void> };
type Serial = Extract<ModbusPlace, { kind: "serial" }>;

/** The place of a serial line: over Modbus TCP there is nothing to overhear.
 * @throws FailureError invalid-input */
function linePlace(text: string): Serial {
  const { place } = readPlace(text);
  if (place.kind !== "serial") throw failure("invalid-input", words("modbus-listen-port"));
  return place;
}

/** Opens a line and reads what another master and its devices say to each other on it; says nothing itself. One that goes is taken up again
 * when it is back.
 * @throws FailureError unavailable when the port cannot be opened at first */
export async function overhear(
  place: Serial,
  { open, clock }: { open: OpenSerial; clock: Clock },
  listener: {
    heard(one: Overheard): void;
    bytes?(count: number): void;
    /** The port is gone, or with null back. */
    turned(gone: Words | null): void;
  },
): Promise<{ close(): Promise<void> }> {
  const ear = new Eavesdropper((one) => listener.heard(one));
  let silence: Timer | null = null;
  let retry: Timer | null = null;
  let bus: Bus | null = null;
  let over = false;

  async function listen(): Promise<void> {
    const opened = await listenOnBus(place, open, {
      data(bytes) {
        listener.bytes?.(bytes.length);
        ear.hear(bytes);
        silence?.stop();
        silence = clock.after(silenceMs, () => ear.silent());
      },
      closed(why) {
        silence?.stop();
        ear.silent();
        listener.turned(why);
        retry = clock.after(retryMs, again);
      },
    });
    if (over) await opened.close();
    else bus = opened;
  }
  function again(): void {
    listen().then(
      () => over || listener.turned(null),
      () => {
        if (!over) retry = clock.after(retryMs, again);
      },
    );
  }
  await listen();
  return {
    async close() {
      over = true;
      silence?.stop();
      retry?.stop();
      await bus?.close();
    },
  };
}

/** Listens on a line for as long as somebody watches. */
export function listenTo(
  { place, profile }: { place: string; profile?: string | { text: string } },
  parts: { open: OpenSerial; clock: Clock },
  changed: (view: () => ListenView) => void,
): FeedSource<ListenView> {
  const line = linePlace(place);
  const { clock } = parts;
  const book = new PollBook();
  let known: Profile | null = null;
  let bytes = 0;
  let trouble: Words | undefined;
  const since = clock.now();
  const view = (): ListenView => ({
    since,
    bytes,
    damaged: book.damaged,
    strange: book.strange,
    more: book.more,
    polls: book.polls.map((poll) => pollView(poll, known)),
    ...(trouble && { trouble }),
  });
  const tell = () => changed(view);
  const turned = (why: Words | null) => {
    trouble = why ?? undefined;
    tell();
  };
  const opening = (async () => {
    known = profile === undefined ? null : await findProfile(profile);
    return overhear(line, parts, {
      heard(one) {
        book.note(one, clock.now());
        tell();
      },
      bytes(count) {
        bytes += count;
        tell();
      },
      turned,
    });
  })();
  opening.catch((error: unknown) => turned(whyOf(error)));
  return {
    snapshot: view(),
    close() {
      opening.then((bus) => bus.close()).catch(() => undefined);
    },
  };
}

/** A question as it is shown, what was answered last by the profile where there is one. */
function pollView(poll: Poll, profile: Profile | null): PollView {
  const { unit, request, asked, answered, refused, lastAt, answer } = poll;
  const registers = answer?.kind === "registers" ? answer.registers : null;
  return {
    unit,
    question: questionOf(request),
    asked,
    answered,
    refused,
    everyMs: everyMs(poll),
    lastAt,
    registers,
    ...(answer?.kind === "exception" && { why: exceptionTrouble(answer.code, new Uint8Array()).words }),
    values: registers && request.kind === "read" ? valuesOf(profile, { ...request, registers }) : [],
  };
}

function questionOf(request: Heard): Question {
  switch (request.kind) {
    case "read":
      return request;
    case "write-coil":
      return { kind: "write", table: "coil", address: request.address, registers: [request.on ? 1 : 0] };
    case "write-register":
      return { kind: "write", table: "holding", address: request.address, registers: [request.value] };
    case "write-registers":
      return { kind: "write", table: "holding", address: request.address, registers: [...request.registers] };
  }
}

/** What registers that were overheard say by a profile. */
export function valuesOf(profile: Profile | null, block: Parameters<typeof decode>[1][number]): ValueView[] {
  return profile ? decode(profile, [block]).map(valueView) : [];
}
