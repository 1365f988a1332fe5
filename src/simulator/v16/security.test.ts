import { afterEach, beforeEach, expect, it } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";

let central: Central;
beforeEach(async () => {
  central = await createCentral("1.6");
});
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

/** Changes one key after the other; what is answered, and what the station says of it. */
async function changes(options: Parameters<Central["start"]>[0], asked: readonly [string, string][]) {
  const log: string[] = [];
  central.start({ ...options, log: (line) => log.push(line) });
  await central.linked();
  log.length = 0;
  const told: unknown[] = [];
  for (const [key, value] of asked) {
    const answer = await central.call("ChangeConfiguration", { key, value });
    told.push([typeof answer === "object" && answer.status, ...log.splice(0)]);
  }
  return told;
}

const refused = (why: string) => ["Rejected", `configuration SecurityProfile refused: ${why}`];

it("a security profile rests on what must be there", async () => {
  expect(
    await changes({}, [
      ["SecurityProfile", "0"],
      ["SecurityProfile", "4"],
      ["SecurityProfile", "1"],
      ["SecurityProfile", "2"],
      ["SecurityProfile", "3"],
      ["AuthorizationKey", "short"],
      ["AuthorizationKey", "x".repeat(41)],
    ]),
  ).toEqual([
    ["Accepted"],
    refused("4 is not among its choices"),
    refused("set AuthorizationKey first"),
    refused("set AuthorizationKey first"),
    refused("it has no certificate of its own"),
    ["Rejected", "configuration AuthorizationKey refused: it takes 16 characters or more"],
    ["Rejected", "configuration AuthorizationKey refused: it takes at most 40 characters"],
  ]);
});

it("a password has 16 to 40 characters, and one that is refused changes nothing", async () => {
  const [first, least, most] = ["0123456789abcdef", "x".repeat(16), "y".repeat(40)];
  const told = await changes({ password: first }, [
    ["AuthorizationKey", "x".repeat(15)],
    ["AuthorizationKey", "y".repeat(41)],
  ]);
  expect(told.map((one) => (one as unknown[])[0])).toEqual(["Rejected", "Rejected"]);
  central.clock.advance(1000);
  await central.settle();
  for (const [count, value] of [least, most].entries()) {
    expect(await central.call("ChangeConfiguration", { key: "authorizationkey", value })).toEqual({
      status: "Accepted",
    });
    central.clock.advance(500);
    while (central.authorizations.length < count + 2) await central.linked();
    await central.settle();
  }
  const passwords = central.authorizations.map((one) => Buffer.from(one?.slice(6) ?? "", "base64").toString());
  expect(passwords).toEqual([first, least, most].map((password) => `CP-1:${password}`));
});

it("a security profile is never lowered, and one of TLS needs a root to trust", async () => {
  expect(
    await changes({ password: "0123456789abcdef" }, [
      ["SecurityProfile", "0"],
      ["SecurityProfile", "2"],
    ]),
  ).toEqual([refused("a lower profile is not taken"), refused("install a CentralSystemRootCertificate first")]);
  expect(await central.call("GetConfiguration", { key: ["SecurityProfile"] })).toMatchObject({
    configurationKey: [{ value: "1" }],
  });
});

it("a higher profile is taken half a second after its answer, with a new connection", async () => {
  const [first] = await changes({ password: "0123456789abcdef" }, [["SecurityProfile", "1"]]);
  expect(first).toEqual(["Accepted"]);
  central.clock.advance(499);
  await central.settle();
  expect(central.authorizations.length).toBe(1);
  central.clock.advance(1);
  while (central.authorizations.length < 2) await central.linked();
  const basic = `Basic ${Buffer.from("CP-1:0123456789abcdef").toString("base64")}`;
  expect(central.authorizations).toEqual([basic, basic]);
});

it("a password of forty hex digits is the twenty bytes that they are", async () => {
  const hex = "00112233445566778899aabbccddeeff00112233";
  central.start({ password: hex });
  await central.linked();
  const bytes = Buffer.concat([Buffer.from("CP-1:"), Buffer.from(hex, "hex")]);
  expect(central.authorizations).toEqual([`Basic ${bytes.toString("base64")}`]);
});

it("a certificate is asked for when it shall be, in the operator's name, and only one that was asked for is taken", async () => {
  const told = await changes({}, [["CpoName", "Acme"]]);
  expect(told).toEqual([["Accepted"]]);
  central.replies.SignCertificate = () => ({ status: "Accepted" });
  const trigger = { requestedMessage: "SignChargePointCertificate" };
  expect(await central.call("TriggerMessage", { requestedMessage: "Heartbeat" })).toEqual({ status: "Accepted" });
  expect(await central.call("ExtendedTriggerMessage", trigger)).toEqual({ status: "Accepted" });
  while (central.of("SignCertificate").length === 0) await central.settle();
  expect(String(central.of("SignCertificate")[0]?.csr)).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/);
  expect(await central.call("CertificateSigned", { certificateChain: "x" })).toEqual({ status: "Rejected" });
  expect(
    await central.call("InstallCertificate", { certificateType: "CentralSystemRootCertificate", certificate: "x" }),
  ).toEqual({
    status: "Rejected",
  });
  expect(await central.call("GetInstalledCertificateIds", { certificateType: "CentralSystemRootCertificate" })).toEqual(
    {
      status: "NotFound",
    },
  );
});
