import { describe, expect, test } from "vitest";
import type { ListenMode } from "../../../src/transports/attempts/diagnose.ts";
import type { ArrivalTimes } from "../../../src/transports/websocket/arrival-context.ts";
import type { CauseCode } from "../../../src/words/en/causes.ts";
import type { AttemptStage } from "../../../src/words/stages.ts";
import { testCertificates } from "../../harness/test-certificates.ts";
import { codesOf, handshake, say, shortTimes, wayIn } from "../../harness/way-in.ts";

type Case = {
  about: string;
  mode?: ListenMode;
  /** What is waited for does not come. */
  times?: ArrivalTimes;
  sent: string | Uint8Array;
  hangUp?: boolean;
  passed: AttemptStage;
  codes: CauseCode[];
  /** The start of what is answered. */
  answer?: string;
};

const hello = Buffer.from(
  "16030100510100004d0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0000022f00350100002200000010000e00000b6d792d6c6170746f702e6500170000000d0006000404030401",
  "hex",
);

const stopped: Case[] = [
  { about: "a port scan", sent: "", hangUp: true, passed: "tcp", codes: ["closed-at-once"] },
  { about: "silence", times: shortTimes, sent: "", passed: "tcp", codes: ["silence"] },
  { about: "raw OCPP without a handshake", sent: '[2,"1","Heartbeat",{}]', passed: "tcp", codes: ["not-http"] },
  { about: "a binary protocol", sent: Buffer.from("00010000ff", "hex"), passed: "tcp", codes: ["not-http"] },
  { about: "another protocol in text", sent: "SSH-2.0-OpenSSH_9\r\n", passed: "tcp", codes: ["not-http"] },
  { about: "TLS on a port for ws", mode: "ws", sent: hello, passed: "tcp", codes: ["tls-on-plain-port"] },
  { about: "TLS where there is no certificate", sent: hello, passed: "tcp", codes: ["certificate-not-ready"] },
  {
    about: "ws on a port for wss",
    mode: "wss",
    sent: handshake("/CP1"),
    passed: "http",
    codes: ["plain-on-tls-port"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a plain request, as a browser sends it",
    sent: "GET / HTTP/1.1\r\nHost: laptop\r\nConnection: keep-alive\r\n\r\n",
    passed: "http",
    codes: ["plain-request"],
    answer: "HTTP/1.1 426",
  },
  {
    about: "a request of OCPP over SOAP",
    sent: "POST /CP1 HTTP/1.1\r\nHost: laptop\r\nContent-Type: application/soap+xml\r\n\r\n",
    passed: "http",
    codes: ["soap"],
    answer: "HTTP/1.1 426",
  },
  {
    about: "a plain request that is odd besides",
    sent: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    passed: "http",
    codes: ["plain-request"],
    answer: "HTTP/1.1 426",
  },
  {
    about: "a request line with a NUL",
    sent: handshake("/CP\u00001"),
    passed: "tcp",
    codes: ["bad-request-line"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a request line without its method",
    sent: handshake("/CP1", {}, "/CP1 HTTP/1.1"),
    passed: "tcp",
    codes: ["bad-request-line"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a malformed request line",
    sent: "GET /CP1\r\nHost: laptop\r\n\r\n",
    passed: "tcp",
    codes: ["bad-request-line"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a head of more than 16 KiB",
    sent: `GET /CP1 HTTP/1.1\r\nX: ${"x".repeat(20_000)}`,
    passed: "tcp",
    codes: ["header-too-large"],
    answer: "HTTP/1.1 431",
  },
  {
    about: "a head that does not end",
    times: shortTimes,
    sent: "GET /CP1 HTTP/1.1\r\nHost: lap",
    passed: "tcp",
    codes: ["slow-head"],
    answer: "HTTP/1.1 408",
  },
  { about: "a head cut off", sent: "GET /CP1 HTTP/1.1\r\nHo", hangUp: true, passed: "tcp", codes: ["head-cut-off"] },
  {
    about: "a handshake without its key",
    sent: handshake("/CP1", { "Sec-WebSocket-Key": null }),
    passed: "http",
    codes: ["bad-handshake"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a handshake of an old version",
    sent: handshake("/CP1", { "Sec-WebSocket-Version": "7" }),
    passed: "http",
    codes: ["bad-handshake"],
    answer: "HTTP/1.1 400",
  },
  {
    about: "a path without an identity",
    sent: handshake("/"),
    passed: "upgrade",
    codes: ["no-identity"],
    answer: "HTTP/1.1 404",
  },
  {
    about: "a placeholder left in",
    sent: handshake("/ocpp/%7BdeviceId%7D"),
    passed: "upgrade",
    codes: ["placeholder"],
    answer: "HTTP/1.1 404",
  },
];

const tolerated: Case[] = [
  { about: "all as it should be", sent: handshake("/CP1"), passed: "open", codes: [] },
  {
    about: "no Connection: Upgrade",
    sent: handshake("/CP1", { Connection: "keep-alive" }),
    passed: "open",
    codes: ["no-connection-upgrade"],
  },
  {
    about: "an odd request line",
    sent: handshake("/CP1", {}, "get  /CP1 HTTP/1.0"),
    passed: "open",
    codes: ["odd-request-line"],
  },
  {
    about: "lines that end in LF alone",
    sent: handshake("/CP1").replaceAll("\r", ""),
    passed: "open",
    codes: ["bad-header"],
  },
  { about: "a folded header", sent: handshake("/CP1", { "X-Long": "a\r\n b" }), passed: "open", codes: ["bad-header"] },
  {
    about: "a header without a colon",
    sent: handshake("/CP1").replace("Host:", "Host"),
    passed: "open",
    codes: ["bad-header"],
  },
  { about: "no Host", sent: handshake("/CP1", { Host: null }), passed: "open", codes: ["bad-header"] },
  { about: "'//' in the path", sent: handshake("//CP1"), passed: "open", codes: ["double-slash"] },
  { about: "a slash after the identity", sent: handshake("/CP1/"), passed: "open", codes: ["trailing-slash"] },
  { about: "an endpoint for an identity", sent: handshake("/ocpp"), passed: "open", codes: ["endpoint-as-identity"] },
  {
    about: "a control character in a header",
    sent: handshake("/CP1", { "User-Agent": "a\u001b[2J" }),
    passed: "open",
    codes: ["bad-header"],
  },
  { about: "a doubled identity", sent: handshake("/CP1/CP1"), passed: "open", codes: ["doubled-identity"] },
  { about: "unusual characters", sent: handshake("/CP%201"), passed: "open", codes: ["identity-characters"] },
  { about: "the whole URL as target", sent: handshake("ws://laptop:9000/CP1"), passed: "open", codes: [] },
  {
    about: "no subprotocol",
    sent: handshake("/CP1", { "Sec-WebSocket-Protocol": null }),
    passed: "open",
    codes: ["no-subprotocol"],
  },
  {
    about: "an unknown subprotocol",
    sent: handshake("/CP1", { "Sec-WebSocket-Protocol": "ocpp1.5" }),
    passed: "open",
    codes: ["unknown-subprotocol"],
  },
  {
    about: "a subprotocol in another case",
    sent: handshake("/CP1", { "Sec-WebSocket-Protocol": "OCPP1.6" }),
    passed: "open",
    codes: ["subprotocol-case"],
  },
  {
    about: "a list of subprotocols with a fault in it",
    sent: handshake("/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6,,ocpp1.6, (x)" }),
    passed: "open",
    codes: [],
  },
];

describe("stops, and says why, at", () => {
  test.each(stopped)("$about", async ({ mode, times, sent, hangUp, passed, codes, answer }) => {
    const { port, row, links } = await wayIn({ mode, times });
    const { answer: heard } = await say(port, sent, { hangUp });
    const attempt = await row();
    expect({ passed: attempt.passed, state: attempt.state, codes: codesOf(attempt) }).toEqual({
      passed,
      state: "stopped",
      codes,
    });
    if (answer) expect((await heard).slice(0, answer.length)).toBe(answer);
    expect(links).toEqual([]);
  });
});

describe("goes on, and says what is odd, at", () => {
  test.each(tolerated)("$about", async ({ sent, passed, codes }) => {
    const { port, row, links } = await wayIn();
    await say(port, sent);
    const attempt = await row();
    expect({ passed: attempt.passed, state: attempt.state, codes: codesOf(attempt) }).toEqual({
      passed,
      state: "connected",
      codes,
    });
    expect(links).toHaveLength(1);
  });

  test("a head in two pieces, the second with a frame glued to it", async () => {
    const texts: string[] = [];
    const { port, row } = await wayIn({
      onLink: (link) =>
        link.listen({ message: (data) => texts.push(String(data)), spoilt: () => undefined, closed: () => undefined }),
    });
    const head = handshake("/CP1");
    const { socket } = await say(port, head.slice(0, 60));
    await row(({ bytes }) => bytes === 60);
    socket.write(Buffer.concat([Buffer.from(head.slice(60)), Buffer.from("818200000000", "hex"), Buffer.from("hi")]));
    await row(({ passed }) => passed === "first-frame");
    expect(texts).toEqual(["hi"]);
  });

  test("a handshake that comes a byte at a time", async () => {
    const { port, row } = await wayIn();
    await say(port, handshake("/CP1"), { dripping: true });
    expect((await row()).state).toBe("connected");
  });
});

describe("what stands still", () => {
  test.each([
    ["silence", "", ["silence"]],
    ["half a hello", hello.subarray(0, 30), ["tls-stalled"]],
    ["half a request", "GET /CP1 HTTP/1.1\r\nHo", ["slow-head"]],
  ] as const)("is told within a second, while it lasts: %s", async (_about, sent, codes) => {
    const { tls } = await testCertificates("CP1");
    const { port, row } = await wayIn({ tls });
    await say(port, sent);
    const attempt = await row(({ causes }) => causes.length > 0);
    expect({ state: attempt.state, codes: codesOf(attempt), endedAt: attempt.endedAt }).toEqual({
      state: "under-way",
      codes,
      endedAt: undefined,
    });
  });

  test("and then goes on, is taken back", async () => {
    const { port, row } = await wayIn();
    const { socket } = await say(port, "");
    await row(({ causes }) => causes.length > 0);
    socket.write(handshake("/CP1"));
    const attempt = await row();
    expect({ state: attempt.state, codes: codesOf(attempt) }).toEqual({ state: "connected", codes: [] });
  });
});

describe("an attempt", () => {
  test("holds what came, without the credentials", async () => {
    const { port, row, waitingStations } = await wayIn();
    const secret = Buffer.from("CP1:open-sesame-1234").toString("base64");
    const head = handshake("/CP1?token=hidden", { Authorization: `Basic ${secret}`, "User-Agent": "Box/1" });
    await say(port, head);
    const attempt = await row();
    const { id, at, lastAt, remotePort, times, raw = "", ...rest } = attempt;
    expect(rest).toEqual({
      remoteAddress: "127.0.0.1",
      localAddress: "127.0.0.1",
      localPort: port,
      passed: "open",
      state: "connected",
      causes: [],
      bytes: head.length,
      repeats: 1,
      http: {
        line: "GET /CP1?token=••• HTTP/1.1",
        headers: [
          ["Host", "127.0.0.1"],
          ["Upgrade", "websocket"],
          ["Connection", "Upgrade"],
          ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
          ["Sec-WebSocket-Version", "13"],
          ["Sec-WebSocket-Protocol", "ocpp1.6"],
          ["Authorization", "•••"],
          ["User-Agent", "Box/1"],
        ],
      },
      identity: "CP1",
      credentials: { user: "CP1", form: "text" },
      offered: ["ocpp1.6"],
      subprotocol: "ocpp1.6",
    });
    expect({ id, sameTime: at === lastAt, stages: Object.keys(times) }).toEqual({
      id: 1,
      sameTime: true,
      stages: ["tcp", "http", "upgrade", "identity", "credentials", "subprotocol", "open"],
    });
    expect(remotePort).toBeGreaterThan(0);
    const text = Buffer.from(raw, "base64").toString("utf8");
    expect(text).toBe(head.replace(`Basic ${secret}`, "•••").replace("hidden", "•••"));
    expect(Buffer.from(waitingStations[0]?.credentials?.password ?? []).toString()).toBe("open-sesame-1234");
  });

  test.each([
    ["open-sesame-1234", "text"],
    ["", "empty"],
    ["30313233343536373839616263646566", "hex"],
    [Buffer.from([0xff, 0xfe, 0x01]), "not-utf8"],
  ] as const)("tells the form of the password %j", async (password, form) => {
    const { port, row } = await wayIn();
    const basic = Buffer.concat([Buffer.from("CP1:"), Buffer.from(password as string)]).toString("base64");
    await say(port, handshake("/CP1", { Authorization: `Basic ${basic}` }));
    expect((await row()).credentials).toEqual({ user: "CP1", form });
  });

  test.each([
    [401, "credentials-missing"],
    [403, "unknown-station"],
    [503, "asked-first"],
  ] as const)("that the access control refuses with %i shows its cause", async (status, code) => {
    const { port, row } = await wayIn({ admit: () => ({ allow: false, status, causes: [{ code }] }) });
    const { answer } = await say(port, handshake("/CP1"));
    const attempt = await row();
    expect({ passed: attempt.passed, codes: codesOf(attempt) }).toEqual({ passed: "identity", codes: [code] });
    expect((await answer).slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });

  test("that the access control lets in with an oddity shows it and opens", async () => {
    const { port, row } = await wayIn({
      admit: () => ({ allow: true, securityProfile: 1, causes: [{ code: "user-name", said: "other" }] }),
    });
    await say(port, handshake("/CP1"));
    expect(await row()).toMatchObject({ state: "connected", causes: [{ code: "user-name", said: "other" }] });
  });

  test("that repeats is counted in one row, with the gap between tries", async () => {
    const { port, row, tracker } = await wayIn();
    for (let count = 1; count <= 4; count++) {
      await say(port, "", { hangUp: true });
      await row(({ repeats }) => repeats === count);
    }
    const [only, ...others] = tracker.recent();
    expect({ repeats: only?.repeats, codes: only && codesOf(only), others }).toEqual({
      repeats: 4,
      codes: ["closed-at-once"],
      others: [],
    });
    expect(only?.gapMs).toBeGreaterThan(0);
  });
});

describe("after it opened", () => {
  test("a station that hangs up before its boot", async () => {
    const { port, row } = await wayIn();
    const { socket } = await say(port, handshake("/CP1"));
    await row(({ state }) => state === "connected");
    socket.destroy();
    const attempt = await row(({ state }) => state === "stopped");
    expect({ passed: attempt.passed, codes: codesOf(attempt) }).toEqual({
      passed: "open",
      codes: ["closed-before-boot"],
    });
  });

  test("two connections with one identity", async () => {
    const { port, row } = await wayIn();
    await say(port, handshake("/CP1"));
    await row();
    await say(port, handshake("/CP1"));
    const second = await row(({ id, state }) => id === 2 && state === "connected");
    expect(second.causes).toEqual([{ code: "same-identity", said: "127.0.0.1, 127.0.0.1" }]);
  });

  test("a probe in each version, which is no loop", async () => {
    const { port, row } = await wayIn();
    for (const [index, protocol] of ["ocpp2.1", "ocpp2.0.1", "ocpp1.6"].entries()) {
      const { socket } = await say(port, handshake("/CP1", { "Sec-WebSocket-Protocol": protocol }));
      const open = await row(({ id, state }) => id === index + 1 && state === "connected");
      expect(codesOf(open)).toEqual(index === 0 ? [] : ["version-probe"]);
      socket.destroy();
      await row(({ state, identity, lastAt }) => state === "stopped" && identity === "CP1" && lastAt >= open.at);
    }
  });

  test("a probe in another version, and then a loop", async () => {
    const { port, row } = await wayIn();
    for (const [index, protocol] of ["ocpp2.0.1", "ocpp1.6", "ocpp1.6"].entries()) {
      const { socket } = await say(port, handshake("/CP1", { "Sec-WebSocket-Protocol": protocol }));
      const open = await row(({ id, state }) => id === index + 1 && state === "connected");
      if (index === 1) expect(codesOf(open)).toEqual(["version-probe"]);
      if (index === 2) {
        expect(codesOf(open)).toEqual(["reconnect-loop"]);
        expect(open.gapMs).toBeGreaterThan(0);
      }
      socket.destroy();
      await row(({ state, identity, lastAt }) => state === "stopped" && identity === "CP1" && lastAt >= open.at);
    }
  });
});
