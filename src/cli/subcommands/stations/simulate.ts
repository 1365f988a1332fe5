import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError } from "../../../api/start-options.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { quirkNames, scenarios } from "../../../services/simulator/contract.ts";
import { startVirtualStation } from "../../../simulator/virtual-station.ts";
import type { OcppVersion } from "../../../station/model.ts";
import { exitCodes } from "../../exit.ts";
import { readNumber } from "../../options.ts";
import { complain } from "../../output.ts";
import { readSerialPlace } from "../../serial-options.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";
import { simulateModbus } from "../modbus/simulate.ts";

const versions: readonly OcppVersion[] = ["1.6", "2.0.1", "2.1"];

/** `plugside simulate`: a virtual station on any central system, until SIGINT or SIGTERM. */
export const simulateCommand: Subcommand = {
  usage:
    "simulate --modbus PORT|HOST:PORT --profile NAME|FILE [--unit N] [--status WORD] [--amperes N] [--error WORDS] | --url URL | --serial PORT[,baud=N][,framing=lines|length|slip|cobs] --id ID --ocpp 1.6|2.0.1|2.1 [--scenario day|idle|fault|offline] [--speed N] [--seed N] [--connectors N] [--quirk NAME ...] [--ca FILE] [--password TEXT | --password-file FILE] [--cert FILE --key FILE]",
  summary: `Runs a virtual station against a central system. What it does is told on stderr. With --modbus it is a charger or a meter that speaks Modbus as a profile says; lines on standard input change it: status Charging, amperes 16, error WORDS, error none. With --quirk it misbehaves as real stations were seen to: ${quirkNames.join(", ")}. Others on this machine can see a --password, and not what is in a --password-file.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        modbus: { type: "string" },
        profile: { type: "string" },
        unit: { type: "string" },
        status: { type: "string" },
        amperes: { type: "string" },
        error: { type: "string" },
        url: { type: "string" },
        serial: { type: "string" },
        id: { type: "string" },
        ocpp: { type: "string" },
        scenario: { type: "string" },
        speed: { type: "string" },
        seed: { type: "string" },
        connectors: { type: "string" },
        quirk: { type: "string", multiple: true },
        ca: { type: "string" },
        password: { type: "string" },
        "password-file": { type: "string" },
        cert: { type: "string" },
        key: { type: "string" },
      },
    });
    if (values.modbus !== undefined) return simulateModbus({ ...values, modbus: values.modbus });
    if (values.serial !== undefined && values.url !== undefined)
      throw new UsageError("--url and --serial exclude each other.");
    const serial = values.serial === undefined ? undefined : readSerialPlace(values.serial);
    if (!serial && (!values.url || !/^wss?:\/\//.test(values.url) || !URL.canParse(values.url)))
      throw new UsageError("--url takes ws://HOST:PORT/ or wss://…");
    if (!values.id) throw new UsageError("--id is missing: the station's identity.");
    const ocpp = versions.find((version) => version === values.ocpp);
    if (!ocpp) throw new UsageError("--ocpp takes 1.6, 2.0.1 or 2.1.");
    const scenario = scenarios.find((name) => name === (values.scenario ?? "idle"));
    if (!scenario) throw new UsageError(`--scenario takes ${scenarios.join(", ")}.`);
    const speed = readNumber(values.speed, "--speed", 1);
    if (speed < 0.1 || speed > 1000) throw new UsageError("--speed takes 0.1 to 1000.");
    const seed = readNumber(values.seed, "--seed", 1);
    const connectors = readNumber(values.connectors, "--connectors", 1);
    if (!Number.isInteger(seed)) throw new UsageError("--seed takes a whole number.");
    if (!Number.isInteger(connectors) || connectors < 1 || connectors > 8) {
      throw new UsageError("--connectors takes 1 to 8.");
    }
    const quirks = (values.quirk ?? []).map((word) => {
      const name = quirkNames.find((one) => one === word);
      if (!name) throw new UsageError(`--quirk takes ${quirkNames.join(", ")}.`);
      return name;
    });
    const ca = readText(values.ca, "--ca");
    const password = values.password ?? readText(values["password-file"], "--password-file")?.trimEnd();
    const certificate = readText(values.cert, "--cert");
    const key = readText(values.key, "--key");
    if ((certificate === undefined) !== (key === undefined)) throw new UsageError("--cert and --key belong together.");
    const stop = stopSignal();
    const station = startVirtualStation({
      url: values.url,
      serial,
      identity: values.id,
      ocpp,
      scenario,
      speed,
      seed,
      connectors,
      quirks,
      ca,
      password,
      clientCertificate: certificate === undefined || key === undefined ? undefined : { certificate, key },
      log: (line) => complain(shownText(line)),
    });
    await stop;
    await station.stop();
    return exitCodes.ok;
  },
};

function readText(path: string | undefined, option: string): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
