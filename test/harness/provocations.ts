import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CoreClient } from "../../src/api/client.ts";
import type { CauseCode } from "../../src/words/en/causes.ts";
import { until } from "./client.ts";
import { temporaryFolder } from "./core.ts";
import { rawStation } from "./stations/raw-station.ts";
import { testCertificates } from "./test-certificates.ts";
import { handshake, opensslClient, say } from "./way-in.ts";

/** Where a core listens: for both, for ws alone, for wss alone. */
export type Ports = { both: number; ws: number; wss: number };

/** Each cause of an attempt that can be provoked from outside, and what provokes it. */
export type Provocations = Partial<Record<CauseCode, () => unknown>>;

/** What was sent as passwords and tokens: none of it may be seen anywhere. */
export const sentSecrets = ["open-sesame-1234", "wrong-sesame-1", "sesame-token", "sesame-host", "sesame@url"];
const [password = "", wrongPassword = "", token = "", hostPassword = "", urlPassword = ""] = sentSecrets;

/** TLS 1.2 with one cipher; left alone, or with an alert to follow. */
const hello = Buffer.from(
  `160301003f0100003b0303${"cd".repeat(32)}000002c02b01000010000a000400020017000d000400020403`,
  "hex",
);
/** The header of a text of 2 MiB, with a mask of zeros. */
const tooLarge = Buffer.from("81ff000000000020000000000000", "hex");
const oldProtocol = { "Sec-WebSocket-Protocol": "ocpp1.5" };
const boot = { chargePointVendor: "V", chargePointModel: "M" };

/** Prepares a core for every cause that openssl and bytes made by hand can provoke within seconds, in the order to provoke them in. */
export async function provocations(client: CoreClient, ports: Ports): Promise<Provocations> {
  const folder = await temporaryFolder();
  const { roots } = await until(client, "certificates.overview", {}, ({ wss }) => wss.state === "ready");
  const root = join(folder, "root.pem");
  await writeFile(root, roots[0]?.pem ?? "");
  const trusting = ["-verify_return_error", "-CAfile", root];
  const expired = await testCertificates("EXPIRED", { now: Date.UTC(2010, 0, 1) });
  const stranger = await testCertificates("STRANGER");
  const signed = await signedFor(client, folder, "SIGNED");

  await client.call("access.setPassword", { identity: "KEYED", form: "text", password });
  await client.call("access.setPassword", { identity: "CROWD", form: "text", password });
  await client.call("access.change", { identity: "SECURE", profile: 2 });
  for (const identity of ["MISSING", "STRANGER", "EXPIRED", "OTHER"]) {
    await client.call("access.change", { identity, profile: 3 });
  }
  await client.call("access.change", { identity: "PENDING", bootStatus: "Pending" });
  await client.call("access.change", { identity: "REJECTED", bootStatus: "Rejected" });
  await client.call("access.decide", { identity: "REFUSED", decision: "refused" });

  const tell = (bytes: string | Uint8Array, port = ports.both) => say(port, bytes);
  const scan = (bytes: string | Uint8Array) => say(ports.both, bytes, { hangUp: true });
  const tls = (...args: string[]) => opensslClient(ports.both, args);
  /** A handshake with HTTP Basic. */
  const login = (identity: string, user: string, secret: string | Uint8Array, from = identity) =>
    tell(handshake(`/${from}`, { Authorization: basic(user, secret) }));
  /** A handshake over TLS with a certificate of the station's own. */
  const shows = (identity: string, certificate: string, key: string) =>
    opensslClient(ports.both, [...trusting, "-cert", certificate, "-key", key], handshake(`/${identity}`));
  /** A hello, and an alert for an answer to ours. */
  async function alert(number: number): Promise<void> {
    const { socket } = await tell(hello);
    socket.once("data", () => socket.end(Uint8Array.of(0x15, 3, 3, 0, 2, 2, number)));
  }
  /** Connections in a row, each ended before it says anything. */
  async function inTurn(identity: string, ...versions: string[]): Promise<void> {
    for (const version of versions) {
      const station = await rawStation(`ws://127.0.0.1:${ports.both}/${identity}`, [version]);
      await station.close();
    }
  }
  /** A handshake, and bytes behind it once it is answered. */
  async function opens(identity: string, bytes: Uint8Array): Promise<void> {
    const { socket } = await tell(handshake(`/${identity}`));
    socket.write(bytes);
  }
  async function boots(identity: string): Promise<void> {
    const station = await rawStation(`ws://127.0.0.1:${ports.both}/${identity}`);
    await station.ask("BootNotification", boot);
  }
  async function unknown(unknownStations: "ask" | "refuse"): Promise<void> {
    await client.call("settings.change", { unknownStations });
    await tell(handshake(`/UNKNOWN-${unknownStations}`));
    await until(client, "access.waiting", {}, (all) =>
      all.some(({ identity }) => identity === `UNKNOWN-${unknownStations}`),
    );
    await client.call("settings.change", { unknownStations: "accept" });
  }

  return {
    // First of all: who does not answer is cut off, and that is to hit none of the others.
    async "ping-unanswered"() {
      await client.call("settings.change", { pingSeconds: 1 });
      const { socket } = await tell(handshake("/DEAF"));
      await new Promise((resolve) => socket.once("close", resolve));
      await client.call("settings.change", { pingSeconds: 0 });
    },
    // These as well change how the others would be treated.
    "asked-first": () => unknown("ask"),
    "unknown-station": () => unknown("refuse"),
    "closed-at-once": () => scan(""),
    silence: () => tell(""),
    "not-http": () => tell('[2,"1","Heartbeat",{}]'),
    "tls-on-plain-port": () => tell(hello, ports.ws),
    "plain-on-tls-port": () => tell(handshake("/PLAIN"), ports.wss),
    "tls-version": () => tls("-tls1", "-cipher", "ALL:@SECLEVEL=0"),
    "no-common-cipher": () => tls("-tls1_2", "-cipher", "DHE-RSA-AES128-SHA"),
    "rsa-only": () => tls("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"),
    "unknown-ca": () => tls("-verify_return_error"),
    "certificate-expired": () => tls(...trusting, "-attime", "4102444800"),
    "certificate-not-yet-valid": () => tls(...trusting, "-attime", "86400"),
    "certificate-name": () => tls(...trusting, "-servername", "csms.example", "-verify_hostname", "csms.example"),
    "certificate-not-for-name": () => tls(...trusting, "-servername", "192.0.2.99", "-verify_hostname", "192.0.2.99"),
    "certificate-refused": () => alert(46),
    async "station-says"() {
      const station = await rawStation(`ws://127.0.0.1:${ports.both}/SAYS-WHY`);
      const timestamp = new Date().toISOString();
      await station.ask("SecurityEventNotification", { type: "InvalidCentralSystemCertificate", timestamp });
    },
    "client-certificate-missing": () => opensslClient(ports.both, trusting, handshake("/MISSING")),
    "client-certificate-unknown": () => shows("STRANGER", stranger.files.clientCertificate, stranger.files.clientKey),
    "client-certificate-expired": () => shows("EXPIRED", expired.files.clientCertificate, expired.files.clientKey),
    "client-certificate-identity": () => shows("OTHER", signed.certificate, signed.key),
    "tls-closed": () => scan(hello.subarray(0, 30)),
    "tls-stalled": () => tell(hello),
    "tls-failed": () => alert(80),
    "bad-request-line": () => tell(handshake("/CP\u00001")),
    "odd-request-line": () => tell(handshake("", {}, `get ws://ODD:${urlPassword}@laptop/ODD HTTP/1.0`)),
    "head-cut-off": () => scan("GET /CUT HTTP/1.1\r\nHo"),
    "bad-header": () => tell(handshake("/HEADER", { "X-Folded": "a\r\n b", Host: `HEADER:${hostPassword}@laptop` })),
    "header-too-large": () => tell(`GET /LARGE HTTP/1.1\r\nX: ${"x".repeat(20_000)}`),
    "slow-head": () => tell("GET /SLOW HTTP/1.1\r\nHost: lap"),
    "plain-request": () => tell(`GET /?password=${token} HTTP/1.1\r\nHost: laptop\r\n\r\n`),
    soap: () => tell("POST /SOAP HTTP/1.1\r\nHost: laptop\r\nContent-Type: text/xml\r\n\r\n"),
    "no-connection-upgrade": () => tell(handshake("/NOT-UPGRADED", { Connection: null })),
    "bad-handshake": () => tell(handshake("/KEYLESS", { "Sec-WebSocket-Key": null })),
    "no-identity": () => tell(handshake("/")),
    "url-in-path": () => tell(handshake("/ws://192.0.2.1:9000/TYPED")),
    "identity-in-query": () => tell(handshake("/?station=QUERIED")),
    "double-slash": () => tell(handshake("//DOUBLE-SLASH")),
    "trailing-slash": () => tell(handshake("/TRAILING/")),
    placeholder: () => tell(handshake("/ocpp/%7BdeviceId%7D")),
    "doubled-identity": () => tell(handshake("/DOUBLED/DOUBLED")),
    "endpoint-as-identity": () => tell(handshake("/ocpp")),
    "identity-characters": () => tell(handshake("/CP%ZZ%1b")),
    "credentials-missing": () => tell(handshake("/KEYED")),
    "credentials-wrong": () => login("KEYED", "KEYED", wrongPassword),
    "credentials-hex": () => login("KEYED", "KEYED", Buffer.from(password).toString("hex")),
    "credentials-empty": () => login("KEYED", "KEYED", ""),
    "credentials-not-utf8": () => login("KEYED", "KEYED", Uint8Array.of(0xff, 0xfe, 0x80)),
    "credentials-unreadable": () => tell(handshake("/KEYED", { Authorization: `Bearer ${token}` })),
    "user-name": () => login("KEYED", password, "KEYED"),
    "profile-too-low": () => login("SECURE", "SECURE", wrongPassword),
    "station-refused": () => tell(handshake("/REFUSED")),
    "no-subprotocol": () => tell(handshake("/NO-VERSION", { "Sec-WebSocket-Protocol": null })),
    "unknown-subprotocol": () => tell(handshake("/OTHER-VERSION", oldProtocol)),
    "subprotocol-case": () => tell(handshake("/LOUD", { "Sec-WebSocket-Protocol": "OCPP1.6" })),
    "version-probe": () => inTurn("PROBE", "ocpp2.0.1", "ocpp1.6"),
    "closed-before-boot": () => inTurn("EARLY", "ocpp1.6"),
    "boot-pending": () => boots("PENDING"),
    "boot-rejected": () => boots("REJECTED"),
    "reconnect-loop": () => inTurn("LOOP", "ocpp1.6", "ocpp1.6", "ocpp1.6"),
    "over-limit": () => opens("LARGE-MESSAGE", Buffer.concat([tooLarge, Buffer.alloc(2 ** 21)])),
    "protocol-error": () => opens("NO-WEBSOCKET", Uint8Array.of(0x81, 0x02, 0x68, 0x69)),
    async "same-identity"() {
      await tell(handshake("/TWICE"));
      await tell(handshake("/TWICE"));
    },
    async refused() {
      await inTurn("FAULTY", "ocpp1.6");
      await client.call("faults.set", { identity: "FAULTY", fault: { kind: "refuse" }, seconds: 60 });
      await tell(handshake("/FAULTY"));
    },
    // Two are checked at a time, 64 wait; the rest is turned away. All are there before the first is checked: who comes one by one finds room. Last of all: nobody else's password would be checked meanwhile.
    async busy() {
      const crowd = await Promise.all(Array.from({ length: 150 }, () => tell("")));
      for (const [at, { socket }] of crowd.entries()) {
        socket.write(handshake("/CROWD", { Authorization: basic("CROWD", `${wrongPassword}${at}`) }));
      }
    },
  };
}

function basic(user: string, secret: string | Uint8Array): string {
  return `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(secret as string)]).toString("base64")}`;
}

/** A certificate that the core itself signed for a station. */
async function signedFor(client: CoreClient, folder: string, station: string) {
  const file = (name: string) => join(folder, name);
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  execFileSync(
    "openssl",
    ["req", "-new", ...curve, "-keyout", file("key.pem"), "-out", file("csr.pem"), "-subj", `/CN=${station}`],
    { stdio: "ignore" },
  );
  const { base64 } = await client.call("certificates.sign", { csr: await readFile(file("csr.pem"), "utf8") });
  await writeFile(file("certificate.pem"), Buffer.from(base64, "base64"));
  return { certificate: file("certificate.pem"), key: file("key.pem") };
}
