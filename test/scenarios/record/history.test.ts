import { expect, test } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { snapshot, testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test.each([1, 2, 3, 7, 100])(
  "pages of %i entries add up to the whole time line, read from either end",
  async (limit) => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, []);
    // One frame with several entries: an event, and a finding for each field that does not fit.
    const odd = {
      connectorId: 1,
      errorCode: 7,
      status: "Faulted",
      info: "x".repeat(60),
      colour: "red",
      timestamp: "noon",
    };
    for (let round = 0; round < 3; round++) {
      await station.ask("StatusNotification", { ...odd, [`field${round}`]: 1 });
      await station.ask("StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Available" });
    }
    const whole = await snapshot(client, "history.live", {});
    expect(whole.length).toBeGreaterThan(12);
    const paged: HistoryEntry[] = [];
    for (let more = true; more; ) {
      const page = await client.call("history.page", { limit, before: paged[0]?.event.seq });
      paged.unshift(...page.entries);
      more = page.more;
      expect(page.entries.length).toBeGreaterThan(0);
    }
    expect(paged).toEqual(whole);

    const forward: HistoryEntry[] = [];
    for (let more = true; more; ) {
      const page = await client.call("history.page", { limit, after: forward.at(-1)?.event.seq ?? 0 });
      forward.push(...page.entries);
      more = page.more;
      expect(page.entries.length).toBeGreaterThan(0);
    }
    expect(forward).toEqual(whole);
  },
);
