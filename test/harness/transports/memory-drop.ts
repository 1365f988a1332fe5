import type { Drop, ReceiverEvent } from "../../../src/transports/receivers/drop.ts";

/** A drop of one test, which keeps files in memory, and what was seen of it. `gate.hold` is waited for before a file counts as kept.
 * @param onChunk told as something comes */
export function memoryDrop(login: Pick<Drop, "password" | "path">, onChunk: () => void = () => undefined) {
  const files = new Map<string, Buffer>();
  const seen: ReceiverEvent[] = [];
  const waiting: (() => void)[] = [];
  const gate = { hold: Promise.resolve() };
  const drop: Drop = {
    ...login,
    user: "u1",
    sizeOf: (name) => files.get(name)?.length ?? null,
    room: () => 1e9,
    onSeen(event) {
      seen.push(event);
      for (const wake of waiting.splice(0)) wake();
    },
    rename(from, to) {
      const file = files.get(from);
      if (file) files.set(to, file);
      return files.delete(from);
    },
    async receive({ name, offset, chunks }) {
      const parts = [(files.get(name) ?? Buffer.alloc(0)).subarray(0, offset)];
      try {
        for await (const chunk of chunks) {
          parts.push(Buffer.from(chunk));
          onChunk();
        }
      } finally {
        files.set(name, Buffer.concat(parts));
      }
      await gate.hold;
      return { size: files.get(name)?.length ?? 0 };
    },
  };
  /** Waits until such a thing was seen. */
  async function saw(type: ReceiverEvent["type"]): Promise<ReceiverEvent | undefined> {
    while (!seen.some((event) => event.type === type)) await new Promise<void>((wake) => waiting.push(wake));
    return seen.find((event) => event.type === type);
  }
  return { drop, files, seen, saw, gate };
}
