import type { Handlers } from "../../lib/contract.ts";
import type { Registry } from "../../session/registry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { filesContract } from "./contract.ts";
import type { FilePlaces } from "./places.ts";

export type FilesContext = { files: FileStore; places: FilePlaces; registry: Registry };

/** Handlers of the files that are kept with the record. */
export function filesHandlers({ files, places, registry }: FilesContext): Handlers<typeof filesContract> {
  return {
    "files.list": ({ station }, push) => {
      const listening = files.changed.on(({ id, file }) => {
        if (file === null) push({ key: String(id), row: null });
        else if (station === undefined || file.station === station) push({ key: String(id), row: () => file });
      });
      return { snapshot: files.list(station), close: () => void listening.dispose() };
    },
    "files.upload": ({ station, name }) => {
      if (station !== undefined) registry.require(station);
      return { path: places.open({ up: { station, name } }) };
    },
    "files.download": ({ id }) => ({ path: places.open({ down: files.require(id).id }) }),
    "files.change": ({ id, ...change }) => files.change(id, change),
    "files.remove": ({ id }) => {
      const { name, state } = files.require(id);
      if (state === "coming") throw failure("conflict", words("file-coming", { name }));
      files.remove(id);
      return null;
    },
  };
}
