import { connect, type Socket } from "node:net";

const longestWaitMs = 500;

/** Finds out whether a port of all addresses is ours on 127.0.0.1 too. On Windows and macOS another program can hold it there, and then
 * what knocks from this laptop goes to that one, without a word (Windows: no SO_EXCLUSIVEADDRUSE, macOS: SO_REUSEADDR). */
export type ShadowCheck = {
  /** True for a connection that the check must see before anybody else does: it is given back later, unless it is the check's own. */
  takes(socket: Socket): boolean;
  /** Knocks. True when another program has answered; false when we have, or nobody.
   * @param port the one that is listened to */
  run(port: number): Promise<boolean>;
};

/** @param giveBack for connections that came meanwhile and are a station's */
export function createShadowCheck(giveBack: (socket: Socket) => void, waitMs = longestWaitMs): ShadowCheck {
  let held: Socket[] | null = [];
  let came: () => void = () => undefined;

  const ours = (localPort: number) => held?.find(({ remotePort }) => remotePort === localPort);

  return {
    takes(socket) {
      if (!held) return false;
      socket.on("error", ignore);
      held.push(socket);
      came();
      return true;
    },
    async run(port) {
      const knock = connect({ host: "127.0.0.1", port });
      const connected = await new Promise<boolean>((resolve) => {
        knock.once("connect", () => resolve(true));
        knock.once("error", () => resolve(false));
        knock.setTimeout(waitMs, () => resolve(false));
      });
      const localPort = knock.localPort ?? 0;
      if (connected && !ours(localPort)) await arrival(() => ours(localPort) !== undefined);
      const own = ours(localPort);
      const shadowed = connected && !own;
      knock.on("error", ignore).destroy();
      const others = held ?? [];
      held = null;
      for (const socket of others) {
        socket.off("error", ignore);
        if (socket === own) socket.on("error", ignore).destroy();
        else if (!shadowed) giveBack(socket);
        else socket.destroy();
      }
      return shadowed;
    },
  };

  /** Until it is there, or half a second has gone. After a start that kept this process busy for longer than that, what has come waits
   * to be seen: it gets one turn. */
  function arrival(isThere: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => setImmediate(resolve), waitMs);
      came = () => {
        if (!isThere()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function ignore(): void {}
