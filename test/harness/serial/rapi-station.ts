import { opened, sealed } from "../../../src/consoles/check.ts";
import type { OpenPort, OpenSerial } from "../../../src/transports/serial/port.ts";
import { usualSettings } from "../../../src/transports/serial/settings.ts";

/** What a virtual OpenEVSE measures, in RAPI's own units: a state, mA, mV, Wh in all. */
export type RapiValues = { state: number; milliamperes: number; millivolts: number; wattHours: number };

/** A virtual OpenEVSE on a serial port: it answers RAPI (rapi_proc.h) as the firmware does. */
export type RapiStation = {
  values: RapiValues;
  /** Answers so, whatever is asked. */
  answerWith: ((line: string, answer: string) => string) | null;
  /** What it was asked. */
  asked: string[];
  /** Changes its state, and says so unasked, as the firmware does. */
  become(values: Partial<RapiValues>): Promise<void>;
  say(text: string): Promise<void>;
  close(): Promise<void>;
};

/** Opens one at the end of a wire. */
export async function rapiStation(open: OpenSerial, path: string): Promise<RapiStation> {
  const port: OpenPort = await open(path, usualSettings);
  let line = "";
  const station: RapiStation = {
    values: { state: 1, milliamperes: 0, millivolts: 231_000, wattHours: 120_000 },
    answerWith: null,
    asked: [],
    async become(values) {
      Object.assign(station.values, values);
      await station.say(`${sealed(`$ST ${hex(station.values.state)}`, "xor")}\r`);
    },
    say: (text) => port.write(Buffer.from(text)),
    close: async () => port.dispose(),
  };
  port.listen({
    data(bytes) {
      line += Buffer.from(bytes).toString("latin1");
      for (let end = line.indexOf("\r"); end >= 0; end = line.indexOf("\r")) {
        const asked = line.slice(0, end);
        line = line.slice(end + 1);
        station.asked.push(asked);
        const answer = `${sealed(answerTo(asked, station.values), "xor")}\r`;
        void station.say(station.answerWith?.(asked, answer) ?? answer).catch(() => undefined);
      }
    },
    closed: () => undefined,
  });
  return station;
}

function answerTo(asked: string, { state, milliamperes, millivolts, wattHours }: RapiValues): string {
  switch (opened(asked, "xor")) {
    case "$GV":
      return "$OK 8.2.1 5.2.1";
    case "$GS":
      return `$OK ${hex(state)} 0 ${hex(state)} 0040`;
    case "$GG":
      return `$OK ${milliamperes} ${millivolts}`;
    case "$GU":
      return `$OK 0 ${wattHours}`;
    default:
      return "$NK";
  }
}

function hex(state: number): string {
  return state.toString(16).padStart(2, "0").toUpperCase();
}
