import { afterEach, describe, expect, it } from "vitest";
import { FailureError } from "../lib/contract.ts";
import { silentLogger } from "../lib/logger.ts";
import type { VirtualStation } from "../services/simulator/contract.ts";
import { createFleet, type Fleet, type FleetStart } from "./fleet.ts";
import { simulatorHandlers } from "./handlers.ts";
import { type Central, createCentral } from "./testing/central.ts";

let central: Central;
let fleet: Fleet;
afterEach(async () => {
  await fleet.dispose();
  await central.close();
});

const input: FleetStart = {
  identity: "SIM-1",
  ocpp: "1.6",
  scenario: "idle",
  speed: 1,
  seed: 1,
  connectors: 1,
  quirks: [],
};

async function create(): Promise<void> {
  central = await createCentral("1.6");
  fleet = createFleet({ url: () => central.url, clock: central.clock, log: silentLogger });
}

function failure(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    return error instanceof FailureError ? `${error.code}: ${error.message}` : String(error);
  }
  return "nothing thrown";
}

describe("a fleet", () => {
  it("starts a station that links, acts on it, and tells of every change", async () => {
    await create();
    let changes = 0;
    fleet.onChange(() => {
      changes += 1;
    });
    const started = fleet.start(input);
    expect(started).toMatchObject({ identity: "SIM-1", linked: false, dropped: false, queued: 0 });
    await central.linked();
    expect(fleet.list()).toMatchObject([{ identity: "SIM-1", linked: true }]);
    const before = changes;
    expect(fleet.act("SIM-1", "plug", 1).connectors).toMatchObject([{ evse: 1, connector: 1, plugged: true }]);
    expect(changes).toBeGreaterThan(before);
  });

  it("names what is wrong by its code", async () => {
    await create();
    fleet.start(input);
    expect(failure(() => fleet.start(input))).toBe(
      "conflict: A virtual station SIM-1 is running already; stop it first.",
    );
    expect(failure(() => fleet.act("SIM-2", "plug", 1))).toBe("not-found: There is no virtual station SIM-2.");
    expect(failure(() => fleet.act("SIM-1", "unplug", 1))).toBe("conflict: EVSE 1 has nothing plugged in.");
    await expect(fleet.stop("SIM-2")).rejects.toThrow("There is no virtual station SIM-2.");
  });

  it("forgets a stopped station, whose name is then free, and closes its socket", async () => {
    await create();
    fleet.start(input);
    await central.linked();
    await fleet.stop("SIM-1");
    await central.unlinked();
    expect(fleet.list()).toEqual([]);
    expect(fleet.start(input).identity).toBe("SIM-1");
  });
});

describe("a virtual station's password", () => {
  it("goes out as Basic authentication, and is changed by AuthorizationKey with a new connection", async () => {
    await create();
    central.start({ identity: "A:B", password: "0123456789abcdef" });
    await central.linked();
    const change = { key: "AuthorizationKey", value: "fedcba9876543210" };
    expect(await central.call("ChangeConfiguration", change)).toEqual({ status: "Accepted" });
    central.clock.advance(500);
    while (central.authorizations.length < 2) await central.linked();
    const basic = (password: string) => `Basic ${Buffer.from(`A:B:${password}`).toString("base64")}`;
    expect(central.authorizations).toEqual([basic("0123456789abcdef"), basic("fedcba9876543210")]);
  });
});

describe("the calls of virtual stations", () => {
  it("start, act, misbehave and stop, and tell every change", async () => {
    await create();
    const handlers = simulatorHandlers(fleet);
    const pushed: VirtualStation[][] = [];
    const feed = handlers["simulator.list"](
      undefined as never,
      (change) => void pushed.push(typeof change === "function" ? change() : change),
    );
    expect(feed).toMatchObject({ snapshot: [] });
    const given = { ...input, scenario: "offline" as const, seed: 3, connectors: 2, quirks: ["no-stop" as const] };
    expect(await handlers["simulator.start"](given)).toEqual({
      ...{ identity: "SIM-1", ocpp: "1.6", scenario: "offline", speed: 1, linked: false, dropped: false, queued: 0 },
      quirks: ["no-stop"],
      connectors: [1, 2].map((evse) => ({
        ...{ evse, connector: 1, plugged: false, charging: false, power: 0, energy: expect.any(Number) },
      })),
    });
    await central.linked();
    const acted = await handlers["simulator.act"]({ identity: "SIM-1", action: "fault", evse: 2, value: "OtherError" });
    expect(acted.connectors[1]).toMatchObject({ fault: "OtherError" });
    const quirks = ["late-values" as const, "boot-loop" as const];
    expect((await handlers["simulator.misbehave"]({ identity: "SIM-1", quirks })).quirks).toEqual(quirks);
    expect(pushed.at(-1)).toMatchObject([{ identity: "SIM-1", quirks, linked: true }]);
    const before = pushed.length;
    expect(await handlers["simulator.stop"]({ identity: "SIM-1" })).toBeNull();
    expect([pushed.length, pushed.at(-1)]).toEqual([before + 1, []]);
    feed.close();
    await handlers["simulator.start"](given);
    expect(pushed.length).toBe(before + 1);
    expect(failure(() => fleet.misbehave("SIM-2", []))).toBe("not-found: There is no virtual station SIM-2.");
  });

  it("are said in the log under the name of the station, in the order that they were started", async () => {
    const lines: string[] = [];
    central = await createCentral("1.6");
    fleet = createFleet({
      ...{ url: () => central.url, clock: central.clock },
      log: { ...silentLogger, info: (line) => void lines.push(line) },
    });
    fleet.start({ ...input, identity: "Z" });
    await central.linked();
    fleet.start({ ...input, identity: "A" });
    expect([lines[0], fleet.list().map(({ identity }) => identity)]).toEqual(["Z: link up", ["Z", "A"]]);
  });
});
