import { connect as tlsConnect } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { WebSocketVia } from "../../../src/station/events.ts";
import type { CauseCode } from "../../../src/words/en/causes.ts";
import type { AttemptStage } from "../../../src/words/stages.ts";
import { type TestCertificateOptions, testCertificates } from "../../harness/test-certificates.ts";
import { codesOf, handshake, isOver, opensslClient, say, shortTimes, wayIn } from "../../harness/way-in.ts";

type Case = {
  about: string;
  server?: TestCertificateOptions;
  /** What openssl is told besides; ROOT, CERT and KEY stand for files. */
  args: string[];
  passed: AttemptStage;
  codes: CauseCode[];
};

const day = 86_400_000;

const refusals: Case[] = [
  {
    about: "does not know our root",
    args: ["-verify_return_error", "-tls1_3"],
    passed: "tcp",
    codes: ["unknown-ca"],
  },
  {
    about: "does not know our root, in TLS 1.2",
    args: ["-verify_return_error", "-tls1_2"],
    passed: "tcp",
    codes: ["unknown-ca"],
  },
  {
    about: "thinks that our certificate is expired",
    server: { now: Date.now() - 1000 * day },
    args: ["-verify_return_error", "-CAfile", "ROOT"],
    passed: "tcp",
    codes: ["certificate-expired"],
  },
  {
    about: "lives in another time",
    args: ["-verify_return_error", "-CAfile", "ROOT", "-attime", "86400"],
    passed: "tcp",
    codes: ["certificate-not-yet-valid"],
  },
  {
    about: "called an address that is not in our certificate",
    server: { names: { dns: ["laptop.local"], ip: ["192.0.2.1"] } },
    args: ["-verify_return_error", "-CAfile", "ROOT", "-verify_ip", "127.0.0.1"],
    passed: "tcp",
    codes: ["certificate-name"],
  },
  {
    about: "called a name that is not in our certificate",
    args: [
      "-verify_return_error",
      "-CAfile",
      "ROOT",
      "-servername",
      "csms.example",
      "-verify_hostname",
      "csms.example",
    ],
    passed: "tcp",
    codes: ["certificate-name"],
  },
  {
    about: "offers TLS 1.1 at most",
    args: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"],
    passed: "tcp",
    codes: ["tls-version"],
  },
  {
    about: "offers TLS 1.0 at most",
    args: ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"],
    passed: "tcp",
    codes: ["tls-version"],
  },
  {
    about: "has no cipher in common",
    args: ["-tls1_2", "-cipher", "DHE-RSA-AES128-SHA"],
    passed: "tcp",
    codes: ["no-common-cipher"],
  },
  {
    about: "takes an RSA certificate alone",
    args: ["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"],
    passed: "tcp",
    codes: ["rsa-only"],
  },
];

describe("a station over TLS that", () => {
  test.each(refusals)("$about", async ({ server, args, passed, codes }) => {
    const { tls, files } = await testCertificates("CP1", server);
    const { port, row } = await wayIn({ tls });
    opensslClient(
      port,
      args.map((word) => (word === "ROOT" ? files.root : word)),
    );
    const attempt = await row();
    expect({ passed: attempt.passed, state: attempt.state, codes: codesOf(attempt) }).toEqual({
      passed,
      state: "stopped",
      codes,
    });
    expect(attempt.hello?.ciphers.length).toBeGreaterThan(0);
  });

  test("trusts us comes in, on the port for both, with all its facts", async () => {
    const { tls, files } = await testCertificates("CP1");
    const { port, row, links, waitingStations } = await wayIn({ tls });
    const args = ["-tls1_3", "-CAfile", files.root, "-verify_return_error", "-servername", "localhost"];
    opensslClient(port, [...args, "-alpn", "http/1.1"], handshake("/CP1"));
    const attempt = await row();
    expect(attempt).toMatchObject({
      passed: "open",
      state: "connected",
      causes: [],
      identity: "CP1",
      hello: { versions: ["TLSv1.3"], sni: "localhost", alpn: ["http/1.1"] },
      tls: { version: "TLSv1.3", cipher: expect.stringMatching(/^TLS_/) },
      http: { line: "GET /CP1 HTTP/1.1" },
    });
    expect(attempt.hello?.ciphers).toContain("TLS_AES_128_GCM_SHA256");
    expect(waitingStations[0]).toMatchObject({ secure: true, clientCertificate: null });
    expect(links[0]?.hello.via).toMatchObject({ secure: true, securityProfile: 2 });
  });

  test.each([
    { about: "is known here", knowsClients: true, trusted: true },
    { about: "is not known here", knowsClients: false, trusted: false },
  ])("shows a certificate whose issuer $about", async ({ knowsClients, trusted }) => {
    const { tls, files } = await testCertificates("CP1", { knowsClients });
    const { port, row, waitingStations } = await wayIn({ tls });
    opensslClient(port, ["-cert", files.clientCertificate, "-key", files.clientKey], handshake("/CP1"));
    const attempt = await row();
    const shown = attempt.tls?.clientCertificate;
    expect({ commonName: shown?.commonName, subject: shown?.subject, chain: attempt.tls?.clientChain?.[0] }).toEqual({
      commonName: "CP1",
      subject: "CN=CP1",
      chain: "CN=CP1",
    });
    expect(shown?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(waitingStations[0]?.clientCertificate?.trusted).toBe(trusted);
  });

  test.each([
    "client-certificate-missing",
    "client-certificate-unknown",
    "client-certificate-expired",
    "client-certificate-identity",
  ] as const)("the access control refuses for %s gets an answer and a row", async (code) => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls, admit: () => ({ allow: false, status: 403, causes: [{ code }] }) });
    opensslClient(port, [], handshake("/CP1"));
    const attempt = await row();
    expect({ passed: attempt.passed, codes: codesOf(attempt) }).toEqual({ passed: "identity", codes: [code] });
  });

  test("looks at our certificate only after the handshake, and leaves", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    const socket = tlsConnect({ port, host: "127.0.0.1", ca: [] });
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    const attempt = await row();
    expect(codesOf(attempt)).toEqual(["tls-closed"]);
  });

  test("hangs up in the middle of the handshake, with its clock in 1970", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    const { socket } = await say(port, helloOf1970);
    socket.once("data", () => socket.end());
    const attempt = await row();
    expect(attempt.causes).toEqual([
      { code: "tls-closed" },
      { code: "certificate-expired", said: "1970-01-01T00:05:00.000Z" },
    ]);
    expect(attempt.hello).toEqual({
      versions: ["TLSv1.2"],
      ciphers: ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
      alpn: [],
      clock: "1970-01-01T00:05:00.000Z",
    });
  });

  test("hangs up after half a hello", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    await say(port, helloOf1970.subarray(0, 20), { hangUp: true });
    expect(codesOf(await row())).toEqual(["tls-closed"]);
  });

  test("never ends its hello", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls, times: shortTimes });
    await say(port, helloOf1970.subarray(0, 20));
    expect(codesOf(await row())).toEqual(["tls-stalled"]);
  });

  test("sends a hello that makes no sense", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    await say(port, Buffer.from("16030100050100000100", "hex"));
    const attempt = await row();
    expect(codesOf(attempt)).toEqual(["tls-failed"]);
    expect(attempt.tls?.error).toMatch(/length/i);
  });

  test("asks with the hello of SSL 2 for TLS 1.0", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    await say(port, Buffer.from(`801f010301000600000010${"00002f000035"}${"ab".repeat(16)}`, "hex"));
    const attempt = await row();
    expect(codesOf(attempt)).toEqual(["tls-version"]);
    expect(attempt.hello).toEqual({
      versions: ["TLSv1.0"],
      ciphers: ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"],
      alpn: [],
    });
  });

  test("comes in a byte at a time is let in all the same", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    await say(port, helloOf1970, { dripping: true });
    const attempt = await row(({ hello }) => hello !== undefined);
    expect(attempt.hello?.versions).toEqual(["TLSv1.2"]);
  });

  test("keeps a frame that came glued to its handshake", async () => {
    const { tls } = await testCertificates("CP1");
    const texts: string[] = [];
    let heard: () => void = () => undefined;
    const message = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const { port } = await wayIn({
      tls,
      onLink: (link) =>
        link.listen({
          message(data) {
            texts.push(Buffer.from(data).toString());
            heard();
          },
          spoilt: () => undefined,
          closed: () => undefined,
        }),
    });
    const socket = tlsConnect({ port, host: "127.0.0.1", rejectUnauthorized: false });
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    const frame = Buffer.from("818500000000", "hex");
    socket.write(Buffer.concat([Buffer.from(handshake("/CP1")), frame, Buffer.from("early")]));
    await message;
    expect(texts).toEqual(["early"]);
  });

  test.each([
    ["speaks no HTTP inside", "\u0001\u0002SSH", "not-http", "01 02 53 53 48"],
    ["writes its request badly", "GET /CP1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n", "bad-request-line", "GET /CP1"],
  ] as const)("%s shows what came inside, without its password", async (_about, sent, code, said) => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    opensslClient(port, [], sent);
    const { causes, raw = "" } = await row();
    expect(causes.map((cause) => [cause.code, cause.said])).toEqual([[code, said]]);
    expect(Buffer.from(raw, "base64").toString()).toBe(sent.replace("Basic c2VjcmV0", "•••"));
  });

  test("is still let in when ws comes in on the same port", async () => {
    const { tls } = await testCertificates("CP1");
    const { port, row, links } = await wayIn({ tls });
    await say(port, handshake("/CP2"));
    opensslClient(port, [], handshake("/CP1"));
    await row((attempt) => isOver(attempt) && attempt.identity === "CP1");
    await row((attempt) => isOver(attempt) && attempt.identity === "CP2");
    expect(links.map(({ hello }) => [hello.identity, (hello.via as WebSocketVia).secure]).sort()).toEqual([
      ["CP1", true],
      ["CP2", false],
    ]);
  });
});

/** TLS 1.2, one cipher, one curve, one signature; the first bytes of the random are a clock of 300 s after 1970. */
const helloOf1970 = Buffer.from(
  `160301003f0100003b03030000012c${"ab".repeat(28)}000002c02b01000010000a000400020017000d000400020403`,
  "hex",
);
