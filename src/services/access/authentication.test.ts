import { expect, it, test } from "vitest";
import type { Cause } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import type { AccessRow, PasswordHash } from "../../store/access.ts";
import type { AccessRequest } from "../../transports/admission.ts";
import { type Checked, judge, type Standing } from "./authentication.ts";
import { accessRequest, basic, certificate } from "./testing/requests.ts";

const now = Date.UTC(2026, 5, 1);
const text = (password: string) => new TextEncoder().encode(password);
const right = "correct horse battery";
const stored: PasswordHash = { form: "text", layers: 0, salt: "", hash: "", setAt: 0 };

type Case = {
  rule: string;
  accessRequest?: Partial<AccessRequest>;
  row?: Partial<AccessRow>;
  unknown?: Standing["policy"];
  checked?: Checked;
  result: number | [status: number, ...causes: Cause["code"][]];
  /** Causes of one that is let in. */
  odd?: Cause["code"][];
};

const wrong: Checked = { verdict: "wrong", which: "current" };
const good: Checked = { verdict: "right", which: "current" };
const turned: Checked = { verdict: "other-form", which: "current" };
const binary = new Uint8Array([0xff, 0xfe, 1, 2]);
const hex = { ...stored, form: "hex" } as const;

const cases: Case[] = [
  { rule: "lets a known station in without anything", result: 0 },
  { rule: "lets an unknown station in by policy", unknown: "accept", result: 0 },
  { rule: "lets an unknown station wait by policy", unknown: "ask", result: [503, "asked-first"] },
  { rule: "refuses an unknown station by policy", unknown: "refuse", result: [404, "unknown-station"] },
  {
    rule: "lets one in that was decided on, though never seen",
    unknown: "refuse",
    row: { decision: "accepted" },
    result: 0,
  },
  { rule: "refuses one that was decided against", row: { decision: "refused" }, result: [403, "station-refused"] },
  { rule: "takes any password of one that needs none", accessRequest: { credentials: basic("x") }, result: 1 },
  { rule: "takes a blank password of one that needs none", accessRequest: { credentials: basic("") }, result: 1 },
  { rule: "calls Basic over TLS profile 2", accessRequest: { secure: true, credentials: basic("x") }, result: 2 },
  { rule: "calls TLS alone profile 0", accessRequest: { secure: true }, result: 0 },
  { rule: "misses a password that is set", row: { password: stored }, result: [401, "credentials-missing"] },
  { rule: "misses a password of a required profile", row: { profile: 1 }, result: [401, "credentials-missing"] },
  {
    rule: "says that the password is empty",
    row: { password: stored },
    accessRequest: { credentials: basic("") },
    result: [401, "credentials-empty"],
  },
  {
    rule: "says that what came cannot be read where a password is needed",
    row: { password: stored },
    accessRequest: { credentials: { user: "", password: text(""), unreadable: "scheme" } },
    result: [401, "credentials-unreadable"],
  },
  {
    rule: "takes what cannot be read of one that needs no password, and says so",
    accessRequest: { credentials: { user: "", password: text(""), unreadable: "base64" } },
    result: 0,
    odd: ["credentials-unreadable"],
  },
  {
    rule: "says that the password is wrong",
    row: { password: stored },
    accessRequest: { credentials: basic("nope") },
    checked: wrong,
    result: [401, "credentials-wrong"],
  },
  {
    rule: "says that a wrong password is no text, and whose name came with it",
    row: { password: stored },
    accessRequest: { credentials: basic(binary, "CP2") },
    checked: wrong,
    result: [401, "credentials-wrong", "credentials-not-utf8", "user-name"],
  },
  {
    rule: "says that the judge of passwords is busy",
    row: { password: stored },
    accessRequest: { credentials: basic("x") },
    checked: { verdict: "busy", which: "current" },
    result: [503, "busy"],
  },
  {
    rule: "tolerates hex for text",
    row: { password: stored },
    accessRequest: { credentials: basic("abcd") },
    checked: turned,
    result: 1,
    odd: ["credentials-hex"],
  },
  {
    rule: "refuses hex for text in strict mode",
    row: { password: stored, strict: true },
    accessRequest: { credentials: basic("abcd") },
    checked: turned,
    result: [401, "credentials-hex"],
  },
  {
    rule: "expects a binary key where hex was set",
    row: { password: hex },
    accessRequest: { credentials: basic(binary) },
    checked: good,
    result: 1,
  },
  {
    rule: "tolerates another user name",
    row: { password: stored },
    accessRequest: { credentials: basic(right, "admin") },
    checked: good,
    result: 1,
    odd: ["user-name"],
  },
  {
    rule: "refuses another user name in strict mode",
    row: { password: stored, strict: true },
    accessRequest: { credentials: basic(right, "admin") },
    checked: good,
    result: [401, "user-name"],
  },
  {
    rule: "refuses Basic over ws where profile 2 is required",
    row: { password: stored, profile: 2 },
    accessRequest: { credentials: basic(right) },
    checked: good,
    result: [403, "profile-too-low"],
  },
  {
    rule: "lets more in than is required",
    row: { password: stored, profile: 1 },
    accessRequest: { secure: true, credentials: basic(right) },
    checked: good,
    result: 2,
  },
  { rule: "refuses ws where profile 3 is required", row: { profile: 3 }, result: [403, "profile-too-low"] },
  {
    rule: "misses a client certificate where profile 3 is required",
    row: { profile: 3 },
    accessRequest: { secure: true },
    result: [403, "client-certificate-missing"],
  },
  {
    rule: "takes a certificate of ours that names the station, and asks for no password then",
    row: { profile: 3, password: stored },
    accessRequest: { secure: true, clientCertificate: certificate },
    result: 3,
  },
  {
    rule: "refuses a certificate that we do not know",
    row: { profile: 3 },
    accessRequest: { secure: true, clientCertificate: { ...certificate, trusted: false } },
    result: [403, "client-certificate-unknown"],
  },
  {
    rule: "refuses an expired certificate",
    row: { profile: 3 },
    accessRequest: {
      secure: true,
      clientCertificate: { ...certificate, notAfter: "2026-05-01T00:00:00Z", trusted: false },
    },
    result: [403, "client-certificate-expired"],
  },
  {
    rule: "refuses a certificate that is not valid yet",
    row: { profile: 3 },
    accessRequest: { secure: true, clientCertificate: { ...certificate, notBefore: "2026-07-01T00:00:00Z" } },
    result: [403, "client-certificate-expired"],
  },
  {
    rule: "refuses a certificate of another station",
    row: { profile: 3 },
    accessRequest: { secure: true, clientCertificate: { ...certificate, commonName: "CP2" } },
    result: [403, "client-certificate-identity"],
  },
  {
    rule: "refuses a certificate whose name is written otherwise",
    row: { profile: 3 },
    accessRequest: { secure: true, clientCertificate: { ...certificate, commonName: "cp1" } },
    result: [403, "client-certificate-identity"],
  },
  {
    rule: "tolerates a user name that is written otherwise, and says so",
    row: { password: stored },
    accessRequest: { credentials: basic(right, "cp1") },
    checked: good,
    result: 1,
    odd: ["user-name"],
  },
  {
    rule: "takes the very certificate that was allowed, whoever signed it",
    row: { profile: 3, certificate: "aabbcc" },
    accessRequest: { secure: true, clientCertificate: { ...certificate, trusted: false, commonName: "other" } },
    result: 3,
  },
  {
    rule: "refuses any other than the one that was allowed",
    row: { profile: 3, certificate: "aabbcd" },
    accessRequest: { secure: true, clientCertificate: certificate },
    result: [403, "client-certificate-unknown"],
  },
  {
    rule: "goes on by password past a certificate that is not needed",
    row: { password: stored },
    accessRequest: { secure: true, credentials: basic(right), clientCertificate: { ...certificate, trusted: false } },
    checked: good,
    result: 2,
    odd: ["client-certificate-unknown"],
  },
  {
    rule: "refuses a bad certificate that is not needed in strict mode",
    row: { strict: true },
    accessRequest: { secure: true, clientCertificate: { ...certificate, trusted: false } },
    result: [403, "client-certificate-unknown"],
  },
];

test.each(cases)("$rule", ({ accessRequest: given, row, unknown, checked = null, result, odd = [] }) => {
  const access = row && { identity: "CP1", ...row };
  const standing: Standing = { row: access, known: unknown === undefined, policy: unknown ?? "accept" };
  const admission = judge(accessRequest(given), standing, checked, now);
  const codes = admission.causes.map(({ code }) => code);
  if (typeof result === "number") {
    expect({ ...admission, causes: codes }).toEqual({ allow: true, securityProfile: result, causes: odd });
  } else {
    expect({ ...admission, causes: codes }).toEqual({ allow: false, status: result[0], causes: result.slice(1) });
  }
});

const whole = (row: Partial<AccessRow> | undefined, part: Partial<AccessRequest>, checked: Checked = null, more = {}) =>
  judge(
    accessRequest(part),
    { row: row && { identity: "CP1", ...row }, known: true, policy: "accept", ...more },
    checked,
    now,
  );
const profile = (number: number) => words("security-profile", { profile: number });

test.each<[string, Partial<AccessRow>, Partial<AccessRequest>, Cause[]]>([
  [
    "its certificate is of another time",
    { profile: 3 },
    { secure: true, clientCertificate: { ...certificate, notAfter: "2026-05-01T00:00:00Z" } },
    [{ code: "client-certificate-expired", said: "2026-01-01T00:00:00Z – 2026-05-01T00:00:00Z" }],
  ],
  ...["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED", "certificate is not yet valid"].map(
    (problem): [string, Partial<AccessRow>, Partial<AccessRequest>, Cause[]] => [
      `its certificate is out of date, as TLS says: ${problem}`,
      { profile: 3 },
      { secure: true, clientCertificate: { ...certificate, problem } },
      [{ code: "client-certificate-expired", said: "2026-01-01T00:00:00Z – 2027-01-01T00:00:00Z" }],
    ],
  ),
  [
    "nobody known signed its certificate",
    { profile: 3 },
    { secure: true, clientCertificate: { ...certificate, trusted: false, problem: "SELF_SIGNED" } },
    [{ code: "client-certificate-unknown", said: "CN=Plugside" }],
  ],
  [
    "it has another certificate than the one that was allowed",
    { profile: 3, certificate: "AA:BB:CD" },
    { secure: true, clientCertificate: certificate },
    [{ code: "client-certificate-unknown", said: "AA:BB:CC", expected: "AA:BB:CD" }],
  ],
  [
    "its certificate names another",
    { profile: 3 },
    { secure: true, clientCertificate: { ...certificate, commonName: "CP2" } },
    [{ code: "client-certificate-identity", said: "CP2", expected: "CP1" }],
  ],
  ["it shows none", { profile: 3 }, { secure: true }, [{ code: "client-certificate-missing", expected: profile(3) }]],
  ["it comes by ws", { profile: 2 }, {}, [{ code: "profile-too-low", said: profile(0), expected: profile(2) }]],
  [
    "it comes by ws with a password",
    { profile: 3 },
    { credentials: basic("x") },
    [{ code: "profile-too-low", said: profile(1), expected: profile(3) }],
  ],
  ...(
    [
      ["scheme", "Authorization: Basic"],
      ["base64", "base64(identity:password)"],
      ["colon", "identity:password"],
    ] as const
  ).map(([unreadable, expected]): [string, Partial<AccessRow>, Partial<AccessRequest>, Cause[]] => [
    `its header lacks its ${unreadable}`,
    { profile: 1 },
    { credentials: { user: "", password: text(""), unreadable } },
    [{ code: "credentials-unreadable", expected }],
  ]),
])("says what came and what was to come where %s", (_why, row, part, causes) => {
  expect(whole(row, part, good).causes).toEqual(causes);
});

test("says in which form a password came and was to come, and not what it is", () => {
  const row = { password: stored };
  const came = (password: Uint8Array | string, checked: Checked, own: Partial<AccessRow> = row) =>
    whole(own, { credentials: basic(password) }, checked).causes;
  expect(came(binary, wrong)).toEqual([
    { code: "credentials-wrong", said: words("password-no-text", { count: 4 }) },
    { code: "credentials-not-utf8" },
  ]);
  expect(came("0aFf", turned)).toEqual([
    { code: "credentials-hex", said: words("password-digits", { count: 4 }), expected: words("form-text") },
  ]);
  const next = { verdict: "other-form", which: "next" } as const;
  expect(came("0aFf", next, { ...row, nextPassword: hex })).toEqual([
    { code: "credentials-hex", said: words("password-digits", { count: 4 }), expected: words("form-bytes") },
  ]);
});

test("a certificate is good from its first moment to its last", () => {
  const at = (notBefore: number, notAfter: number) =>
    whole(
      { profile: 3 },
      {
        secure: true,
        clientCertificate: {
          ...certificate,
          notBefore: new Date(notBefore).toISOString(),
          notAfter: new Date(notAfter).toISOString(),
        },
      },
    ).allow;
  expect([at(now, now), at(now + 1, now + 2), at(now - 2, now - 1)]).toEqual([true, false, false]);
});

test("those without a choice of their own are taken as strictly as the settings say", () => {
  const admin = { credentials: basic(right, "admin") };
  expect(whole(undefined, admin, null, { strict: true })).toMatchObject({ allow: false, status: 401 });
  expect(whole({ note: "n" }, admin, null, { strict: true })).toMatchObject({ allow: false, status: 401 });
  expect(whole({ strict: false }, admin, null, { strict: true })).toMatchObject({ allow: true });
  expect(whole(undefined, admin, null, { strict: false })).toMatchObject({ allow: true });
});

it("never says a password", () => {
  const row = { identity: "CP1", password: stored };
  const asked = accessRequest({ credentials: basic("s3cret-s3cret-s3cret") });
  const told = JSON.stringify(judge(asked, { row, known: true, policy: "accept" }, wrong, now));
  expect(told).not.toContain("s3cret");
  expect(told).toContain(JSON.stringify(words("password-text", { count: 20 })));
});
