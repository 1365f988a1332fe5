import { type Stub, startStub } from "./stub.ts";

/** A server that keeps what is put or posted. */
export type PutStub = Stub & {
  /** By their paths. */
  files: Map<string, Buffer>;
  stored: string[];
  headers: Record<string, string | string[] | undefined>;
  /** Whether it shows what it has. */
  blind: boolean;
};

export async function startPut(tls?: { key: string; cert: string }): Promise<PutStub> {
  const own = { files: new Map<string, Buffer>(), stored: [] as string[], headers: {}, blind: false };
  const stub: PutStub = Object.assign(
    await startStub((request, { method, path: raw }, body) => {
      const path = decodeURIComponent(raw);
      if (method === "PUT" || method === "POST") {
        stub.headers = request.headers;
        stub.files.set(path, body);
        stub.stored.push(path);
        return { status: 201 };
      }
      if (method === "DELETE") stub.files.delete(path);
      const file = stub.files.get(path);
      if (stub.blind) return { status: 405 };
      return file ? { status: 200, body: file } : { status: 404 };
    }, tls),
    own,
  );
  return stub;
}
