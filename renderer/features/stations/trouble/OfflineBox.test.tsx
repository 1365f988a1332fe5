// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { LinkState } from "../../../../src/station/model.ts";
import { screensForFile, show } from "../../../ui/testing/screen.tsx";
import { stationAfter } from "../../../ui/testing/stations.ts";
import { OfflineBox } from "./OfflineBox.tsx";

screensForFile();

const away: LinkState = { state: "offline", since: 0, connection: 1, port: "/dev/ttyUSB0" };

test.each(["serial", "console", "modbus"] as const)(
  "pulled out of a %s line, the port is told and not who tried",
  async (carrier) => {
    const link: LinkState = { ...away, carrier, closed: { code: 1006, reason: "", cause: "unplugged" } };
    const screen = await show(<OfflineBox state={{ ...stationAfter([]), link }} events={[]} />, {});
    expect(screen.says().slice(-3)).toEqual([
      "The serial adapter was unplugged",
      "Its line is /dev/ttyUSB0. Values below are the last ones told.",
      `<Whether the port is there, and looked for> #/${carrier === "modbus" ? "modbus" : "serial"}`,
    ]);
  },
);
