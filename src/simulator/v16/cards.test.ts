import { afterEach, beforeEach, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { type Central, createCentral } from "../testing/central.ts";
import { profile, schedule } from "../testing/profiles16.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
beforeEach(async () => {
  central = await createCentral("1.6");
});
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const change = (key: string, value: string | number): Step => ["ChangeConfiguration", { key, value: String(value) }];
const register = change("MeterValuesSampledData", "Energy.Active.Import.Register");
const quiet = [register, change("StopTxnSampledData", ""), change("MeterValueSampleInterval", 0)];
const remote = (idTag: string, connectorId?: number): Step => ["RemoteStartTransaction", { idTag, connectorId }];
const reserve = (reservationId: number, connectorId: number, idTag: string, more: object = {}): Step => [
  "ReserveNow",
  { reservationId, connectorId, idTag, expiryDate: "2026-06-01T09:00:00Z", ...more },
];
const available = (connectorId: number, type: "Operative" | "Inoperative"): Step => [
  "ChangeAvailability",
  { connectorId, type },
];
/** What the central system knows of cards. */
const cards: Record<string, JsonObject> = {
  PARENT1: { status: "Accepted", parentIdTag: "G" },
  PARENT2: { status: "Accepted", parentIdTag: "G" },
  OTHER: { status: "Accepted", parentIdTag: "H" },
  BAD: { status: "Blocked", parentIdTag: "G" },
};
const known = (idTag: unknown) => ({ idTagInfo: cards[String(idTag)] ?? { status: "Accepted" } });

it("whose card starts and stops what, in service and reserved", async () => {
  central.replies.Authorize = ({ idTag }) => known(idTag);
  const steps: Step[] = [
    ...quiet,
    ["tap", 1, "X".repeat(21)],
    ["tap", 1, "BAD"],
    ["plug", 1],
    ["tap", 1, "PARENT1"],
    ["seconds", 2],
    ["tap", 1, "OTHER"],
    ["tap", 1, "BAD"],
    ["tap", 1, "PARENT2"],
    ["tap", 1, "parent1"],
    ["tap", 1, "PARENT1"],
    ["unplug", 1],
    reserve(1, 1, "PARENT1", { parentIdTag: "G" }),
    reserve(2, 1, "OTHER"),
    reserve(1, 2, "PARENT1", { parentIdTag: "G" }),
    reserve(3, 2, "X", { expiryDate: "2026-06-01T08:00:02Z" }),
    reserve(4, 9, "X"),
    ["tap", 2, "OTHER"],
    remote("OTHER", 2),
    ["tap", 2, "PARENT2"],
    ["seconds", 59],
    ["tap", 2, "PARENT2"],
    ["tap", 2, "PARENT2"],
    ["plug", 2],
    ["seconds", 2],
    reserve(5, 2, "X"),
    available(2, "Inoperative"),
    available(0, "Inoperative"),
    ["unplug", 2],
    reserve(5, 1, "X"),
    remote("X", 1),
    ["tap", 1, "X"],
    available(0, "Operative"),
    available(2, "Inoperative"),
    ["tap", 2, "X"],
    available(2, "Operative"),
    ["fault", 1, "OtherError"],
    ["fault", 1, "OtherError"],
    reserve(5, 1, "X"),
    remote("X", 1),
    remote("X"),
    ["fault", 2, "weaksignal"],
    remote("X"),
    ["clear-fault", 1],
    ["plug", 1],
    ["tap", 1, "X"],
    ["fault", 1, "HighTemperature"],
    ["unplug", 1],
    ["clear-fault", 1],
    ["clear-fault", 2],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/cards.txt");
});

it("what it knows of cards by itself: its list, its cache, and what it does without a link", async () => {
  central.replies.Authorize = ({ idTag }) => known(idTag);
  const list = [
    { idTag: "LISTED", idTagInfo: { status: "Accepted" } },
    { idTag: "SOON", idTagInfo: { status: "Accepted", expiryDate: "2026-06-01T08:00:10Z" } },
    { idTag: "LATE", idTagInfo: { status: "Accepted", expiryDate: "2026-06-01T07:00:00Z" } },
    { idTag: "LOST", idTagInfo: { status: "Blocked" } },
  ];
  const session = (idTag: string): Step[] => [
    ["plug", 1],
    ["tap", 1, idTag],
    ["unplug", 1],
  ];
  const steps: Step[] = [
    ...quiet,
    ["SendLocalList", { listVersion: 1, updateType: "Full", localAuthorizationList: list }],
    change("LocalPreAuthorize", "true"),
    ...["LISTED", "SOON", "LATE", "LOST", "NEW", "NEW"].flatMap(session),
    change("LocalPreAuthorize", "false"),
    ["drop-link", 1],
    ["drop-link", 1],
    ...["listed", "NEW", "LATE", "LOST", "STRANGE"].flatMap(session),
    ["seconds", 10],
    ...session("SOON"),
    ["restore-link", 1],
    change("LocalAuthorizeOffline", "false"),
    change("AllowOfflineTxForUnknownId", "true"),
    ["drop-link", 1],
    ...["LOST", "STRANGE"].flatMap(session),
    ["restore-link", 1],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/offline.txt");
});

it("a start from afar: authorised first, with the time to plug in, and while something is in the way", async () => {
  central.replies.Authorize = ({ idTag }) => known(idTag);
  central.replies.StartTransaction = ({ idTag }) => ({ ...known(idTag), transactionId: 7 });
  const steps: Step[] = [
    ...quiet,
    change("AuthorizeRemoteTxRequests", "true"),
    change("ConnectionTimeOut", 5),
    remote("BAD", 1),
    remote("OTHER", 1),
    remote("OTHER", 1),
    ["seconds", 4],
    ["plug", 1],
    ["seconds", 2],
    remote("OTHER", 1),
    remote("OTHER"),
    ["seconds", 5],
    ["plug", 2],
    ["RemoteStopTransaction", { transactionId: 7 }],
    ["unplug", 1],
    ["plug", 1],
    change("StopTransactionOnInvalidId", "false"),
    change("AuthorizeRemoteTxRequests", "false"),
    remote("BAD", 1),
    ["seconds", 3],
    change("StopTransactionOnEVSideDisconnect", "false"),
    ["unplug", 1],
    ["seconds", 2],
    ["plug", 1],
    ["RemoteStopTransaction", { transactionId: 7 }],
    change("StopTransactionOnInvalidId", "true"),
    remote("BAD", 1),
    ["seconds", 1],
    [
      "RemoteStartTransaction",
      {
        idTag: "OTHER",
        connectorId: 2,
        chargingProfile: profile({
          chargingProfilePurpose: "TxProfile",
          chargingSchedule: schedule({ chargingSchedulePeriod: [{ startPeriod: 0, limit: 5 }] }),
        }),
      },
    ],
    ["seconds", 2],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/remote-cards.txt");
});

it("restarts: what ends, what is kept, how long it is away, and what it tells when it is back", async () => {
  const steps: Step[] = [
    ...quiet,
    change("PlugsideMaxCurrent", 10),
    change("ClockAlignedDataInterval", 4),
    ["plug", 1],
    ["tap", 1, "A"],
    ["tap", 2, "B"],
    ["seconds", 3],
    available(0, "Inoperative"),
    ["Reset", { type: "Hard" }],
    ["unlinked", 1],
    ["tap", 1, "A"],
    ["plug", 2],
    ["seconds", 7],
    ["linked", 1],
    ["GetConfiguration", { key: ["PlugsideMaxCurrent"] }],
    available(0, "Operative"),
    ["seconds", 4],
    ["unplug", 1],
    change("ClockAlignedDataInterval", 0),
    ["Reset", { type: "Soft" }],
    ["Reset", { type: "Hard" }],
    ["unlinked", 1],
    ["linked", 8],
    ["seconds", 1],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/restarts.txt");
});
