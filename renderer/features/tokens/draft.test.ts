import { describe, expect, it } from "vitest";
import type { TokenEntry } from "../../../src/services/tokens/contract.ts";
import {
  answerOf,
  draftOf,
  emptyDraft,
  filterTokens,
  longestIdTag,
  lookUp,
  readDraft,
  reversedBytes,
} from "./draft.ts";

describe("readDraft", () => {
  it("trims what is typed and leaves out what is empty", () => {
    expect(readDraft({ ...emptyDraft, value: " 04A1B2C3 ", note: " blue card " }, [])).toEqual({
      token: { value: "04A1B2C3", status: "Accepted", note: "blue card" },
    });
  });

  it("reads the expiry as local time and keeps it in UTC", () => {
    const local = new Date(2027, 0, 31, 12, 30);
    expect(readDraft({ ...emptyDraft, value: "A", expiry: "2027-01-31 12:30" }, [])).toEqual({
      token: { value: "A", status: "Accepted", expiry: local.toISOString() },
    });
  });

  it("takes a date alone to the end of its day, and no day that the calendar lacks", () => {
    const end = new Date(2027, 0, 31, 23, 59, 59);
    expect(readDraft({ ...emptyDraft, value: "A", expiry: "2027-01-31" }, [])).toEqual({
      token: { value: "A", status: "Accepted", expiry: end.toISOString() },
    });
    for (const expiry of ["2027-02-31", "2027-13-01", "2027-01-31 24:00", "2027-01-31 12:60", "31.1.2027"]) {
      expect(readDraft({ ...emptyDraft, value: "A", expiry }, [])).toEqual({
        problems: { expiry: "expiryUnreadable" },
      });
    }
  });

  it("says for each field what is wrong with it", () => {
    const draft = { ...emptyDraft, value: " ", expiry: "soon", group: "g".repeat(256), note: "n".repeat(501) };
    expect(readDraft(draft, [])).toEqual({
      problems: { value: "valueMissing", expiry: "expiryUnreadable", group: "tooLong", note: "tooLong" },
    });
    expect(readDraft({ ...emptyDraft, value: "v".repeat(256) }, [])).toEqual({ problems: { value: "valueTooLong" } });
  });

  it("refuses a value that is in the list already, letter case aside", () => {
    expect(readDraft({ ...emptyDraft, value: "abCD" }, ["ABcd"])).toEqual({ problems: { value: "valueListed" } });
  });
});

describe("readDraft, at its bounds", () => {
  it("takes what is as long as the contract takes", () => {
    const [value, group, note] = ["v".repeat(255), "g".repeat(255), "n".repeat(500)];
    expect(readDraft({ ...emptyDraft, value, group, note }, [])).toEqual({
      token: { value, group, note, status: "Accepted" },
    });
    expect(longestIdTag).toBe(20);
  });

  it("reads a time after a T, with a dot, and of one digit, on any day that there is", () => {
    const at = (expiry: string) => {
      const read = readDraft({ ...emptyDraft, value: "A", expiry }, []);
      return "token" in read ? new Date(read.token.expiry ?? 0) : read.problems.expiry;
    };
    expect(at("2028-02-29T9.05")).toEqual(new Date(2028, 1, 29, 9, 5));
    expect(at("2027-1-2  23:59")).toEqual(new Date(2027, 0, 2, 23, 59));
    for (const text of ["2027-02-29", "2027-04-31", "2027-00-01", "2027-01-00", "2027-01-31 9:5", "27-01-31"])
      expect(at(text)).toBe("expiryUnreadable");
  });

  it("keeps the answer that is chosen", () => {
    expect(readDraft({ ...emptyDraft, value: "A", status: "Blocked" }, ["B"])).toEqual({
      token: { value: "A", status: "Blocked" },
    });
  });
});

describe("draftOf", () => {
  it("gives back to the minute what was saved", () => {
    const token: TokenEntry = {
      value: "A",
      status: "Blocked",
      expiry: new Date(2027, 5, 1, 8, 5).toISOString(),
      group: "fleet",
    };
    expect(draftOf(token)).toEqual({
      value: "A",
      status: "Blocked",
      expiry: "2027-06-01 08:05",
      group: "fleet",
      note: "",
    });
    expect(readDraft(draftOf(token), [])).toEqual({ token });
    const bare: TokenEntry = { value: "A", status: "Accepted" };
    expect(draftOf(bare)).toEqual({ ...bare, expiry: "", group: "", note: "" });
    expect(draftOf({ ...bare, expiry: "soon", note: "Anna" })).toEqual({
      ...bare,
      expiry: "",
      group: "",
      note: "Anna",
    });
  });
});

describe("lookUp", () => {
  const tokens: TokenEntry[] = [
    { value: "04A1B2C3", status: "Accepted" },
    { value: "customer-7", status: "Blocked" },
  ];

  it("finds a token whatever its letter case", () => {
    expect(lookUp("04a1b2c3", tokens)).toEqual({ listed: tokens[0], turned: null });
  });

  it("names the entry that has the same bytes in reverse", () => {
    expect(lookUp("C3B2A104", tokens)).toEqual({ listed: null, turned: tokens[0] });
  });

  it("finds nothing for a stranger", () => {
    expect(lookUp("DEADBEEF", tokens)).toEqual({ listed: null, turned: null });
  });
});

describe("reversedBytes", () => {
  it("turns whole bytes in hex and nothing else", () => {
    expect(reversedBytes("04A1B2C3")).toBe("C3B2A104");
    expect(["04A1B2", `${"0".repeat(18)}A1`, `${"0".repeat(20)}A1`, "04a1b2c3"].map(reversedBytes)).toEqual([
      null,
      `A1${"0".repeat(18)}`,
      null,
      "c3b2a104",
    ]);
    expect(["04A1B2C", "tag", "ABAB", "ABABABAB", "0123456789"].map(reversedBytes)).toEqual([
      null,
      null,
      null,
      null,
      "8967452301",
    ]);
  });
});

describe("answerOf", () => {
  it("is Expired from the instant on, for an accepted token alone", () => {
    const expiry = "2026-06-01T00:00:00.000Z";
    const at = Date.parse(expiry);
    expect(answerOf({ value: "A", status: "Accepted", expiry }, at - 1)).toBe("Accepted");
    expect(answerOf({ value: "A", status: "Accepted", expiry }, at)).toBe("Expired");
    expect(answerOf({ value: "A", status: "Blocked", expiry }, at)).toBe("Blocked");
  });
});

describe("filterTokens", () => {
  it("wants every word, in any of the columns", () => {
    const tokens: TokenEntry[] = [
      { value: "04A1", status: "Accepted", note: "Anna, blue card" },
      { value: "04B2", status: "Blocked", group: "fleet" },
    ];
    expect(filterTokens(tokens, "04 blue")).toEqual([tokens[0]]);
    expect(filterTokens(tokens, "BLOCKED fleet")).toEqual([tokens[1]]);
    expect(filterTokens(tokens, " ")).toEqual(tokens);
    expect(filterTokens(tokens, "fleet blue")).toEqual([]);
    expect(filterTokens(tokens, "04 b2")).toEqual([tokens[1]]);
  });
});
