import type { EventEmitter } from "node:events";
import { Bonjour } from "bonjour-service";
import { expect, onTestFinished, test } from "vitest";
import { guardAnswers, guardMdns, guardRecords } from "./guard-mdns.ts";

type Inside = { server: { mdns: EventEmitter & { update: () => void } } };

test("lets nothing that an announcement meets through, and keeps its last records", () => {
  const errors: unknown[] = [];
  // Port 0: bound nowhere that others hear of.
  const bonjour = new Bonjour({ port: 0 });
  onTestFinished(() => new Promise<void>((resolve) => bonjour.destroy(() => resolve())));
  const { mdns } = (bonjour as unknown as Inside).server;
  const told = (error: unknown) => void errors.push(error instanceof Error ? error.message : error);
  mdns.update = () => {
    throw new Error("no look at the addresses");
  };
  mdns.on("response", () => {
    throw new Error("an odd answer");
  });
  guardMdns(bonjour, told);
  guardAnswers(bonjour, told);
  mdns.update();
  mdns.emit("response", {});
  expect(errors.splice(0)).toEqual(["no look at the addresses", "an odd answer"]);
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

test.each<[object, boolean]>([
  [{}, true],
  [{ server: {} }, true],
  [{ server: { mdns: {} } }, false],
])("a library that is made in another way is told: %j", (made, forAnswers) => {
  const bonjour = made as Bonjour;
  const inAnotherWay = "the mDNS library is made in another way";
  expect(() => guardMdns(bonjour, () => undefined)).toThrow(inAnotherWay);
  if (forAnswers) expect(() => guardAnswers(bonjour, () => undefined)).toThrow(inAnotherWay);
});
