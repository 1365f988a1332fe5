import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import type { Spoken } from "../../src/lib/words.ts";
import type { OcppVersion } from "../../src/station/model.ts";
import { words } from "../../src/station/phrases.ts";
import { snapshot, type TestCore, testCore, until } from "../harness/core.ts";
import { maskedFrame, maskedText } from "../harness/masked-frame.ts";
import { openRelay } from "../harness/relay.ts";
import { openByHand } from "../harness/stations/hand-made-socket.ts";
import { rawStation } from "../harness/stations/raw-station.ts";

async function stateOf({ client }: TestCore, identity: string) {
  const state = await snapshot(client, "stations.state", { identity });
  if (!state) throw new Error(`${identity} was never heard of`);
  return state;
}

describe("the subprotocol", () => {
  const rules = (rule: string, said: Spoken) => [
    { rule, where: "link", said, expected: "ocpp1.6, ocpp2.0.1, ocpp2.1" },
  ];
  const cases: { offered: string[]; agreed: string; ocpp: OcppVersion; findings: object[] }[] = [
    { offered: ["ocpp1.6"], agreed: "ocpp1.6", ocpp: "1.6", findings: [] },
    { offered: ["ocpp2.0.1"], agreed: "ocpp2.0.1", ocpp: "2.0.1", findings: [] },
    { offered: ["ocpp2.1"], agreed: "ocpp2.1", ocpp: "2.1", findings: [] },
    // The station's order is its wish (RFC 6455 4.1).
    { offered: ["ocpp2.0.1", "ocpp1.6"], agreed: "ocpp2.0.1", ocpp: "2.0.1", findings: [] },
    { offered: ["ocpp1.6", "ocpp2.1"], agreed: "ocpp1.6", ocpp: "1.6", findings: [] },
    { offered: ["ocpp1.5", "soap", "ocpp2.0.1"], agreed: "ocpp2.0.1", ocpp: "2.0.1", findings: [] },
    // It hears its own spelling again.
    { offered: ["OCPP1.6"], agreed: "OCPP1.6", ocpp: "1.6", findings: rules("unknown-subprotocol", "OCPP1.6") },
    { offered: ["Ocpp2.0.1"], agreed: "Ocpp2.0.1", ocpp: "2.0.1", findings: rules("unknown-subprotocol", "Ocpp2.0.1") },
    { offered: [], agreed: "", ocpp: "1.6", findings: rules("no-subprotocol", words("nothing")) },
  ];
  test.each(cases)("$offered is answered $agreed and taken as $ocpp", async ({ offered, agreed, ocpp, findings }) => {
    const core = await testCore();
    const station = await rawStation(`${core.url}CP1`, offered);
    expect(station.socket.protocol).toBe(agreed);
    await station.ask("Heartbeat", {});
    const state = await stateOf(core, "CP1");
    expect(state.ocpp).toBe(ocpp);
    expect(state.link).toMatchObject({ state: "online", offered });
    expect(state.findings.filter(({ where }) => where === "link")).toMatchObject(findings);
    expect(state.findings.map(({ rule }) => rule)).toEqual([
      ...findings.map((each) => (each as { rule: string }).rule),
      "early-call",
    ]);
  });

  test("only unknown ones: taken as 1.6, none is promised, and it is a finding", async () => {
    const core = await testCore();
    const socket = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.5, ocpp1.2" });
    expect(socket.head.toLowerCase()).not.toContain("sec-websocket-protocol");
    socket.write(maskedText('[2,"1","Heartbeat",{}]'));
    expect(JSON.parse(await socket.nextText())).toMatchObject([3, "1", {}]);
    const state = await stateOf(core, "CP1");
    expect(state.ocpp).toBe("1.6");
    expect(state.findings[0]).toMatchObject({ rule: "unknown-subprotocol", said: "ocpp1.5, ocpp1.2" });
  });
});

describe("the identity", () => {
  test.each([
    { path: "/CP1", identity: "CP1" },
    { path: "/ocpp/v16/CP1", identity: "CP1" },
    { path: "//CP1", identity: "CP1" },
    { path: "/CP1/", identity: "CP1" },
    { path: "/SE%2AABC%20%C3%A5", identity: "SE*ABC å" },
    { path: "/100%25", identity: "100%" },
    // Malformed percent-encoding stays as it is.
    { path: "/CP%ZZ", identity: "CP%ZZ" },
    { path: "/a/CP1?token=x", identity: "CP1", told: "/a/CP1?token=•••" },
  ])("$path is $identity", async ({ path, identity, told = path }) => {
    const core = await testCore();
    const socket = await openByHand(core.url, path, { "Sec-WebSocket-Protocol": "ocpp1.6" });
    socket.write(maskedText('[2,"1","Heartbeat",{}]'));
    await socket.nextText();
    expect(await snapshot(core.client, "stations.list", {})).toMatchObject([
      { identity, link: { state: "online", path: told } },
    ]);
  });

  test("none in the path is answered 404 in words, and plain HTTP 426", async () => {
    const { url } = await testCore();
    const http = url.replace("ws:", "http:");
    await expect(openByHand(url, "/", {})).rejects.toThrow(
      /404[\s\S]*The path must end with the station's identity, for example \/CP001/,
    );
    const page = await fetch(`${http}CP1`);
    expect([page.status, await page.text()]).toEqual([
      426,
      "This is the door for charging stations (OCPP over WebSocket). The screens are at another address.\n",
    ]);
  });
});

describe("two sockets of one identity", () => {
  test("the newer wins, the older is closed, and both are on record", async () => {
    const core = await testCore();
    const older = await rawStation(`${core.url}CP1`);
    await older.ask("Heartbeat", {});
    const newer = await rawStation(`${core.url}CP1`, ["ocpp2.0.1"]);
    expect(await older.closed).toEqual({ code: 1000, reason: "replaced by a newer connection" });
    await newer.ask("Heartbeat", {});
    const state = await stateOf(core, "CP1");
    expect(state).toMatchObject({ ocpp: "2.0.1", link: { state: "online", subprotocol: "ocpp2.0.1" } });
    const said = words("address-while", { address: "127.0.0.1", before: "127.0.0.1" });
    expect(state.findings).toContainEqual(expect.objectContaining({ rule: "second-connection", said }));
    const { entries } = await core.client.call("history.page", { groups: ["link"], limit: 10 });
    const [first, second] = entries.map(({ event }) => ("connection" in event ? event.connection : undefined));
    expect(second).not.toBe(first);
    expect(entries.map(({ event }) => event)).toMatchObject([
      { kind: "link-opened", connection: first, ocpp: "1.6" },
      { kind: "link-opened", connection: second, ocpp: "2.0.1" },
      { kind: "link-closed", connection: first, cause: "replaced", code: 1000 },
    ]);
    const command = core.client.call("stations.command", { identity: "CP1", command: { name: "reset", kind: "hard" } });
    const [, id, action, payload] = JSON.parse(await newer.next());
    expect([action, payload]).toEqual(["Reset", { type: "Immediate" }]);
    newer.send(JSON.stringify([3, id, { status: "Accepted" }]));
    expect(await command).toMatchObject({ result: "accepted" });
  });

  test("an older one that answers nothing any more is let go all the same", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    const older = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
    const newer = await rawStation(`${core.url}CP1`);
    await newer.ask("Heartbeat", {});
    clock.advance(2000);
    await older.closed;
    await newer.ask("Heartbeat", {});
    expect((await stateOf(core, "CP1")).link.state).toBe("online");
  });
});

describe("life on the link", () => {
  test("a station that shows no life for a whole interval after a ping is let go", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { pingSeconds: 10 });
    const station = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
    station.write(maskedText('[2,"1","Heartbeat",{}]'));
    await station.nextText();
    clock.advance(10_000);
    await station.pinged;
    clock.advance(9000);
    expect((await stateOf(core, "CP1")).link.state).toBe("online");
    clock.advance(1000);
    await station.closed;
    const { link } = await whenOffline(core, "CP1");
    expect(link.closed).toEqual({ code: 1006, reason: "", cause: "ping-unanswered" });
  });

  test("after a sleep of the computer a link that is dead is let go within seconds, and one that lives stays", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { pingSeconds: 0 });
    const dead = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
    dead.write(maskedText('[2,"1","Heartbeat",{}]'));
    await dead.nextText();
    const alive = await rawStation(`${core.url}CP2`);
    await alive.ask("Heartbeat", {});
    core.core.resumed();
    await dead.pinged;
    clock.advance(1);
    await alive.ask("Heartbeat", {});
    clock.advance(4999);
    await dead.closed;
    const { link } = await whenOffline(core, "CP1");
    expect(link.closed).toEqual({ code: 1006, reason: "", cause: "ping-unanswered" });
    expect((await stateOf(core, "CP2")).link.state).toBe("online");
  });

  test("any frame is life: a station that does not answer pings but talks is kept", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { pingSeconds: 10 });
    const station = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
    for (let round = 0; round < 10; round++) {
      clock.advance(8000);
      station.write(maskedText(`[2,"${round}","Heartbeat",{}]`));
      await station.nextText();
    }
    expect((await stateOf(core, "CP1")).link.state).toBe("online");
  });

  test("a station that answers pings is kept", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { pingSeconds: 5, triggerAfterConnect: false });
    const station = await rawStation(`${core.url}CP1`);
    for (let round = 0; round < 6; round++) {
      const ping = once(station.socket, "ping");
      clock.advance(5000);
      await ping;
      // The pong was written before this: the answer tells that both have arrived.
      await station.ask("Heartbeat", {});
    }
    expect((await stateOf(core, "CP1")).link.state).toBe("online");
  });

  test("a cable that is pulled is a lost link; a goodbye is the station's own", async () => {
    const core = await testCore();
    const relay = await openRelay();
    relay.lead(core.url);
    const pulled = await rawStation(`${relay.url}CP1`);
    pulled.socket.terminate();
    expect((await whenOffline(core, "CP1")).link.closed).toEqual({ code: 1006, reason: "", cause: "lost" });
    const polite = await rawStation(`${core.url}CP2`);
    polite.socket.close(1000, "good night");
    const { link } = await whenOffline(core, "CP2");
    expect(link.closed).toEqual({ code: 1000, reason: "good night", cause: "station" });
  });
});

describe("frames that come early", () => {
  test("glued to the handshake, in one write, are not lost", async () => {
    const core = await testCore();
    const boot = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M","firmwareVersion":"1"}]';
    const early = Buffer.concat([maskedText(boot), maskedText('[2,"h","Heartbeat",{}]')]);
    const socket = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" }, early);
    expect(JSON.parse(await socket.nextText())).toMatchObject([3, "b", { status: "Accepted" }]);
    expect(JSON.parse(await socket.nextText())).toMatchObject([3, "h", {}]);
    const frames = await core.client.call("messages.frames", { since: 0, limit: 10 });
    expect(frames.filter(({ direction }) => direction === "in").map(({ text }) => text)).toEqual([
      boot,
      '[2,"h","Heartbeat",{}]',
    ]);
    const state = await stateOf(core, "CP1");
    expect([state.info, state.findings]).toEqual([{ vendor: "V", model: "M", firmwareVersion: "1" }, []]);
  });

  test("a frame in pieces is one frame, and one cut across writes too", async () => {
    const core = await testCore();
    const socket = await openByHand(core.url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
    const text = '[2,"h","Heartbeat",{"x":"åäö"}]';
    const bytes = Buffer.from(text);
    // The border lies inside a letter.
    const at = text.indexOf("ä") + 2;
    const first = maskedFrame(0x01, bytes.subarray(0, at));
    socket.write(first.subarray(0, 3));
    socket.write(first.subarray(3));
    socket.write(maskedFrame(0x80, bytes.subarray(at)));
    expect(JSON.parse(await socket.nextText())).toMatchObject([3, "h", {}]);
    const [frame] = await core.client.call("messages.frames", { since: 0, limit: 10 });
    expect(frame?.text).toBe(text);
  });
});

function whenOffline({ client }: TestCore, identity: string) {
  return until(client, "stations.state", { identity }, (state) => state?.link.state === "offline").then((state) => {
    if (!state) throw new Error(`${identity} was never heard of`);
    return state;
  });
}
