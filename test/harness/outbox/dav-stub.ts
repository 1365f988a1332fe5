import type { IncomingMessage } from "node:http";
import { type Asked, type Stub, startStub } from "./stub.ts";

export const davAccount = { user: "tech", password: "hemligt åäö" };

/** A WebDAV server of a test's own, as RFC 4918 has it: a folder must be there before what lies in it. */
export type DavStub = Stub & { files: Map<string, Buffer>; folders: Set<string>; stored: string[] };

type Reply = { status: number; body?: string | Buffer };

export async function startDav(): Promise<DavStub> {
  const own = { files: new Map<string, Buffer>(), folders: new Set(["/"]), stored: [] as string[] };

  function answer({ headers }: IncomingMessage, { method, path: raw }: Asked, body: Buffer): Reply {
    const expected = `Basic ${Buffer.from(`${davAccount.user}:${davAccount.password}`).toString("base64")}`;
    if (headers.authorization !== expected) return { status: 401 };
    const path = decodeURIComponent(raw);
    const parent = path.replace(/[^/]+\/?$/, "");
    if (method === "MKCOL") {
      if (stub.folders.has(path)) return { status: 405 };
      if (!stub.folders.has(parent)) return { status: 409 };
      stub.folders.add(path);
      return { status: 201 };
    }
    if (method === "PUT") {
      if (!stub.folders.has(parent)) return { status: 409 };
      stub.files.set(path, body);
      return { status: 201 };
    }
    const file = stub.files.get(path);
    if (!file) return { status: 404 };
    if (method === "PROPFIND") {
      const length = `<d:prop><d:getcontentlength>${file.length}</d:getcontentlength></d:prop>`;
      return { status: 207, body: `<d:multistatus xmlns:d="DAV:"><d:response>${length}</d:response></d:multistatus>` };
    }
    if (method === "DELETE" || method === "MOVE") stub.files.delete(path);
    if (method === "MOVE") {
      const to = decodeURIComponent(new URL(String(headers.destination)).pathname);
      stub.files.set(to, file);
      stub.stored.push(to);
    }
    return { status: method === "MOVE" ? 201 : 204 };
  }

  const stub: DavStub = Object.assign(await startStub(answer), own);
  return stub;
}
