import { describe, expect, it } from "vitest";
import {
  type ConnectorState,
  type ConnectorStatus,
  type EvseState,
  type LiveSample,
  newStation,
  type StationState,
  type Transaction,
} from "./model.ts";
import { newTransaction } from "./transactions/ledger.ts";
import {
  connectorCounts,
  connectorError,
  connectorLabel,
  connectorWord,
  isEnergyDoubted,
  livePhases,
  livePower,
  powerNow,
  runningTransactions,
  stationError,
  stationWord,
  takesOcpp,
} from "./views.ts";

function transaction(more: Partial<Transaction> = {}): Transaction {
  return { ...newTransaction("5", 1, 1000, 1), ...more };
}
function evse(more: Partial<EvseState> = {}): EvseState {
  return { evse: 1, connectors: [], live: [], ...more };
}
function live(measurand: string, value: number, more: Partial<LiveSample> = {}): LiveSample {
  return { measurand, unit: "", value, said: String(value), at: 2000, measuredAt: 2000, frame: 2, ...more };
}
function station(more: Partial<StationState> = {}): StationState {
  return { ...newStation("CP-1", 0), link: { state: "online" }, ...more };
}
function withStatuses(...statuses: (ConnectorStatus | undefined)[]): StationState {
  return station({
    evses: statuses.map((status, index) => evse({ evse: index + 1, connectors: [{ connector: 1, status }] })),
  });
}

describe("connectorWord", () => {
  const occupied: ConnectorState = { connector: 1, status: "Occupied", statusAt: 2000 };

  it.each([
    "Available",
    "Preparing",
    "Charging",
    "SuspendedEV",
    "Finishing",
    "Reserved",
    "Unavailable",
    "Faulted",
  ] as const)("says %s as it was said", (status) => {
    expect(connectorWord(station(), evse({ transaction: transaction() }), { connector: 1, status })).toBe(status);
  });

  it.each([
    ["Charging", {}, "Charging"],
    ["SuspendedEV", {}, "SuspendedEV"],
    ["SuspendedEVSE", {}, "SuspendedEVSE"],
    ["EVConnected", { energyWh: 0 }, "Preparing"],
    ["EVConnected", { energyWh: 490 }, "Finishing"],
    ["Idle", {}, "Preparing"],
    ["Idle", { energyWh: 490 }, "Finishing"],
    [undefined, {}, "Occupied"],
  ] as const)("says of Occupied in a transaction that is %s with %j: %s", (chargingState, more, word) => {
    expect(connectorWord(station(), evse({ transaction: transaction({ chargingState, ...more }) }), occupied)).toBe(
      word,
    );
  });

  it("says Preparing of Occupied without a transaction, or when the transaction is on the connector beside", () => {
    expect(connectorWord(station(), evse(), occupied)).toBe("Preparing");
    const beside = transaction({ connector: 2, chargingState: "Charging" });
    expect(connectorWord(station(), evse({ transaction: beside }), occupied)).toBe("Preparing");
  });

  it("says Finishing while the car of the last transaction is still there, Preparing for the next one", () => {
    expect(
      connectorWord(station(), evse({ transaction: transaction({ state: "ended", endedAt: 3000 }) }), occupied),
    ).toBe("Finishing");
    expect(
      connectorWord(station(), evse({ transaction: transaction({ state: "ended", endedAt: 1500 }) }), occupied),
    ).toBe("Preparing");
    // In the moment of the end it is still there; so it is where nobody told since when.
    const ended = (endedAt?: number) => evse({ transaction: transaction({ state: "ended", endedAt }) });
    expect(connectorWord(station(), ended(2000), occupied)).toBe("Finishing");
    expect(connectorWord(station(), ended(1999), occupied)).toBe("Preparing");
    expect(connectorWord(station(), ended(1000), { connector: 1, status: "Occupied" })).toBe("Finishing");
    const owed = evse({ transaction: transaction({ state: "not-ended" }) });
    expect(connectorWord(station(), owed, occupied)).toBe("Preparing");
  });

  it("says what the transaction tells where no status came, else Unknown", () => {
    const charging = evse({ transaction: transaction({ chargingState: "Charging" }) });
    expect(connectorWord(station(), charging, { connector: 1 })).toBe("Charging");
    expect(connectorWord(station(), evse({ transaction: transaction() }), { connector: 1 })).toBe("Unknown");
    expect(
      connectorWord(station(), evse({ transaction: transaction({ state: "ended", endedAt: 3000 }) }), { connector: 1 }),
    ).toBe("Unknown");
    expect(connectorWord(station(), evse(), { connector: 1 })).toBe("Unknown");
  });
});

it("each word of a connector is a word of the station, and is counted, the most telling first", () => {
  const words = [
    ...["Faulted", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing", "Preparing", "Reserved"],
    ...["Unavailable", "Available"],
  ] as ConnectorStatus[];
  for (const word of words) expect(stationWord(withStatuses(word))).toBe(word);
  const all = withStatuses(...words.toReversed(), undefined, "Available");
  expect(connectorCounts(all)).toEqual([...words.map((word) => [word, word === "Available" ? 2 : 1]), ["Unknown", 1]]);
  for (const [at, word] of words.entries())
    expect(stationWord(withStatuses(...words.slice(at).toReversed()))).toBe(word);
});

it("what was said before the station restarted is not known any more", () => {
  const boot = { at: 5000, frame: 9, answered: "Accepted" } as const;
  const said = { connector: 1, status: "Charging", frame: 8 } as const;
  expect(connectorWord({ boot }, evse(), said)).toBe("Unknown");
  expect(connectorWord({ boot }, evse(), { ...said, frame: 9 })).toBe("Charging");
  expect(stationWord({ ...station({ boot }), station: { connector: 0, status: "Faulted", frame: 8 } })).toBe("Unknown");
  expect(stationWord({ ...station({ boot }), station: { connector: 0, status: "Faulted", frame: 9 } })).toBe("Faulted");
});

describe("stationWord", () => {
  it.each([
    [["Available", "Faulted", "Charging"], "Faulted"],
    [["Available", "Charging", "Preparing"], "Charging"],
    [["SuspendedEVSE", "SuspendedEV"], "SuspendedEV"],
    [["Preparing", "Finishing"], "Finishing"],
    [["Available", "Preparing"], "Preparing"],
    [["Available", "Unavailable", "Reserved"], "Reserved"],
    [["Available", "Unavailable"], "Unavailable"],
    [["Available", undefined], "Available"],
    [[], "Unknown"],
  ] as const)("of %j is %s", (statuses, word) => {
    expect(stationWord(withStatuses(...statuses))).toBe(word);
  });

  it("counts the station's own status", () => {
    const state = { ...withStatuses("Charging"), station: { connector: 0, status: "Faulted" } as const };
    expect(stationWord(state)).toBe("Faulted");
  });

  it("is Offline or Never when there is no link, whatever was said before", () => {
    expect(stationWord({ ...withStatuses("Charging"), link: { state: "offline" } })).toBe("Offline");
    expect(stationWord({ ...withStatuses("Charging"), link: { state: "never" } })).toBe("Never");
  });
});

describe("stationError", () => {
  const problem = { component: "Connector", variable: "Problem", code: "E101", since: 1000, frame: 5 };

  it("is of the connector that is Faulted, before one that only names an error", () => {
    const warned = { connector: 1, status: "Charging", errorCode: "HighTemperature" } as const;
    const faulted = { connector: 1, status: "Faulted", errorCode: "GroundFailure" } as const;
    const state = station({ evses: [evse({ connectors: [warned] }), evse({ evse: 2, connectors: [faulted] })] });
    expect(stationError(state)?.code).toBe("GroundFailure");
    expect(stationError(station({ evses: [evse({ connectors: [warned] })] }))?.code).toBe("HighTemperature");
    expect(stationError(withStatuses("Available"))).toBeUndefined();
  });

  it("is of the station as a whole where that is Faulted, or where no connector has any", () => {
    const whole = (status: ConnectorStatus) => ({ connector: 0, status, errorCode: "InternalError" }) as const;
    const warned = { connector: 1, status: "Charging", errorCode: "HighTemperature" } as const;
    const of = (status: ConnectorStatus, ...connectors: ConnectorState[]) =>
      stationError(station({ station: whole(status), evses: [evse({ connectors })] }))?.code;
    expect([of("Faulted"), of("Available")]).toEqual(["InternalError", "InternalError"]);
    expect([of("Faulted", warned), of("Available", warned)]).toEqual(["InternalError", "HighTemperature"]);
  });

  it("is in 2.x the problem that an event told of: its word, the maker's code, and what else it says", () => {
    const connector = { connector: 1, status: "Faulted" as const, frame: 7 };
    const error = (info?: string) => connectorError(station(), { ...connector, problems: [{ ...problem, info }] });
    expect(error("ConnectorLockFailure: the lock did not move")).toEqual({
      code: "ConnectorLockFailure",
      vendorErrorCode: "E101",
      info: "the lock did not move",
      frame: 5,
    });
    expect(error("the lock did not move")).toEqual({ code: "E101", info: "the lock did not move", frame: 5 });
    expect(error()).toEqual({ code: "E101", info: undefined, frame: 5 });
    // A word alone says nothing more; what begins with a small letter, or goes on, is none.
    expect(error("GroundFailure")).toEqual({
      code: "GroundFailure",
      vendorErrorCode: "E101",
      info: undefined,
      frame: 5,
    });
    expect(error("GroundFailure:  ")).toMatchObject({ code: "GroundFailure", info: undefined });
    expect([error("groundFailure: x"), error("Ground failure: x")].map((one) => [one?.code, one?.info])).toEqual([
      ["E101", "groundFailure: x"],
      ["E101", "Ground failure: x"],
    ]);
    const uncoded = { ...problem, code: undefined, info: "jammed" };
    expect(connectorError(station(), { ...connector, problems: [uncoded] })).toEqual({
      ...{ code: `${problem.component} ${problem.variable}`, info: "jammed", frame: 5 },
    });
  });

  it("is without a code where the station names none, and nothing from before a restart", () => {
    const connector = { connector: 1, status: "Faulted" as const, frame: 7, problems: [problem] };
    const booted = station({ boot: { at: 1, frame: 6, answered: "Accepted" } });
    expect(connectorError(booted, connector)).toEqual({ frame: 7 });
    expect(connectorError(station({ boot: { at: 1, frame: 9, answered: "Accepted" } }), connector)).toBeUndefined();
  });
});

it("connectorCounts counts connectors by state, the most telling first", () => {
  expect(connectorCounts(withStatuses("Available", "Faulted", "Available"))).toEqual([
    ["Faulted", 1],
    ["Available", 2],
  ]);
});

describe("livePower", () => {
  const phases = [1, 2, 3].map((n) => live("Power.Active.Import", n * 1000, { phase: `L${n}` }));

  it("is the total, else the sum of the phases, else volts times amperes, else not known", () => {
    expect(livePower(evse({ live: [live("Power.Active.Import", 7000), ...phases] }))).toBe(7000);
    expect(livePower(evse({ live: phases }))).toBe(6000);
    const products = [
      live("Voltage", 230, { phase: "L1-N" }),
      live("Current.Import", 10, { phase: "L1" }),
      live("Voltage", 231, { phase: "L2-N" }),
      live("Current.Import", 20, { phase: "L2" }),
      live("Voltage", 232, { phase: "L3-N" }),
    ];
    expect(livePower(evse({ live: products }))).toBe(230 * 10 + 231 * 20);
    expect(livePower(evse({ live: [live("Voltage", 230), live("Current.Import", 16)] }))).toBe(3680);
    expect(livePower(evse({ live: [live("Current.Import", 16)] }))).toBeUndefined();
  });

  it("is the sum of the phases when the total is older than they", () => {
    expect(livePower(evse({ live: [live("Power.Active.Import", 7000, { measuredAt: 1000 }), ...phases] }))).toBe(6000);
  });

  it("is of the outlet", () => {
    expect(livePower(evse({ live: [live("Power.Active.Import", 7000, { location: "Inlet" })] }))).toBeUndefined();
  });

  it("is not known after the end of the transaction, until the station tells again", () => {
    const over = transaction({ state: "ended", endedAt: 2000 });
    const told = (more: Partial<LiveSample>) =>
      livePower(evse({ transaction: over, live: [live("Power.Active.Import", 50, more)] }));
    expect([
      told({ measuredAt: 2000 }),
      told({ measuredAt: 2100, context: "Transaction.End" }),
      told({ measuredAt: 2100 }),
    ]).toEqual([undefined, undefined, 50]);
  });
});

describe("livePhases", () => {
  it("has a row for each phase of which something is told", () => {
    const values = [
      live("Voltage", 230, { phase: "L1-N" }),
      live("Current.Import", 16, { phase: "L1" }),
      live("Power.Active.Import", 3680, { phase: "L1" }),
      live("Current.Import", 0, { phase: "L3" }),
      live("Voltage", 400, { phase: "L1-L2" }),
    ];
    expect(livePhases(evse({ live: values }))).toEqual([
      { phase: "L1", voltage: 230, current: 16, power: 3680 },
      { phase: "L3", current: 0 },
    ]);
  });

  it("has one row without a phase where the station does not say which", () => {
    expect(livePhases(evse({ live: [live("Voltage", 230), live("Current.Import", 16)] }))).toEqual([
      { voltage: 230, current: 16 },
    ]);
    expect(livePhases(evse())).toEqual([]);
  });
});

describe("runningTransactions", () => {
  it("are those that run", () => {
    const running = transaction({ id: "6", evse: 2 });
    const state = station({ transactions: [transaction({ state: "not-ended" }), running] });
    expect(runningTransactions(state)).toEqual([running]);
  });
});

describe("connectorLabel", () => {
  const single = withStatuses("Available", "Available");
  const double = station({ evses: [evse({ connectors: [{ connector: 1 }, { connector: 2 }] }), evse({ evse: 2 })] });

  it.each([
    [single, 0, 0, { kind: "station" }],
    [single, 2, 1, { kind: "connector", connector: 2 }],
    [single, 2, undefined, { kind: "connector", connector: 2 }],
    [double, 1, 2, { kind: "evse-connector", evse: 1, connector: 2 }],
    [double, 2, undefined, { kind: "evse", evse: 2 }],
  ] as const)("names places", (state, number, connector, label) => {
    expect(connectorLabel(state, number, connector)).toEqual(label);
  });
});

it("isEnergyDoubted by a finding of this session at this EVSE alone", () => {
  const found = (where: string, lastAt: number) => ({
    findings: [{ rule: "unit-doubt", where, said: "", count: 1, firstAt: 0, lastAt }] as StationState["findings"],
  });
  const at = evse({ transaction: transaction() });
  expect(isEnergyDoubted(found("Energy.Active.Import.Register, EVSE 1", 2000), at)).toBe(true);
  expect(isEnergyDoubted(found("Energy.Active.Import.Register, EVSE 2", 2000), at)).toBe(false);
  expect(isEnergyDoubted(found("Energy.Active.Import.Register, EVSE 1", 500), at)).toBe(false);
  expect(isEnergyDoubted(found("Energy.Active.Import.Register, EVSE 1", 2000), evse())).toBe(false);
});

describe("powerNow", () => {
  const power = (value: number, frame = 5) => live("Power.Active.Import", value, { unit: "W", frame });
  const charging = (value: number, more: Partial<EvseState> = {}) =>
    evse({ live: [power(value)], transaction: transaction(), ...more });

  it("is the sum of the sessions that run and tell it", () => {
    expect(powerNow(station({ evses: [charging(7000), charging(4000, { evse: 2 })] }))).toBe(11_000);
    expect(powerNow(station({ evses: [charging(7000), evse({ evse: 2, live: [power(400)] })] }))).toBe(7000);
  });

  it("is not known of a station that is away, that restarted since, or that tells none", () => {
    expect(powerNow(station({ evses: [charging(7000)], link: { state: "offline" } }))).toBeNull();
    const boot = { at: 1, frame: 9, answered: "Accepted" } as const;
    expect(powerNow(station({ evses: [charging(7000)], boot }))).toBeNull();
    expect(powerNow(station({ evses: [evse({ transaction: transaction() })] }))).toBeNull();
  });
});

it("a device that is read over Modbus or a console takes no OCPP; a line that carries it, and one that is not known, may", () => {
  const state = "online" as const;
  expect([{ state }, { state, carrier: "serial" as const }].every(takesOcpp)).toBe(true);
  expect(["modbus" as const, "console" as const].some((carrier) => takesOcpp({ state, carrier }))).toBe(false);
});
