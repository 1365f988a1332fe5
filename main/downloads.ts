import { join } from "node:path";
import type { Session } from "electron";
import { fileName } from "../src/lib/file-name.ts";
import type { PowerKeeper } from "./power.ts";
import { isOwn } from "./security.ts";

/** Lets our own screens save files, through the system's dialog; a download from anywhere else is refused.
 * @param folder where the dialog starts */
export function askWhereToSave(
  session: Session,
  options: { home: () => string | null; folder: () => string; title: () => string; power: PowerKeeper },
): void {
  let count = 0;
  session.on("will-download", (event, item) => {
    if (!isOwn(item.getURL(), options.home())) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions({
      title: options.title(),
      defaultPath: join(options.folder(), fileName(item.getFilename())),
    });
    const reason = `download ${++count}`;
    options.power.set(reason, true);
    item.once("done", () => options.power.set(reason, false));
  });
}
