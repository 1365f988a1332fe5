import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { english } from "../../../station/phrases.ts";
import type { PortsReport, SerialPortInfo } from "../../../station/serial/ports.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { loadBinding } from "../../../transports/serial/port.ts";
import { listPorts } from "../../../transports/serial/ports/list-ports.ts";
import { linuxPlaces } from "../../../transports/serial/ports/sysfs.ts";
import { readPortText } from "../../../transports/serial/settings.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printRow, printText } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside ports`: the serial ports of this laptop, and what to do about those that cannot be opened. */
export const portsCommand: Subcommand = {
  usage: "ports [--try PORT[,baud=N][,frame=8N1][,flow=none|rtscts|xonxoff]] [--data DIR] [--json]",
  summary:
    "Lists the serial ports: path, likely kind, chip, maker, serial number, who has it. USB adapters that are networks are named too. --try opens one for a moment, leaving DTR and RTS alone; PORT may be tcp://HOST:PORT or rfc2217://HOST:PORT. A core need not run.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { try: { type: "string" }, data: { type: "string" }, json: { type: "boolean" } },
    });
    if (values.try !== undefined) return tryPort(values.try, values.json ?? false);
    const report = await ask(dataFolder(values.data));
    if (values.json) {
      printJson(report.ports);
      for (const network of report.networks) complain(networkLine(network));
    } else {
      for (const port of report.ports) printPort(port);
      for (const network of report.networks) printText(networkLine(network));
    }
    if (report.hint) complain(english(report.hint));
    return exitCodes.ok;
  },
};

/** A core that runs knows which ports are its own. */
async function ask(folder: string): Promise<PortsReport> {
  const core = await reachCore(folder);
  if (core) {
    const report = await core.call("serial.list", {});
    core.close();
    return report;
  }
  const listing = { platform: process.platform, load: loadBinding, places: linuxPlaces, usbNetworks: () => [] };
  return listPorts(listing);
}

/** @throws UsageError, FailureError unavailable */
async function tryPort(given: string, json: boolean): Promise<number> {
  const asked = readPortText(given);
  if ("phrase" in asked) throw new UsageError(english(asked));
  const [unknown] = asked.others.keys();
  if (unknown !== undefined) throw new UsageError(`--try knows no setting ${unknown}: baud, frame, flow.`);
  const port = await createOpener()(asked.path, asked.settings);
  await port.dispose();
  if (json) printJson({ port: asked.path, ok: true });
  else printText(`${asked.path} can be opened.`);
  return exitCodes.ok;
}

function printPort(port: SerialPortInfo): void {
  const { path = "-", kind, chip = "-", maker = "-", serialNumber = "-", vendorId, productId, heldBy, ours } = port;
  const usb = vendorId ? `${vendorId}:${productId}` : "-";
  printRow([path, kind, chip, maker, usb, serialNumber, ours ? "Plugside" : (heldBy ?? "-")]);
  if (port.trouble) printText(`  ${english(port.trouble)}`);
}

function networkLine({ name, driver }: PortsReport["networks"][number]): string {
  return shownText(`${name}: a USB network adapter${driver ? ` (${driver})` : ""}, no serial port: see Connection.`);
}
