import type { ParentPort } from "electron";
import type { Core } from "../src/core.ts";
import type { Clock } from "../src/lib/clock.ts";
import type { Change } from "../src/lib/contract.ts";
import type { KeyVault } from "../src/services/certificates/keys.ts";
import type { Settings } from "../src/services/settings/contract.ts";
import type { StationCount } from "../src/services/stations/contract.ts";
import type { FromCore, ToCore } from "./messages.ts";
import { createRemoteVault } from "./vault.ts";

const lookEvery = 1000;

/** The end of the line to the shell, and the way out of the process. */
export type CoreServiceOptions = {
  port: Pick<ParentPort, "on" | "postMessage">;
  /** `vault`: the system's key store, through the shell. */
  start(vault: KeyVault): Promise<Pick<Core, "ready" | "handlers" | "newLink" | "stopAsked" | "resumed" | "dispose">>;
  exit(code: number): void;
  clock: Clock;
};

/** Runs one core for the shell: says when it is ready and what the shell must follow, hands out links, and closes the core when
 * told to. A core that cannot start, or serves no screens, ends the process with 1 after saying why. */
export async function serveShell({ port, start, exit, clock }: CoreServiceOptions): Promise<void> {
  const send = (message: FromCore): void => port.postMessage(message);
  const fail = (error: unknown): void => {
    send({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    exit(1);
  };
  const remote = createRemoteVault(send);
  const starting = start(remote.vault);
  port.on("message", ({ data }: { data: ToCore }) => {
    if (data.type === "vault") return remote.hear(data);
    starting
      .then(
        async (core) => {
          if (data.type === "link") send({ type: "link", link: core.newLink() });
          else if (data.type === "resumed") core.resumed();
          else {
            await core.dispose();
            exit(0);
          }
        },
        // A start that failed is reported below.
        () => undefined,
      )
      .catch(fail);
  });
  try {
    const core = await starting;
    if (!core.ready.ui) throw new Error("the core serves no screens");
    send({ type: "ready", link: core.ready.ui });
    core.stopAsked.on(() => send({ type: "quit" }));
    follow(core.handlers, clock, send);
  } catch (error) {
    fail(error);
  }
}

/** Tells the shell whether a station is online and which language is wanted, at first and whenever it changes. */
function follow(handlers: Core["handlers"], clock: Clock, send: (message: FromCore) => void): void {
  const stations = watcher<StationCount, boolean>(
    clock,
    ({ online }) => online > 0,
    (on) => send({ type: "busy", on }),
  );
  stations(handlers["stations.count"]({}, stations).snapshot);
  const settings = watcher<Settings, Settings["language"]>(
    clock,
    (values) => values.language,
    (language) => send({ type: "language", language }),
  );
  settings(handlers["settings.values"]({}, settings).snapshot);
}

/** Takes a feed's values and tells what `pick` sees in them when that changes: the first at once, later ones once a second at
 * most, so that a feed that changes with every frame costs nothing here. */
function watcher<Value, Seen>(clock: Clock, pick: (value: Value) => Seen, tell: (seen: Seen) => void) {
  let told: { seen: Seen } | null = null;
  let latest: Change<Value> | null = null;
  function look(change: Change<Value>): void {
    const seen = pick(change instanceof Function ? change() : change);
    if (told?.seen !== seen) tell(seen);
    told = { seen };
  }
  return (change: Change<Value>): void => {
    if (!told) return look(change);
    const isWaiting = latest !== null;
    latest = change;
    if (isWaiting) return;
    clock.after(lookEvery, () => {
      const due = latest;
      latest = null;
      if (due !== null) look(due);
    });
  };
}
