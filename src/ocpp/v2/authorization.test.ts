import { describe, expect, it } from "vitest";
import type { TokenDecision } from "../dialect.ts";
import { v21, v201 } from "./dialect.ts";
import { answerContext, exchange } from "./test-exchange.ts";

const idToken = { idToken: "04A1B2C3D4E5F6", type: "ISO14443" };
const token = { value: "04A1B2C3D4E5F6", type: "ISO14443" };

function deciding(decision: TokenDecision) {
  return answerContext(undefined, decision);
}

describe("Authorize", () => {
  it.each(["Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid"] as const)(
    "answers and records %s",
    (status) => {
      expect(exchange(v201, "Authorize", { idToken }, deciding({ status }))).toEqual({
        reply: { idTokenInfo: { status } },
        events: [{ kind: "token", token, decision: status, source: "Authorize" }],
      });
    },
  );

  it("tells group and expiry", () => {
    const decision: TokenDecision = {
      status: "Accepted",
      group: { value: "FLEET-7" },
      expiry: "2027-01-01T01:00:00+01:00",
    };
    expect(exchange(v201, "Authorize", { idToken }, deciding(decision))).toEqual({
      reply: {
        idTokenInfo: {
          status: "Accepted",
          cacheExpiryDateTime: "2027-01-01T00:00:00.000Z",
          groupIdToken: { idToken: "FLEET-7", type: "Central" },
        },
      },
      events: [
        {
          kind: "token",
          token,
          decision: "Accepted",
          source: "Authorize",
          group: "FLEET-7",
          expiry: "2027-01-01T00:00:00.000Z",
        },
      ],
    });
  });

  it("leaves out a group that is longer than the version allows", () => {
    const decision: TokenDecision = { status: "Accepted", group: { value: "G".repeat(40), type: "VIN" } };
    const of = (dialect: typeof v201) => exchange(dialect, "Authorize", { idToken }, deciding(decision)).reply;
    expect(of(v201)).toEqual({ idTokenInfo: { status: "Accepted" } });
    expect(of(v21)).toEqual({
      idTokenInfo: { status: "Accepted", groupIdToken: { idToken: "G".repeat(40), type: "VIN" } },
    });
  });

  it("accepts a start button, which shows no card, without asking the list", () => {
    const request = { idToken: { idToken: "", type: "NoAuthorization" } };
    expect(exchange(v201, "Authorize", request, deciding({ status: "Invalid" }))).toEqual({
      reply: { idTokenInfo: { status: "Accepted" } },
      events: [],
    });
  });

  it("reads a bare idTag, as 1.6 has it, and says so", () => {
    expect(exchange(v201, "Authorize", { idTag: "ABC" })).toEqual({
      reply: { idTokenInfo: { status: "Accepted" } },
      events: [
        {
          kind: "found",
          finding: {
            rule: "other-version",
            where: "Authorize /idToken",
            said: "ABC",
            expected: "idToken: {idToken, type}",
          },
        },
        { kind: "token", token: { value: "ABC" }, decision: "Accepted", source: "Authorize" },
      ],
    });
  });

  it("answers Invalid where there is no token, and records none", () => {
    expect(exchange(v201, "Authorize", {})).toEqual({ reply: { idTokenInfo: { status: "Invalid" } }, events: [] });
  });
});

describe("VatNumberValidation", () => {
  it.each([
    [0, 0],
    [1, 1],
    [-1, undefined],
    [1.5, undefined],
    ["1", undefined],
  ])("tells EVSE %j again as %j: where it is none, as none", (asked, told) => {
    const { reply } = exchange(v21, "VatNumberValidation", { vatNumber: "SE556677889901", evseId: asked });
    expect(reply.evseId).toBe(told);
  });

  it("is refused, with the number and EVSE that were asked", () => {
    expect(exchange(v21, "VatNumberValidation", { vatNumber: "SE556677889901", evseId: 1 })).toEqual({
      reply: {
        vatNumber: "SE556677889901",
        evseId: 1,
        status: "Rejected",
        statusInfo: {
          reasonCode: "UnsupportedRequest",
          additionalInfo: "No VAT register is asked by this central system.",
        },
      },
      events: [{ kind: "noticed", action: "VatNumberValidation", summary: "vatNumber SE556677889901, evseId 1" }],
    });
  });
});
