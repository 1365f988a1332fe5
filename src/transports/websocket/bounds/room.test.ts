import { expect, onTestFinished, test, vi } from "vitest";
import { capacityFor, ownFileLimit, Room, sourceOf } from "./room.ts";

test("leaves descriptors for all but the stations, however few there are", () => {
  expect([null, 100_000, 1024, 256, 64].map(capacityFor)).toEqual([
    { links: 4000, ofAddress: 1000, connections: 4512 },
    { links: 4000, ofAddress: 1000, connections: 4512 },
    { links: 900, ofAddress: 675, connections: 924 },
    { links: 132, ofAddress: 99, connections: 156 },
    { links: 1, ofAddress: 1, connections: 16 },
  ]);
});

test("knows the limit of its own process where there is one", () => {
  const limit = ownFileLimit();
  if (process.platform === "win32") expect(limit).toBeNull();
  else expect(limit === null || limit >= 64).toBe(true);
});

test.each([
  [1024, 1024],
  ["4096", 4096],
  ["unlimited", null],
  [undefined, null],
])("a limit of %j files is told as %j", (soft, told) => {
  const report = vi.spyOn(process.report, "getReport");
  onTestFinished(() => report.mockRestore());
  report.mockReturnValue({ userLimits: { open_files: { soft } } });
  expect(ownFileLimit()).toBe(told);
  report.mockReturnValue({});
  expect(ownFileLimit()).toBeNull();
});

test("counts an IPv6 network as one address, and each IPv4 address as itself", () => {
  const addresses = [
    "192.0.2.1",
    "2001:db8::1",
    "2001:db8:0:0:1::9",
    "fe80::1%eth0",
    "::1",
    "2001:db8:0:1::1",
    "2001:db8:1:2:3:4:5:6",
  ];
  expect(addresses.map(sourceOf)).toEqual([
    "192.0.2.1",
    "2001:db8:0:0",
    "2001:db8:0:0",
    "fe80:0:0:0",
    "0:0:0:0",
    "2001:db8:0:1",
    "2001:db8:1:2",
  ]);
});

test("asks what there is room for when the first one comes, and once", () => {
  const asked = vi.fn(() => ({ links: 3, ofAddress: 2, connections: 5 }));
  const room = new Room(asked);
  expect(asked).not.toHaveBeenCalled();
  room.full("192.0.2.1");
  expect([room.halfOpen, asked.mock.calls.length]).toEqual([5, 1]);
});

test("has room again once some have left, for others than the one that took most of it", () => {
  const room = new Room(() => ({ links: 3, ofAddress: 2, connections: 5 }));
  room.enter("192.0.2.1");
  room.enter("192.0.2.1");
  expect([room.full("192.0.2.1"), room.full("192.0.2.2")]).toEqual([{ count: 2, of: "address" }, null]);
  room.enter("192.0.2.2");
  expect([room.full("192.0.2.3"), room.halfOpen]).toEqual([{ count: 3, of: "all" }, 2]);
  room.leave("192.0.2.1");
  expect([room.full("192.0.2.3"), room.halfOpen]).toEqual([null, 3]);
});
