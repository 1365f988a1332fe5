import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const seconds = (count: number): Step => ["seconds", count];
const getLog = (requestId: number, remoteLocation = "nowhere"): Step => [
  "GetLog",
  { logType: "DiagnosticsLog", requestId, log: { remoteLocation } },
];
const trigger = (requestedMessage: string): Step => ["TriggerMessage", { requestedMessage }];
const extended = (requestedMessage: string): Step => ["ExtendedTriggerMessage", { requestedMessage }];

it("firmware and logs in 1.6: what is told as they go on, are planned, tried again, fail and are called off", async () => {
  central = await createCentral("1.6");
  const firmware = (retrieveDate: string, more: object = {}): Step => [
    "UpdateFirmware",
    { location: "ftp://x/", retrieveDate, ...more },
  ];
  const steps: Step[] = [
    firmware("2026-06-01T08:00:02Z", { retries: 1, retryInterval: 3 }),
    trigger("FirmwareStatusNotification"),
    seconds(2),
    trigger("FirmwareStatusNotification"),
    extended("FirmwareStatusNotification"),
    seconds(5),
    trigger("FirmwareStatusNotification"),
    seconds(3),
    seconds(5),
    seconds(60),
    firmware("2026-06-01T08:00:00Z"),
    seconds(1),
    firmware("2026-06-01T08:00:00Z", { retries: 1 }),
    seconds(5),
    seconds(29),
    seconds(1),
    [
      "SignedUpdateFirmware",
      {
        requestId: 7,
        firmware: {
          location: "ftp://x/",
          retrieveDateTime: "2026-06-01T08:01:55Z",
          signingCertificate: "x",
          signature: "y",
        },
      },
    ],
    trigger("FirmwareStatusNotification"),
    extended("FirmwareStatusNotification"),
    seconds(5),
    ["GetDiagnostics", { location: "nowhere" }],
    seconds(1),
    trigger("DiagnosticsStatusNotification"),
    getLog(8),
    getLog(9),
    extended("LogStatusNotification"),
    seconds(1),
    extended("LogStatusNotification"),
    ["GetDiagnostics", { location: "nowhere" }],
    ["GetDiagnostics", { location: "gopher://x/" }],
    seconds(1),
  ];
  await expect(await played(central, steps, { identity: "CP/1" })).toMatchFileSnapshot("told/jobs-1.6.txt");
});

it("firmware and logs in 2.0.1", async () => {
  central = await createCentral("2.0.1");
  const firmware = (requestId: number, retrieveDateTime: string, more: object = {}): Step => [
    "UpdateFirmware",
    { requestId, firmware: { location: "ftp://x/", retrieveDateTime }, ...more },
  ];
  const steps: Step[] = [
    firmware(1, "2026-06-01T08:00:02Z", { retries: 1, retryInterval: 3 }),
    trigger("FirmwareStatusNotification"),
    seconds(2),
    trigger("FirmwareStatusNotification"),
    seconds(5),
    trigger("FirmwareStatusNotification"),
    seconds(3),
    firmware(2, "2026-06-01T08:00:00Z"),
    seconds(40),
    getLog(8),
    getLog(9),
    trigger("LogStatusNotification"),
    seconds(1),
    trigger("LogStatusNotification"),
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/jobs-2.0.1.txt");
});

it.each([
  ["log-silent", ["Uploading by nobody"]],
  ["log-never-comes", ["Uploading", "Uploaded"]],
  ["log-after-uploaded", ["Uploading", "Uploaded"]],
  ["log-wrong-protocol", ["Uploading", "UploadFailure"]],
] as const)("a station with the quirk %s tells of its upload: %j", async (quirk, told) => {
  central = await createCentral("2.0.1");
  const log: string[] = [];
  central.start({ quirks: [quirk], log: (line) => log.push(line) });
  await central.linked();
  await central.call("GetLog", {
    logType: "DiagnosticsLog",
    requestId: 1,
    log: { remoteLocation: "http://127.0.0.1:1/x" },
  });
  const tried = () => log.filter((line) => line.startsWith("upload failed"));
  central.clock.advance(499);
  await central.settle();
  expect(central.of("LogStatusNotification")).toEqual([]);
  central.clock.advance(1);
  while (quirk !== "log-never-comes" && quirk !== "log-after-uploaded" && tried().length === 0) await central.settle();
  await central.settle();
  expect(central.of("LogStatusNotification").map(({ status }) => status)).toEqual(quirk === "log-silent" ? [] : told);
  if (quirk === "log-never-comes") return expect(tried()).toEqual([]);
  if (quirk === "log-after-uploaded") {
    central.clock.advance(1999);
    await central.settle();
    expect(tried()).toEqual([]);
    central.clock.advance(1);
    while (tried().length === 0) await central.settle();
    // It is under way until it has come or failed.
    const again = await central.call("GetLog", {
      logType: "DiagnosticsLog",
      requestId: 2,
      log: { remoteLocation: "x" },
    });
    expect(again).toMatchObject({ status: "Accepted" });
  }
  const why = quirk === "log-wrong-protocol" ? "upload failed: Error: no gopher:" : /^upload failed: .*ECONNREFUSED/;
  expect(tried()).toEqual([typeof why === "string" ? why : expect.stringMatching(why)]);
});

it("an upload that was called off and ends late takes nothing from the one in its place, which can be called off itself", async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume();
    arrived.resolve(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  central = await createCentral("2.0.1");
  const log: string[] = [];
  central.start({ log: (line) => log.push(line) });
  await central.linked();
  const ask = (requestId: number) =>
    central.call("GetLog", {
      ...{ logType: "DiagnosticsLog", requestId },
      log: { remoteLocation: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x` },
    });
  const statuses = [await ask(1)];
  central.clock.advance(500);
  const response = await arrived.promise;
  statuses.push(await ask(2));
  response.writeHead(500, { connection: "close" }).end();
  while (!log.includes("upload failed: Error: HTTP 500")) await central.settle();
  statuses.push(await ask(3));
  await central.settle();
  expect(statuses.map((one) => typeof one !== "string" && one.status)).toEqual([
    "Accepted",
    "AcceptedCanceled",
    "AcceptedCanceled",
  ]);
  expect(central.of("LogStatusNotification").map(({ status, requestId }) => [requestId, status])).toEqual([
    [1, "Uploading"],
    [1, "AcceptedCanceled"],
    [2, "AcceptedCanceled"],
  ]);
});
