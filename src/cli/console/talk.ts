import type { CoreClient } from "../../api/client.ts";
import { UsageError } from "../../api/start-options.ts";
import { asksStation } from "../../consoles/profile.ts";
import { consoleProfiles } from "../../consoles/shipped.ts";
import { recordedConsoles } from "../../core/consoles.ts";
import { openRecord } from "../../core/record.ts";
import { systemClock } from "../../lib/clock.ts";
import { DisposableStore } from "../../lib/disposable.ts";
import { createLogger } from "../../lib/logger.ts";
import { passingBook } from "../../services/console/book.ts";
import { type Consoles, type ConsolesOptions, createConsoles } from "../../services/console/consoles.ts";
import { failure } from "../../station/failure.ts";
import type {
  ConsoleEntry,
  ConsoleSetup,
  ConsoleSignals,
  ConsoleView,
  FilePiece,
} from "../../station/serial/console.ts";
import { createOpener } from "../../transports/serial/open-port.ts";
import { loadBinding } from "../../transports/serial/port.ts";
import { listPorts } from "../../transports/serial/ports/list-ports.ts";
import { linuxPlaces } from "../../transports/serial/ports/sysfs.ts";
import { complain } from "../output.ts";
import { reachCore, snapshotOf } from "../reach.ts";

/** A console that is open, in the core or in this process. */
export type Talk = {
  /** @throws FailureError unavailable while the port is away; so do the others */
  send(bytes: Uint8Array, file?: FilePiece): Promise<void>;
  signal(wanted: Partial<ConsoleSignals>): Promise<void>;
  sendBreak(ms: number): Promise<void>;
  /** Whether the port is there. */
  isOpen(): Promise<boolean>;
  /** The core that has it is gone. */
  lost: Promise<void>;
  /** Closes what this process opened. */
  end(): Promise<void>;
};

export type TalkOptions = {
  setup: ConsoleSetup;
  folder: string;
  /** Puts it on record where no core does. */
  record: boolean;
  /** What is new, in order. */
  show: (entries: readonly ConsoleEntry[]) => void;
};

/** Opens a console: through the core that runs on the folder, which puts it on record; else by itself.
 * @throws FailureError unavailable where the port cannot be opened */
export async function openTalk(options: TalkOptions): Promise<Talk> {
  const core = await reachCore(options.folder);
  if (core) return throughCore(core, options);
  const profile = consoleProfiles().find(({ name }) => name === options.setup.profile);
  if (profile && asksStation(profile))
    throw new UsageError("--profile makes a station of the console, and no core runs on this folder: plugside serve");
  return byItself(options);
}

async function throughCore(core: CoreClient, { setup, show }: TalkOptions): Promise<Talk> {
  const { port } = setup;
  const lost = new Promise<void>((resolve) => {
    core.onState((state) => {
      if (state === "closed") resolve();
    });
  });
  let last: number | null = null;
  let reading = Promise.resolve();
  const take = (entries: readonly ConsoleEntry[]) => {
    const fresh = entries.filter(({ id }) => last !== null && id > last);
    last = entries.at(-1)?.id ?? last;
    show(fresh);
  };
  // Whoever reads too slowly is told the newest alone: what lies between is fetched.
  const fill = async () => {
    for (;;) {
      const page = await core.call("console.page", { port, after: last ?? 0, limit: 1000 });
      if (page.length === 0) return;
      take(page);
    }
  };
  await new Promise<void>((resolve, reject) => {
    core.watch(
      "console.live",
      { port },
      (all, added) => {
        if (last === null) last = all.at(-1)?.id ?? 0;
        else if (added) reading = reading.then(() => take(added));
        else reading = reading.then(fill).catch(() => undefined);
        resolve();
      },
      reject,
    );
  });
  const others = await snapshotOf(core, "console.list", {});
  const joined = others.some((one) => one.setup.port === port);
  if (joined)
    complain(`${port} is open in the running core already, as it was set there; this is one more view of it.`);
  else {
    const { settings, ...rest } = setup;
    const view = await core.call("console.open", { ...rest, ...settings });
    if (view.state !== "open") await core.call("console.close", { port });
    refuse(view);
  }
  return {
    lost,
    async send(bytes, file) {
      await core.call("console.send", { port, base64: Buffer.from(bytes).toString("base64"), file });
    },
    async signal(wanted) {
      await core.call("console.signals", { port, ...wanted });
    },
    async sendBreak(ms) {
      await core.call("console.break", { port, ms });
    },
    async isOpen() {
      const now = await snapshotOf(core, "console.list", {});
      return now.some((one) => one.setup.port === port && one.state === "open");
    },
    async end() {
      if (!joined && core.state === "open") await core.call("console.close", { port });
      await reading;
      core.close();
    },
  };
}

async function byItself({ setup, folder, record, show }: TalkOptions): Promise<Talk> {
  const closing = new DisposableStore();
  const log = createLogger(complain);
  const listing = { platform: process.platform, load: loadBinding, places: linuxPlaces, usbNetworks: () => [] };
  const options = { open: createOpener(), look: () => listPorts(listing), clock: systemClock, log };
  const consoles = record ? openRecorded(folder, options, closing) : openPassing(options, closing);
  consoles.told.on(({ entries }) => show(entries));
  const view = await consoles.add(setup);
  if (view.state !== "open") await closing.dispose();
  refuse(view);
  const opened = consoles.get(setup.port);
  return {
    lost: new Promise(() => undefined),
    send: (bytes, file) => (file ? opened.sendFile(bytes, file) : opened.send(bytes)),
    signal: (wanted) => opened.signal(wanted),
    sendBreak: (ms) => opened.sendBreak(ms),
    isOpen: async () => opened.view().state === "open",
    end: () => closing.dispose(),
  };
}

type OwnOptions = Omit<ConsolesOptions, "book" | "heard">;

/** What passes is on no record. */
function openPassing(options: OwnOptions, closing: DisposableStore): Consoles {
  return closing.add(createConsoles({ ...options, book: passingBook(), heard: () => undefined }));
}

/** What passes is in the record of a folder, which no core may use meanwhile.
 * @throws FailureError conflict, unavailable */
function openRecorded(folder: string, options: OwnOptions, closing: DisposableStore): Consoles {
  const { clock, log } = options;
  const record = openRecord({ dataFolder: folder, clock, log }, closing);
  return recordedConsoles({ ...options, record }, closing).consoles;
}

function refuse({ state, trouble }: ConsoleView): void {
  if (state !== "open" && trouble) throw failure("unavailable", trouble);
}
