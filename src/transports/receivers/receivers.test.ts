import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { connect as connectSecure, type SecureContextOptions } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { selfSigned } from "../../../test/harness/self-signed.ts";
import { DisposableStore } from "../../lib/disposable.ts";
import type { Drop } from "./drop.ts";
import { createReceivers } from "./receivers.ts";

let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

function receivers(ftp = 0, tls: SecureContextOptions | null = null) {
  return store.add(
    createReceivers({
      ports: { ftp: [ftp], sftp: [0] },
      tls: () => tls,
      hostKeys: async () => [],
      onStray: () => undefined,
    }),
  );
}

function dropFor(user: string): Drop {
  return {
    user,
    password: "p",
    path: `/${user}/`,
    receive: async () => ({ size: 0 }),
    sizeOf: () => null,
    rename: () => false,
    room: () => 0,
    onSeen: () => undefined,
  };
}

/** What is said to a user who logs in at a port; null where nobody listens there. */
function welcome(port: number | null, user: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port ?? 0, "127.0.0.1", () => socket.write(`USER ${user}\r\nPASS p\r\n`));
    store.add({ dispose: () => void socket.destroy() });
    let said = "";
    socket.setEncoding("utf8").on("data", (text) => {
      said += text;
      const [code] = /^(?:230|530)/m.exec(said) ?? [];
      if (code) resolve(code);
    });
    socket.once("error", () => resolve(null));
  });
}

test("drops share one port, which is open until the last of them is closed, and knows none that was", async () => {
  const { open } = receivers();
  const [one, other] = [await open("ftp", dropFor("one")), await open("ftp", dropFor("other"))];
  expect(other.port).toBe(one.port);
  expect(await welcome(one.port, "one")).toBe("230");
  one.close();
  expect(await welcome(one.port, "one")).toBe("530");
  expect(await welcome(one.port, "other")).toBe("230");
  other.close();
  await expect.poll(() => welcome(one.port, "other")).toBeNull();
});

test("a port that cannot be had is passed over for the next, and the door that was wanted is had where it is free", async () => {
  const { open } = receivers();
  const first = await open("ftp", dropFor("one"));
  const { port } = first;
  first.close();
  await expect.poll(() => welcome(port, "one")).toBeNull();
  const again = await open("ftp", dropFor("one"), port ?? undefined);
  expect(again.port).toBe(port);
  const beside = await receivers().open("ftp", dropFor("two"), port ?? undefined);
  expect(beside.port).not.toBe(port);
  expect(await welcome(beside.port, "two")).toBe("230");
});

test("where no port can be had it is said so, and it is tried anew the next time", async () => {
  const other = createServer().listen(0, "::");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { open } = receivers(port);
  await expect(open("ftp", dropFor("one"))).rejects.toMatchObject({ code: "EADDRINUSE" });
  other.close();
  await once(other, "close");
  const door = await open("ftp", dropFor("one"));
  expect([door.port, await welcome(port, "one")]).toEqual([port, "230"]);
  door.close();
  await expect.poll(() => welcome(port, "one")).toBeNull();
});

test("at the door of FTPS alone TLS may be begun from the first byte", async () => {
  const { open } = receivers(0, await selfSigned("127.0.0.1"));
  const secured = (port: number | null) =>
    new Promise<boolean>((resolve) => {
      const socket = connectSecure({ port: port ?? 0, host: "127.0.0.1", rejectUnauthorized: false });
      store.add({ dispose: () => void socket.destroy() });
      socket.once("secureConnect", () => resolve(true)).once("error", () => resolve(false));
    });
  const [plain, secure] = [await open("ftp", dropFor("one")), await open("ftps", dropFor("two"))];
  expect(plain.port).not.toBe(secure.port);
  expect([await secured(plain.port), await secured(secure.port)]).toEqual([false, true]);
});
