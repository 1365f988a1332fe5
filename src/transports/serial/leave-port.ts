import type { OpenPort } from "./port.ts";

const leaveMs = 1000;

/** Closes a port after what is on its way has gone out, if it goes out at all: a line that nothing reads takes nothing, for ever. */
export async function leavePort(port: OpenPort): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, leaveMs);
  await Promise.race([port.write(new Uint8Array()).catch(() => undefined), late.promise]);
  clearTimeout(timer);
  await port.dispose();
}
