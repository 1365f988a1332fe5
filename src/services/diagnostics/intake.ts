import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { Drop, Upload } from "../../transports/receivers/drop.ts";
import type { DiagnosticsRequest, UploadWay } from "./contract.ts";

export type IntakeOptions = {
  files: FileStore;
  station: string;
  /** What came so far; kept up here. */
  came: DiagnosticsRequest["files"];
  /** What a file without a name is called. */
  unnamed: () => string;
  /** Something came, or an upload began or ended. */
  changed: (what: "bytes" | "file") => void;
};

/** Takes what a station sends for one request into the files of the record. */
export type Intake = Pick<Drop, "receive" | "sizeOf" | "rename" | "room"> & {
  /** Uploads under way. */
  readonly coming: number;
};

const mostFiles = 50;

/** Makes the intake of one request. What is sent again takes the place of the part that was there, and of what is the same. */
export function createIntake({ files, station, came, unnamed, changed }: IntakeOptions): Intake {
  const busy = new Set<string>();

  const newest = (name: string) => came.findLast((file) => file.name === name);

  async function* counted(upload: Upload, row: () => DiagnosticsRequest["files"][number] | undefined) {
    for await (const chunk of upload.chunks) {
      yield chunk;
      const file = row();
      if (file) file.bytes += chunk.length;
      changed("bytes");
    }
  }

  async function receive(upload: Upload): Promise<{ size: number }> {
    const { name, offset, total, protocol } = upload;
    if (busy.has(name)) throw failure("conflict", words("upload-twice"));
    if (came.length >= mostFiles) throw failure("unavailable", words("upload-many-files", { most: mostFiles }));
    busy.add(name);
    const before = newest(name);
    let row = offset > 0 ? before : undefined;
    const chunks = counted(upload, () => row);
    try {
      if (row) Object.assign(row, { state: "coming", bytes: offset });
      const work = row
        ? files.resume(row.id, offset, chunks, total)
        : files.keep({ station, name: shownName(name) ?? unnamed(), begun, total }, chunks);
      changed("file");
      const { bytes, sha256, state } = await work;
      if (row) Object.assign(row, { bytes, sha256, state });
      if (before && before !== row && (before.state === "partial" || before.sha256 === sha256)) drop(before);
      return { size: bytes };
    } catch (error) {
      if (row) settle(row);
      throw error;
    } finally {
      busy.delete(name);
      changed("file");
    }

    function begun(id: number): void {
      row = { id, name, bytes: 0, state: "coming", protocol: protocol as UploadWay };
      came.push(row);
    }
  }

  /** A part as it was kept; where nothing came, nothing was. */
  function settle(row: DiagnosticsRequest["files"][number]): void {
    const kept = files.list(station).find(({ id }) => id === row.id);
    if (kept) Object.assign(row, { bytes: kept.bytes, state: kept.state, sha256: kept.sha256 });
    else came.splice(came.indexOf(row), 1);
  }

  /** A part that is renamed stays one: its sender means to say that it is whole, and we know better. */
  function rename(from: string, to: string): boolean {
    const row = newest(from);
    if (!row || busy.has(from) || busy.has(to)) return false;
    const before = newest(to);
    row.name = to;
    const shown = shownName(to);
    if (shown !== undefined) files.change(row.id, { name: shown });
    if (before && before !== row && (before.state === "partial" || before.sha256 === row.sha256)) drop(before);
    changed("file");
    return true;
  }

  function drop(row: DiagnosticsRequest["files"][number]): void {
    came.splice(came.indexOf(row), 1);
    files.remove(row.id);
  }

  // Those of before a restart are what the store has made of them.
  for (const row of [...came]) settle(row);
  return {
    receive,
    rename,
    sizeOf: (name) => newest(name)?.bytes ?? null,
    room: () => files.room(),
    get coming() {
      return busy.size;
    },
  };
}

/** The last part of a path; undefined for one that has no name of its own. */
function shownName(name: string): string | undefined {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return last === "" || name === "upload" ? undefined : last;
}
