// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CloseCause, LinkState, StationState } from "../../../src/station/model.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation } from "../../ui/testing/stations.ts";
import { Identity } from "./Identity.tsx";

screensForFile();

const clock = (offsetMs: number) => ({ offsetMs, at: 0, frame: 5, stationTime: "x" });
const base = onlineStation();
const link = (more: Partial<LinkState>): Partial<StationState> => ({ link: { ...base.link, ...more } });
const closed = (cause: CloseCause, code: number, reason: string) =>
  link({ state: "offline", since: 7000, closed: { code, reason, cause } });

const stations: [string, Partial<StationState>][] = [
  [
    "all that it can say of itself",
    {
      ocpp: "1.6",
      info: {
        ...{ vendor: "Acme", model: "One", serialNumber: "S1", boxSerialNumber: "B1", firmwareVersion: "1.2" },
        ...{ meterType: "M", meterSerialNumber: "M1", iccid: "I1", imsi: "I2" },
      },
      boot: { at: 2000, frame: 4, reason: "PowerUp", answered: "Accepted", asked: "reset" },
      firmware: { status: "Installed", at: 3000, frame: 6 },
      diagnostics: { status: "Uploaded", at: 4000, frame: 7 },
      frames: { ...base.frames, in: 12_345, out: 6 },
    },
  ],
  ["a boot of its own accord", { boot: { at: 2000, frame: 4, answered: "Pending" } }],
  ["never here", { link: { state: "never" } }],
  ["open", link({ secure: false, securityProfile: 0 })],
  ["secure and compressed", link({ secure: true, securityProfile: 2, compressed: true })],
  ["over a serial line", link({ carrier: "serial", port: "COM3", baudRate: 9600, frame: "8N1", framing: "slip" })],
  [
    "over Modbus at a port",
    link({ carrier: "modbus", port: "COM4", unit: 0, baudRate: 19_200, frame: "8E1", profile: "wall" }),
  ],
  ["over Modbus at a host", link({ carrier: "modbus", port: "10.0.0.7:502", unit: 1, profile: "wall" })],
  [
    "over a console",
    link({ carrier: "console", port: "COM5", baudRate: 115_200, frame: "8N1", profile: "openevse-rapi" }),
  ],
  ["closed by itself", closed("station", 1000, "good bye")],
  ["closed without a word", closed("lost", 1006, "")],
  ["online again, after it was closed", link({ closed: { code: 1000, reason: "old", cause: "station" } })],
  [
    "connected to no address, and compressed in the open",
    link({ remoteAddress: undefined, secure: false, securityProfile: 1, compressed: true }),
  ],
  [
    "what hides in what it says",
    {
      info: { vendor: "A\u202eB", meterSerialNumber: "M\u200b1" },
      boot: { at: 2000, frame: 4, reason: "Power\u202eUp" as never, answered: "Accepted" },
      firmware: { status: "In\u202estalled", at: 1000, frame: 3 },
      diagnostics: { status: "Up\u202eloaded", at: 4000, frame: 7 },
    },
  ],
  ["told before it went", { ...closed("lost", 1006, ""), firmware: { status: "Installing", at: 1000, frame: 3 } }],
  ["a clock that is right", { clock: clock(1499) }],
  ["a clock that is ahead", { clock: clock(1500) }],
  ["a clock that is behind", { clock: clock(-90_000) }],
  ["a clock since which ours was set back", { clock: clock(5000), ownClock: { movedMs: -3000, at: 1, frame: 9 } }],
  ["a clock since which ours was set on", { clock: clock(-5000), ownClock: { movedMs: 3000, at: 1, frame: 9 } }],
];

test("who a station is, how it is connected, and how its clock goes", async () => {
  const told: string[] = [];
  for (const [what, more] of stations) {
    const screen = await show(<Identity state={{ ...base, ...more }} />, {});
    told.push(`# ${what}\n${screen.text()}`);
    cleanup();
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/identity.txt");
});
