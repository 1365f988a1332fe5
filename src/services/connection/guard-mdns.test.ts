import type { EventEmitter } from "node:events";
import { Bonjour } from "bonjour-service";
import { expect, onTestFinished, test } from "vitest";
import { guardMdns, guardRecords } from "./guard-mdns.ts";

type Inside = { server: { mdns: EventEmitter & { update: () => void } } };

test("lets nothing that an announcement meets through, and keeps its last records", () => {
  const errors: unknown[] = [];
  // Port 0: bound nowhere that others hear of.
  const bonjour = new Bonjour({ port: 0 });
  onTestFinished(() => new Promise<void>((resolve) => bonjour.destroy(() => resolve())));
  const { mdns } = (bonjour as unknown as Inside).server;
  const told = (error: unknown) => void errors.push(error instanceof Error ? error.message : error);
  guardMdns(bonjour, told);
  mdns.emit("error", new Error("no more descriptors"));
  mdns.emit("query", { questions: null });
  expect(errors).toEqual(["no more descriptors", expect.stringContaining("null")]);

  let made = 0;
  const service = {
    records() {
      made++;
      if (made > 1) throw new Error("no more addresses");
      return [{ name: "first" }];
    },
  };
  guardRecords(service as unknown as Parameters<typeof guardRecords>[0], told);
  expect([service.records(), service.records()]).toEqual([[{ name: "first" }], [{ name: "first" }]]);
  expect(errors.at(-1)).toBe("no more addresses");
});
