import { systemClock } from "../../../lib/clock.ts";
import { isoTime } from "../../../lib/units.ts";
import type { Request } from "../../../modbus/codec/pdu.ts";
import { Eavesdropper, type Overheard } from "../../../modbus/device/listen.ts";
import { listenOnBus } from "../../../services/modbus/open-bus.ts";
import type { ModbusPlace } from "../../../services/modbus/place.ts";
import { english } from "../../../station/phrases.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { complain, printJson, printRow } from "../../output.ts";

const silenceMs = 50;

/** Tells what another master and its devices say to each other, and says nothing itself, until the promise is settled. */
export async function eavesdrop(
  place: Extract<ModbusPlace, { kind: "serial" }>,
  json: boolean,
  until: Promise<void>,
): Promise<void> {
  const heard = new Eavesdropper((one) => print(one, json));
  const silence = { timer: systemClock.after(silenceMs, () => undefined) };
  const gone = Promise.withResolvers<void>();
  const bus = await listenOnBus(place, createOpener(), {
    data(bytes) {
      heard.hear(bytes);
      silence.timer.stop();
      silence.timer = systemClock.after(silenceMs, () => heard.silent());
    },
    closed(why) {
      complain(english(why));
      gone.resolve();
    },
  });
  await Promise.race([until, gone.promise]);
  silence.timer.stop();
  await bus.close();
}

function print(heard: Overheard, json: boolean): void {
  const at = isoTime(systemClock.now());
  const hex = "bytes" in heard ? Buffer.from(heard.bytes).toString("hex") : undefined;
  if (json)
    printJson({
      at,
      ...heard,
      ...(hex !== undefined && { bytes: hex }),
      ...("answer" in heard && { answer: plain(heard.answer) }),
    });
  else if (heard.kind === "damaged") printRow([at, "damaged", "", hex ?? ""]);
  else if (heard.kind === "frame") printRow([at, "frame", `unit ${heard.unit}`, hex ?? ""]);
  else {
    const said = heard.kind === "answer" ? JSON.stringify(plain(heard.answer)) : "";
    printRow([at, heard.kind, `unit ${heard.unit}`, requestText(heard.request), said]);
  }
}

function requestText(request: Request): string {
  const { kind, ...rest } = request;
  return `${kind} ${Object.values(rest).join(" ")}`;
}

function plain(answer: Extract<Overheard, { kind: "answer" }>["answer"]): unknown {
  if (answer.kind === "registers") return answer.registers;
  if (answer.kind === "exception") return { exception: answer.code };
  return answer.kind;
}
