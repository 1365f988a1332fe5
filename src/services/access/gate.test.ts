import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { Cause } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import type { AccessRow, PasswordHash } from "../../store/access.ts";
import { createAuthentication, type Standing } from "./authentication.ts";
import { createPasswords } from "./passwords.ts";
import { accessRequest, basic } from "./testing/requests.ts";
import { createWaitingStations } from "./waiting-stations.ts";

const now = Date.UTC(2026, 5, 1);

async function gateWith(
  row: (hash: (password: string, form?: "text" | "hex") => Promise<PasswordHash>) => Promise<Partial<AccessRow>>,
  policy: Standing["policy"] = "ask",
  held: Cause | null = null,
  more: { known?: boolean; refuses?: (identity: string) => boolean } = {},
) {
  const passwords = createPasswords();
  const access: AccessRow = {
    identity: "CP1",
    ...(await row((password, form = "text") => passwords.hash(password, form, now))),
  };
  const waitingStations = createWaitingStations(silentLogger);
  const accessControl = createAuthentication({
    find: (identity) => (identity === "CP1" ? access : undefined),
    known: () => more.known ?? false,
    policy: () => policy,
    refuses: more.refuses,
    passwords,
    waitingStations,
    newcomers: { held: () => held },
    clock: createManualClock(now),
    log: silentLogger,
  });
  const came: unknown[] = [];
  accessControl.admitted.on((admitted) => came.push(admitted));
  return { accessControl, waitingStations, passwords, came };
}

test("takes both passwords while one is being changed, and tells which it was", async () => {
  const { accessControl, came } = await gateWith(async (hash) => ({
    password: await hash("the old password"),
    nextPassword: await hash("the new password"),
  }));
  for (const password of ["the old password", "the new password", "another password"]) {
    await accessControl.admit(accessRequest({ credentials: basic(password) }));
  }
  expect(came).toEqual([
    { identity: "CP1", which: "current", securityProfile: 1 },
    { identity: "CP1", which: "next", securityProfile: 1 },
  ]);
});

test("lets a station in as before, until it has come back with its first password", async () => {
  const { accessControl, came } = await gateWith(async (hash) => ({
    nextPassword: await hash("the first password"),
  }));
  for (const credentials of [null, basic("anything"), basic("the first password")]) {
    await accessControl.admit(accessRequest({ credentials }));
  }
  expect(came).toEqual([
    { identity: "CP1", which: null, securityProfile: 0 },
    { identity: "CP1", which: null, securityProfile: 1 },
    { identity: "CP1", which: "next", securityProfile: 1 },
  ]);
});

test("takes the new password in its other form as well, and no other where one is required", async () => {
  const digits = "00112233445566778899aabbccddeeff";
  const { accessControl, came } = await gateWith(async (hash) => ({
    profile: 1,
    nextPassword: await hash(digits, "hex"),
  }));
  const wrong = await accessControl.admit(accessRequest({ credentials: basic("another") }));
  expect(wrong).toEqual({
    allow: false,
    status: 401,
    causes: [{ code: "credentials-wrong", said: words("password-text", { count: 7 }) }],
  });
  expect(await accessControl.admit(accessRequest({ credentials: basic(digits) }))).toMatchObject({
    ...{ allow: true, password: "next", causes: [{ code: "credentials-hex" }] },
  });
  expect(came).toEqual([{ identity: "CP1", which: "next", securityProfile: 1 }]);
});

test("computes nothing for one that is turned away anyhow", async () => {
  const { accessControl, passwords } = await gateWith(async (hash) => ({
    decision: "refused",
    password: await hash("the right one"),
  }));
  const before = passwords.computed;
  const credentials = basic("the right one");
  expect(await accessControl.admit(accessRequest({ credentials }))).toMatchObject({ allow: false, status: 403 });
  expect(passwords.computed).toBe(before);
  const known = await gateWith(async (hash) => ({ password: await hash("the right one") }));
  const computed = known.passwords.computed;
  expect(await known.accessControl.admit(accessRequest({ credentials: basic("") }))).toMatchObject({
    ...{ status: 401, causes: [{ code: "credentials-empty" }] },
  });
  expect(known.passwords.computed).toBe(computed);
});

test("gives the link what it tolerated, and the password that it came in with", async () => {
  const { accessControl } = await gateWith(async (hash) => ({
    password: await hash("00112233445566778899aabbccddeeff", "hex"),
  }));
  expect(
    await accessControl.admit(accessRequest({ credentials: basic("00112233445566778899aabbccddeeff", "other") })),
  ).toEqual({
    allow: true,
    securityProfile: 1,
    causes: [
      { code: "credentials-hex", said: words("password-digits", { count: 32 }), expected: words("form-bytes") },
      { code: "user-name", said: "other", expected: "CP1" },
    ],
    password: "current",
  });
});

test("holds new identities where there are too many, and lets in who is on the list", async () => {
  const { accessControl, came } = await gateWith(async () => ({}), "accept", { code: "too-many-new" });
  const refused = { allow: false, status: 503, causes: [{ code: "too-many-new" }] };
  expect(await accessControl.admit(accessRequest({ identity: "CP9" }))).toEqual(refused);
  expect(await accessControl.admit(accessRequest())).toEqual({ allow: true, securityProfile: 0, causes: [] });
  expect(came).toEqual([{ identity: "CP1", which: null, securityProfile: 0 }]);
});

test("keeps those who wait, counts their tries, and computes nothing for them", async () => {
  const { accessControl, waitingStations, passwords } = await gateWith(async () => ({}));
  const stranger = accessRequest({ identity: "CP9", credentials: basic("x") });
  await accessControl.admit(stranger);
  await accessControl.admit(stranger);
  expect(waitingStations.list()).toEqual([
    { identity: "CP9", state: "asked", remoteAddress: "192.0.2.1", firstAt: now, lastAt: now, tries: 2 },
  ]);
  expect(passwords.computed).toBe(0);
});

test("keeps whom the policy refuses as that, and forgets who waited once it is let in", async () => {
  const { accessControl, waitingStations } = await gateWith(async () => ({}), "refuse");
  await accessControl.admit(accessRequest({ identity: "CP9" }));
  expect(waitingStations.list()).toMatchObject([{ identity: "CP9", state: "refused" }]);
  waitingStations.note({ identity: "CP1", remoteAddress: "192.0.2.1" }, "asked", now);
  await accessControl.admit(accessRequest());
  expect(waitingStations.list().map(({ identity }) => identity)).toEqual(["CP9"]);
});

test("forgets the oldest of more than a hundred who wait", async () => {
  const { accessControl, waitingStations } = await gateWith(async () => ({}));
  for (let n = 0; n <= 100; n++) await accessControl.admit(accessRequest({ identity: `X${n}` }));
  expect([waitingStations.list().length, waitingStations.list()[0]?.identity]).toEqual([100, "X1"]);
});

test("a station that is known is no newcomer, on the list or not", async () => {
  const { accessControl } = await gateWith(async () => ({}), "accept", { code: "too-many-new" }, { known: true });
  expect(await accessControl.admit(accessRequest({ identity: "CP9" }))).toEqual({
    ...{ allow: true, securityProfile: 0, causes: [] },
  });
});

test("one that is refused on purpose is refused before anything is asked of it, and waits for nobody", async () => {
  const { accessControl, waitingStations, passwords, came } = await gateWith(
    async (hash) => ({ password: await hash("the right one") }),
    "accept",
    null,
    { refuses: (identity) => identity === "CP1" },
  );
  const before = passwords.computed;
  const credentials = basic("the right one");
  expect(await accessControl.admit(accessRequest({ credentials }))).toEqual({
    ...{ allow: false, status: 503, causes: [{ code: "refused" }] },
  });
  expect([passwords.computed, waitingStations.list(), came]).toEqual([before, [], []]);
  expect(await accessControl.admit(accessRequest({ identity: "CP2" }))).toMatchObject({ allow: true });
});
