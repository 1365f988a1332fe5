import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { PeerAnswer } from "../../ocpp/peer.ts";
import type { Speaker } from "../model.ts";
import { createRegistration } from "./registration.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const said = (status: string | undefined, interval?: number): PeerAnswer => ({
  ...{ type: "result", plain: {} },
  payload: { ...(status === undefined ? {} : { status }), ...(interval === undefined ? {} : { interval }) },
});

/** A station that is answered as told, then always the last. `did`: what it says and what comes of it. */
function registered(...answers: PeerAnswer[]) {
  const clock = createManualClock();
  const did: string[] = [];
  let heartbeatSeconds = 300;
  const speaker = {
    boot: (reason: string) => ({ action: `boot ${reason}`, payload: {} }),
    heartbeat: () => ({ action: "heartbeat", payload: {} }),
    setHeartbeat: (seconds: number) => {
      heartbeatSeconds = seconds;
    },
    knobs: () => ({ heartbeatSeconds }),
  } as unknown as Speaker;
  const registration = createRegistration({
    ...{ clock, speaker },
    ask({ action }) {
      did.push(action);
      return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? said("Accepted"));
    },
    onAccepted: () => did.push("accepted"),
    onBack: () => did.push("back"),
    log: (line) => did.push(line),
  });
  const after = async (seconds: number) => {
    await turn();
    clock.advance(seconds * 1000);
    await turn();
    return did.splice(0);
  };
  const every = (seconds: number) => {
    heartbeatSeconds = seconds;
    registration.rearm();
  };
  return { registration, after, every };
}

test("boots as it is linked, is accepted once, and sends a heartbeat as often as it was told", async () => {
  const { registration, after } = registered(said("Accepted", 20));
  expect([registration.status, registration.accepted, await after(100)]).toEqual(["none", false, []]);
  registration.linkUp();
  expect(await after(0)).toEqual(["boot PowerUp", "boot: Accepted, interval 20 s", "accepted"]);
  expect([registration.status, registration.accepted]).toEqual(["Accepted", true]);
  expect(await after(19.999)).toEqual([]);
  expect(await after(0.001)).toEqual(["heartbeat"]);
  expect(await after(40)).toEqual(["heartbeat", "heartbeat"]);
});

test.each([
  [said("Pending", 5), "Pending", "boot: Pending, interval 5 s", 5],
  [said("Rejected", 5), "Rejected", "boot: Rejected, interval 5 s", 5],
  [said("Rejected", 0), "Rejected", "boot: Rejected, interval 0 s", 60],
  [said("Odd"), "Rejected", "boot: Odd, interval 0 s", 60],
  [said(undefined), "Rejected", "boot: no status, interval 0 s", 60],
  [{ type: "no-answer" } as PeerAnswer, "none", undefined, 60],
  [{ type: "error", code: "", description: "", details: {} } as PeerAnswer, "none", undefined, 60],
])("answered by %j it is %s, and boots again", async (answer, status, line, seconds) => {
  const { registration, after, every } = registered(answer);
  registration.linkUp();
  expect(await after(0)).toEqual(["boot PowerUp", ...(line ? [line] : [])]);
  expect([registration.status, registration.accepted]).toEqual([status, false]);
  every(1);
  expect(await after(seconds - 0.001)).toEqual([]);
  expect((await after(0.001))[0]).toBe("boot PowerUp");
});

test("a boot that the link did not outlive is said again with the next link, and not before", async () => {
  const { registration, after } = registered({ type: "closed" }, said("Accepted"));
  registration.linkUp();
  expect(await after(200)).toEqual(["boot PowerUp"]);
  registration.linkDown();
  registration.linkUp();
  expect(await after(0)).toEqual(["boot PowerUp", "boot: Accepted, interval 0 s", "accepted"]);
  // No interval is told: its own stands.
  expect([await after(299.999), await after(0.001)]).toEqual([[], ["heartbeat"]]);
});

test("a link that is lost is no reason to boot: what changed is told, and no heartbeat goes into nothing", async () => {
  const { registration, after } = registered(said("Accepted", 20));
  registration.linkUp();
  await after(0);
  registration.linkDown();
  expect(await after(100)).toEqual([]);
  registration.linkUp();
  expect(await after(20)).toEqual(["back", "heartbeat"]);
  registration.powerUp("RemoteReset");
  expect(registration.status).toBe("none");
  registration.linkDown();
  registration.linkUp();
  expect(await after(0)).toEqual(["boot RemoteReset", "boot: Accepted, interval 20 s", "accepted"]);
});

test("boots when it is asked to, and is back rather than accepted anew", async () => {
  const { registration, after } = registered(said("Accepted", 20));
  registration.linkUp();
  await after(0);
  registration.bootNow();
  expect(await after(0)).toEqual(["boot Triggered", "boot: Accepted, interval 20 s", "back"]);
  // One heartbeat, not two.
  expect(await after(20)).toEqual(["heartbeat"]);
});

test("takes up another interval at once, and none at all", async () => {
  const { registration, after, every } = registered(said("Accepted", 20));
  registration.linkUp();
  await after(10);
  every(5);
  expect(await after(5)).toEqual(["heartbeat"]);
  every(0);
  expect(await after(1000)).toEqual([]);
});

test("where the link goes while a refused boot waits, nothing is said until it is back", async () => {
  const { registration, after } = registered(said("Rejected", 5), said("Accepted", 20));
  registration.linkUp();
  await after(1);
  registration.linkDown();
  expect(await after(100)).toEqual([]);
});
