import { expect, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { announce } from "./announce.ts";

const mdns = vi.hoisted(() => ({
  made: [] as unknown[],
  published: [] as unknown[],
  calls: [] as string[],
  refuses: null as Error | null,
}));
vi.mock("bonjour-service", () => ({
  Bonjour: class {
    constructor(options: unknown) {
      if (mdns.refuses) throw mdns.refuses;
      mdns.made.push(options);
    }
    publish(service: unknown) {
      mdns.published.push(service);
      return {};
    }
    unpublishAll(done: () => void) {
      mdns.calls.push("unpublished");
      done();
    }
    destroy(done: () => void) {
      mdns.calls.push("destroyed");
      done();
    }
  },
}));
vi.mock("./guard-mdns.ts", () => ({ guardMdns: () => undefined, guardRecords: () => undefined }));

test("a way in is said on the network of its address, with where and what is spoken; it takes its leave at the end", async () => {
  const ways = [true, false].map((secure) =>
    announce({ port: 9000, secure, address: "192.0.2.7" }, "bench", silentLogger),
  );
  await expect.poll(() => mdns.published).toHaveLength(2);
  expect(mdns.made).toEqual([
    { interface: "192.0.2.7", bind: "0.0.0.0" },
    { interface: "192.0.2.7", bind: "0.0.0.0" },
  ]);
  const said = (type: string) => ({
    name: "Plugside on bench (9000)",
    probe: false,
    type,
    port: 9000,
    txt: { path: "/", protocols: "ocpp1.6,ocpp2.0.1,ocpp2.1" },
  });
  expect(mdns.published).toEqual([said("ocpps"), said("ocpp")]);
  await Promise.all(ways.map((way) => way.dispose()));
  expect(mdns.calls).toEqual(["unpublished", "destroyed", "unpublished", "destroyed"]);
});

test("what cannot be said is logged, and ends nothing", async () => {
  mdns.refuses = new Error("no multicast");
  const warn = vi.fn();
  const way = announce({ port: 9000, secure: false, address: "192.0.2.7" }, "bench", { ...silentLogger, warn });
  await way.dispose();
  await expect
    .poll(() => warn)
    .toHaveBeenCalledWith("the mDNS announcement failed", {
      why: words("system-says", { error: "no multicast" }),
    });
});
