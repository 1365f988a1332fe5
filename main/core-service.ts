import type { ParentPort } from "electron";
import type { Core } from "../src/core.ts";
import type { FromCore, ToCore } from "./messages.ts";

/** The end of the line to the shell, and the way out of the process. */
export type CoreServiceOptions = {
  port: Pick<ParentPort, "on" | "postMessage">;
  start(onBusy: (on: boolean) => void): Promise<Core>;
  exit(code: number): void;
};

/** Runs one core for the shell: says when it is ready, hands out links, and closes it when told to.
 * A core that cannot start, or serves no screens, ends the process with 1 after saying why. */
export async function serveShell({ port, start, exit }: CoreServiceOptions): Promise<void> {
  const send = (message: FromCore): void => port.postMessage(message);
  const fail = (error: unknown): void => {
    send({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    exit(1);
  };
  const starting = start((on) => send({ type: "busy", on }));
  port.on("message", ({ data }: { data: ToCore }) => {
    starting
      .then(
        async (core) => {
          if (data.type === "link") {
            const link = core.newLink();
            if (link) send({ type: "link", link });
          } else {
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
  } catch (error) {
    fail(error);
  }
}
