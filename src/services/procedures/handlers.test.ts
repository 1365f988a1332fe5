import { expect, test, vi } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { AccessRepository } from "../../store/access.ts";
import { openAccess } from "../access/logic.ts";
import type { Passwords } from "../access/passwords.ts";
import { openServices, watch } from "../testing/open-services.ts";
import type { Procedure, ProcedureView } from "./contract.ts";
import type { Procedures } from "./guarded-change.ts";
import { createChecks, proceduresHandlers, type WayIn } from "./handlers.ts";

const boots = {
  "1.6": { chargePointVendor: "V", chargePointModel: "M" },
  "2.0.1": { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
};

async function setUp(version: "1.6" | "2.0.1" = "1.6") {
  const bench = await openServices(version);
  bench.tell("boot", "BootNotification", boots[version]);
  const access = openAccess(new AccessRepository(bench.database), silentLogger);
  const facts = { underWay: false, latest: null as ProcedureView | null };
  const started: [string, Procedure, object][] = [];
  const chosen: string[] = [];
  const procedures = {
    changed: createEmitter<ProcedureView>(silentLogger),
    latest: () => facts.latest,
    underWay: () => facts.underWay,
    start({ identity }: { identity: string }, procedure: Procedure, secrets: object) {
      started.push([identity, procedure, secrets]);
      return { id: 1, identity, ...procedure };
    },
    cancel: vi.fn(() => facts.latest as ProcedureView),
    chosen: (identity: string, kept: string) => void chosen.push(`${identity} ${kept}`),
  };
  const hashed = { form: "text" as const, setAt: 0, hash: "h", salt: "s", layers: 0 };
  const handlers = proceduresHandlers({
    registry: bench.context.registry,
    clock: bench.clock,
    access,
    passwords: {
      hash: async (_text: string, form: "text" | "hex", setAt: number) => ({ ...hashed, form, setAt }),
    } as unknown as Passwords,
    procedures: procedures as unknown as Procedures,
    wayIn: { open: () => true, secure: () => true, url: (to, secure) => `${secure ? "wss" : "ws"}://${to}:9/` },
  });
  return { ...bench, handlers, access, facts, started, chosen, procedures, hashed };
}

const names = ({ steps }: Procedure) =>
  steps.map(({ name, state }) => (state === "waiting" ? name : `${name} ${state}`));

test("a change of password is begun with what the station is now; one that is made is told once", async () => {
  const { handlers, started, hashed, clock, access } = await setUp();
  const start = (password?: string) =>
    handlers["procedures.start"]({ kind: "password", identity: "CP1", form: "text", password });
  const made = await start();
  expect(made.password).toHaveLength(24);
  const typed = await start("0123456789abcdef");
  expect(typed).not.toHaveProperty("password");
  access.change("CP1", { password: hashed });
  await start("0123456789abcdef");
  const [identity, procedure, secrets] = started[1] ?? [];
  expect([identity, secrets]).toEqual([
    "CP1",
    { password: "0123456789abcdef", hash: { ...hashed, setAt: clock.now() }, anyway: false },
  ]);
  expect(started[0]?.[2]).toMatchObject({ password: made.password });
  expect(procedure).toEqual({
    kind: "password",
    form: "text",
    state: "under-way",
    valid: "old",
    startedAt: clock.now(),
    before: { hadPassword: false, profile: 0, secure: false, path: "/CP1", shown: false },
    steps: [
      { name: "way-in", state: "waiting" },
      { name: "snapshot", state: "waiting" },
      { name: "send", state: "waiting" },
      { name: "restart", state: "skipped", why: "not-needed" },
      { name: "return", state: "waiting" },
      { name: "settle", state: "waiting" },
    ],
  });
  expect(started[2]?.[1].before.hadPassword).toBe(true);
  expect(typed.procedure).toMatchObject({ id: 1, identity: "CP1", kind: "password" });
});

test.each([
  ["1.6", 1, ["way-in", "password", "snapshot", "send", "restart skipped", "return", "settle"]],
  ["1.6", 2, ["way-in", "tls", "root", "password", "snapshot", "send", "restart skipped", "return", "settle"]],
  [
    "2.0.1",
    3,
    ["way-in", "tls", "root", "client-certificate", "snapshot", "send", "activate", "restart", "return", "settle"],
  ],
] as const)("in %s profile %i takes the steps %j", async (version, profile, steps) => {
  const { handlers, started } = await setUp(version);
  const secure = profile >= 2;
  await handlers["procedures.start"]({ kind: "profile", identity: "CP1", profile, slot: 3 });
  const [, procedure, secrets] = started[0] ?? [];
  expect([procedure && names(procedure), secrets]).toEqual([steps, { anyway: false }]);
  expect(procedure).toMatchObject({
    kind: "profile",
    profile,
    slot: 3,
    url: `${secure ? "wss" : "ws"}://127.0.0.1:9/`,
  });
  const wrong = `${secure ? "ws" : "wss"}://a.example/`;
  await expect(
    handlers["procedures.start"]({ kind: "profile", identity: "CP1", profile, url: wrong }),
  ).rejects.toMatchObject({
    code: "invalid-input",
    words: words("profile-needs", { profile, scheme: secure ? "wss://" : "ws://" }),
  });
  const right = `${secure ? "wss" : "ws"}://a.example/`;
  await handlers["procedures.start"]({ kind: "profile", identity: "CP1", profile, url: right, anyway: true });
  expect([started.at(-1)?.[1].url, started.at(-1)?.[2]]).toEqual([right, { anyway: true }]);
});

test("nothing is begun while two passwords are good, or with one that the station cannot take", async () => {
  const { handlers, access, hashed, facts, started } = await setUp();
  const start = (password: string, form: "text" | "hex" = "text", identity = "CP1") =>
    handlers["procedures.start"]({ kind: "password", identity, form, password });
  await expect(start("00f", "hex")).rejects.toMatchObject({ code: "invalid-input", words: words("odd-hex-password") });
  await expect(start("short", "text", "NOBODY")).rejects.toMatchObject({ code: "not-found" });
  const two = await setUp("2.0.1");
  await expect(
    two.handlers["procedures.start"]({ kind: "password", identity: "CP1", form: "text", password: "short" }),
  ).rejects.toMatchObject({ code: "invalid-input" });
  access.change("CP1", { nextPassword: hashed });
  await expect(start("0123456789abcdef")).rejects.toMatchObject({
    code: "conflict",
    words: words("two-passwords", { identity: "CP1" }),
  });
  expect(started).toEqual([]);
  facts.underWay = true;
  await start("0123456789abcdef");
  facts.underWay = false;
  access.change("CP1", { unshown: true });
  await start("0123456789abcdef");
  expect(started).toHaveLength(2);
});

test("a change that is stopped keeps both passwords, or the old one alone where that is wished for", async () => {
  const { handlers, access, hashed, facts, chosen, procedures } = await setUp();
  const view = (valid: string, kind = "password") => ({ kind, valid, id: 1, identity: "CP1" }) as ProcedureView;
  const cancel = (keep?: "old") => handlers["procedures.cancel"]({ identity: "CP1", keep });
  access.change("CP1", { password: hashed, nextPassword: hashed });
  facts.latest = view("both");
  expect(await cancel()).toEqual(view("both"));
  facts.latest = view("old");
  expect(await cancel("old")).toEqual(view("old"));
  facts.latest = view("both", "profile");
  await cancel("old");
  expect([access.find("CP1")?.nextPassword, chosen]).toEqual([hashed, []]);
  facts.latest = view("both");
  procedures.cancel.mockImplementationOnce(() => {
    facts.latest = view("old");
    return view("both");
  });
  expect(await cancel("old")).toEqual(view("old"));
  expect([access.find("CP1")?.nextPassword, chosen]).toEqual([undefined, ["CP1 old"]]);
});

test("the last change of a station is told to who looks at it, and that of another is not", async () => {
  const { handlers, procedures, facts } = await setUp();
  facts.latest = { id: 1, identity: "CP1" } as ProcedureView;
  const { snapshot, told, close } = watch(handlers["procedures.state"], { identity: "CP1" });
  procedures.changed.emit({ id: 2, identity: "CP2" } as ProcedureView);
  procedures.changed.emit({ id: 3, identity: "CP1" } as ProcedureView);
  close();
  procedures.changed.emit({ id: 4, identity: "CP1" } as ProcedureView);
  expect([snapshot, told]).toEqual([facts.latest, [{ id: 3, identity: "CP1" }]]);
});

test("before anything is sent it is checked that the station could come back", async () => {
  const { context, access, hashed } = await setUp();
  const entry = context.registry.require("CP1");
  const facts = { open: true, secure: true, root: null as boolean | null, own: null as boolean | null };
  const check = createChecks({
    access,
    wayIn: { open: () => facts.open, secure: () => facts.secure } as WayIn,
    certificates: { hasRoot: async () => facts.root, hasOwn: async () => facts.own },
  });
  const on = (step: Parameters<typeof check>[0], anyway = false, profile?: number) =>
    check(step, entry, { profile } as Procedure, anyway);
  const failed = (why: string, more = {}) => ({ result: "failed", why, ...more });
  const ok = { result: "ok" };
  expect([await on("way-in"), await on("tls"), await on("snapshot")]).toEqual([ok, ok, ok]);
  access.change("CP1", { profile: 2 });
  expect([await on("way-in", false, 1), await on("way-in", false, 2), await on("way-in")]).toEqual([
    failed("required-higher", { said: "2" }),
    ok,
    ok,
  ]);
  Object.assign(facts, { open: false, secure: false });
  expect([await on("way-in"), await on("tls")]).toEqual([failed("not-listening"), failed("no-tls")]);
  for (const [step, key, missing, unknown] of [
    ["root", "root", "root-missing", "root-unknown"],
    ["client-certificate", "own", "certificate-missing", "certificate-unknown"],
  ] as const) {
    expect([await on(step), await on(step, true)]).toEqual([failed(unknown), { result: "skipped", why: unknown }]);
    facts[key] = false;
    expect(await on(step, true)).toEqual(failed(missing));
    facts[key] = true;
    expect(await on(step)).toEqual(ok);
    facts[key] = false;
  }
  const { link } = entry.state;
  Object.assign(entry, { state: { ...entry.state, link: { ...link, secure: true, securityProfile: 3 } } });
  expect([await on("root"), await on("client-certificate")]).toEqual([ok, ok]);
  expect(await on("password")).toEqual(failed("no-password"));
  access.change("CP1", { nextPassword: hashed });
  expect(await on("password")).toEqual(ok);
  access.change("CP1", { nextPassword: undefined, password: hashed });
  expect(await on("password")).toEqual(ok);
});
