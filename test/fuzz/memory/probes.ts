import type { Socket } from "node:net";
import { maskedFrame, maskedText } from "../../harness/masked-frame.ts";
import { openRaw, ownAddress, written } from "./raw-link.ts";

/** Something that could fill a core. `descriptors`: how many files and sockets the core may have open. */
export type Probe = {
  name: string;
  descriptors?: number;
  /** Bytes; the largest frame that is taken, where it is not the default. */
  frameLimit?: number;
  /** Does it, and gives what was done in a few words. */
  run(port: number): Promise<string>;
};

const seconds = (count: number) => performance.now() + count * 1000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What was seen to fill version 0.1.0, each for as long as it took there. */
export const probes: readonly Probe[] = [
  {
    name: "a reader that never reads",
    async run(port) {
      let asked = 0;
      const deadline = seconds(25);
      const long = "x".repeat(200);
      const questions = Buffer.concat(
        Array.from({ length: 400 }, (_, at) => maskedText(`[2,"${at}-${long}","Heartbeat",{}]`)),
      );
      await Promise.all(
        Array.from({ length: 4 }, async (_, at) => {
          while (performance.now() < deadline) {
            const socket = await openRaw({ port, identity: `MUTE-${at}` });
            if (!socket) await pause(200);
            else {
              const late = setTimeout(() => socket.destroy(), deadline - performance.now());
              while (performance.now() < deadline && (await written(socket, questions))) asked += 400;
              clearTimeout(late);
              socket.destroy();
            }
          }
        }),
      );
      return `${asked} questions asked`;
    },
  },
  {
    name: "60 half frames of 16 MB",
    frameLimit: 64 * 1024 * 1024,
    async run(port) {
      const frame = maskedFrame(0x81, Buffer.alloc(16 * 1024 * 1024, 0x61));
      const sockets = await Promise.all(
        Array.from({ length: 60 }, (_, at) => openRaw({ port, identity: `HALF-${at}`, from: ownAddress(at) })),
      );
      const open = sockets.filter((socket) => socket !== null);
      let whole = 0;
      for (const socket of open) {
        const sent = await Promise.race([written(socket, frame.subarray(0, -1)), pause(3000).then(() => false)]);
        if (sent) whole += 1;
      }
      await pause(3000);
      for (const socket of open) socket.destroy();
      return `${open.length} let in, ${whole} halves taken`;
    },
  },
  {
    name: "60 half frames over the limit",
    async run(port) {
      const frame = maskedFrame(0x81, Buffer.alloc(16 * 1024 * 1024, 0x61));
      const open = await Promise.all(
        Array.from({ length: 60 }, (_, at) => openRaw({ port, identity: `OVER-${at}`, from: ownAddress(at) })),
      );
      for (const socket of open) {
        if (socket) await Promise.race([written(socket, frame.subarray(0, -1)), pause(1000)]);
      }
      for (const socket of open) socket?.destroy();
      return `${open.filter((socket) => socket !== null).length} let in`;
    },
  },
  {
    name: "250 long-named frames",
    async run(port) {
      let said = 0;
      for (let at = 0; at < 250; at++) {
        const socket = await openRaw({ port, identity: "LONG" });
        if (!socket) continue;
        socket.resume();
        if (await written(socket, longNamed(at))) said += 1;
        await answered(socket);
        socket.destroy();
      }
      return `${said} said`;
    },
  },
  {
    name: "100,000 identities",
    async run(port) {
      let tried = 0;
      let open = 0;
      const worker = async () => {
        while (tried < 100_000) {
          const number = tried++;
          const socket = await openRaw({ port, identity: `NEW-${number}`, from: ownAddress(number) });
          if (socket) open += 1;
          socket?.resetAndDestroy();
        }
      };
      await Promise.all(Array.from({ length: 64 }, worker));
      return `${open} of ${tried} let in`;
    },
  },
  ...[256, 1024].map(
    (descriptors): Probe => ({
      name: `${descriptors} file descriptors`,
      descriptors,
      async run(port) {
        const sockets = await Promise.all(
          Array.from({ length: descriptors * 2 }, (_, at) =>
            Promise.race([
              openRaw({ port, identity: `FD-${at % 200}`, from: ownAddress(at) }),
              pause(4000).then(() => null),
            ]),
          ),
        );
        const open = sockets.filter((socket) => socket !== null);
        await pause(8000);
        for (const socket of open) socket.destroy();
        return `${open.length} of ${descriptors * 2} let in`;
      },
    }),
  ),
];

/** A frame of nearly a megabyte, most of it one name: of an action, a field, a measurand, a vendor. */
function longNamed(at: number): Buffer {
  const name = `${at}${"n".repeat(900_000)}`;
  const time = "2026-07-01T12:00:00Z";
  const sampled = {
    connectorId: 1,
    meterValue: [{ timestamp: time, sampledValue: [{ value: "1", measurand: name }] }],
  };
  const messages: [string, unknown][] = [
    [name, {}],
    ["Heartbeat", { [name]: 1 }],
    ["MeterValues", sampled],
    ["BootNotification", { chargePointVendor: name, chargePointModel: "M" }],
    ["StatusNotification", { connectorId: at, errorCode: name, status: name }],
  ];
  const [action, payload] = messages[at % messages.length] ?? ["Heartbeat", {}];
  return maskedText(JSON.stringify([2, String(at), action, payload]));
}

function answered(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 2000);
    for (const event of ["data", "close"]) {
      socket.once(event, () => {
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
