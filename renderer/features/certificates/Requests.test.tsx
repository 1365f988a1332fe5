// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type {
  CertificatesOverview,
  RequestProblem,
  SigningRequestView,
} from "../../../src/services/certificates/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { Requests } from "./Requests.tsx";

screensForFile();

const request = { id: 7, station: "CP1", at: 0, state: "waiting" } satisfies SigningRequestView;
const overviewOf = (requests: SigningRequestView[]) => ({ requests }) as CertificatesOverview;
const shown = (requests: SigningRequestView[], answers: Written["answers"] = {}) =>
  show(<Requests overview={overviewOf(requests)} />, { answers });

test("a request tells what became of it, and why", async () => {
  const outcome = { result: "rejected", why: words("no-core") } as const;
  const requests: SigningRequestView[] = [
    { ...request, certificateType: "V2GCertificate" },
    { ...request, id: 6, state: "sent", outcome },
    { ...request, id: 5, state: "sent", outcome: { result: "accepted" } },
    { ...request, id: 4, state: "sent" },
    { ...request, id: 3, state: "refused", problem: "other-common-name", said: "CP9" },
    { ...request, id: 2, state: "failed", said: "what nobody knows" },
  ];
  const screen = await shown(requests);
  expect(screen.says("[aria-labelledby=certificates-requests] ul")).toMatchInlineSnapshot(`
    [
      "CP1 1970-01-01T00:00:00.000Z V2GCertificate",
      "Waits for you",
      "[Sign and send]",
      "[Refuse]",
      "CP1 1970-01-01T00:00:00.000Z",
      "Signed and sent: refused no core runs on this folder",
      "CP1 1970-01-01T00:00:00.000Z",
      "Signed and sent: accepted",
      "CP1 1970-01-01T00:00:00.000Z",
      "Sent",
      "CP1 1970-01-01T00:00:00.000Z",
      "Not signed",
      "Its common name is neither the station's identity nor its serial number.",
      "It says: CP9",
      "CP1 1970-01-01T00:00:00.000Z",
      "Not sent",
      "It says: what nobody knows",
    ]
  `);
});

test.each([
  [10, 10],
  [11, 10],
])("of %i requests %i are shown, and all when one wants them", async (all, few) => {
  const requests = Array.from({ length: all }, (_, id): SigningRequestView => ({ ...request, id, state: "refused" }));
  const screen = await shown(requests);
  const count = () => screen.says("ul").filter((line) => line === "Not signed").length;
  const more = `[Show all ${all}]`;
  expect([count(), screen.says().includes(more)]).toEqual([few, all > few]);
  if (all === few) return;
  await screen.press(more.slice(1, -1));
  expect([count(), screen.says().includes(more)]).toEqual([all, false]);
});

test.each<[problem: RequestProblem, forced: boolean]>([
  ["other-common-name", true],
  ["other-organisation", true],
  ["bad-signature", false],
])("a request with the problem %s may be signed all the same: %s", async (problem, forced) => {
  const screen = await shown([request], {
    "certificates.decide": failure("invalid-input", words(`request-${problem}`), { problem }),
  });
  await screen.press("Refuse");
  expect(screen.asked()).toEqual([["certificates.decide", { id: 7, sign: false }]]);
  await screen.press("Sign and send");
  expect(screen.asked()).toEqual([["certificates.decide", { id: 7, sign: true }]]);
  expect(screen.says().some((line) => line.startsWith("! Not signed. "))).toBe(true);
  expect(screen.says().includes("[Sign all the same]")).toBe(forced);
  if (!forced) return;
  await screen.press("Sign all the same");
  expect(screen.says()).toContain("The certificate gets the names of the request, and CP1 gets the certificate.");
  await screen.press("Sign all the same");
  expect(screen.asked()).toEqual([["certificates.decide", { id: 7, sign: true, force: true }]]);
});
