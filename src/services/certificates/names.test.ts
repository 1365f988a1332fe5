import { expect, test } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import type { LocalAddress } from "../../transports/addresses.ts";
import { issueRoot, issueServer } from "./issue.ts";
import { serverNames, whyRenew } from "./names.ts";

const at = (address: string, more: Partial<LocalAddress> = {}): LocalAddress => ({
  address,
  family: address.includes(":") ? 6 : 4,
  network: "eth0",
  kind: "ethernet",
  linkLocal: false,
  ...more,
});

test("a certificate is for every name and address of this machine, and those added by hand, each once", () => {
  const addresses = [
    at("127.0.0.1", { kind: "loopback" }),
    at("10.0.0.1", { kind: "virtual" }),
    at("fe80::7%eth0", { linkLocal: true }),
    at("192.0.2.7"),
    at("192.0.2.8"),
  ];
  expect(serverNames("Bench.Depot.example", addresses, ["CSMS.example", "198.51.100.1", "192.0.2.7"])).toEqual({
    common: "192.0.2.7",
    dns: ["bench.depot.example", "bench.local", "csms.example", "localhost"],
    ip: ["10.0.0.1", "127.0.0.1", "192.0.2.7", "192.0.2.8", "198.51.100.1", "::1", "fe80::7"],
  });
});

test.each([
  ["bench", [], "bench", ["bench", "bench.local", "localhost"]],
  ["192.0.2.9", [], "localhost", ["localhost"]],
  ["-bad_name", [], "localhost", ["localhost"]],
  ["", [], "localhost", ["localhost"]],
  ["x".repeat(70), [], "x".repeat(64), [`${"x".repeat(70)}`, `${"x".repeat(70)}.local`, "localhost"].sort()],
] as const)("a machine called %j without a network is called %s", (host, addresses, common, dns) => {
  expect(serverNames(host, addresses, [])).toMatchObject({ common, dns: [...dns].sort(), ip: ["127.0.0.1", "::1"] });
});

test("a certificate is made anew when another root signs, when it is not good yet or ends within thirty days, or lacks a name", async () => {
  const x509 = await loadX509();
  const now = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  const [root, other] = await Promise.all([issueRoot(x509, "ec", now), issueRoot(x509, "ec", now)]);
  const names = { common: "host", dns: ["host"], ip: ["192.0.2.7", "::1"] };
  const { certificate } = await issueServer(x509, { kind: "ec", ...root }, "host", names, now);
  const why = (moment: number, wanted = names, signer = root.certificate) =>
    whyRenew(certificate, signer, wanted, moment);
  const [from, to] = [certificate.validFromDate.getTime(), certificate.validToDate.getTime()];
  expect([why(now), why(from), why(to - 30 * day)]).toEqual([null, null, null]);
  expect(why(from - 1)).toContain("not valid yet");
  expect(why(to - 30 * day + 1)).toContain("ends soon");
  expect(why(now, names, other.certificate)).toContain("another root");
  expect(why(now, { ...names, dns: ["host", "new"], ip: ["192.0.2.7", "::2"] })).toBe("it does not name new, ::2");
  expect(why(now, { ...names, ip: ["192.0.2.8"] })).toBe("it does not name 192.0.2.8, 192.0.2.8");
});
