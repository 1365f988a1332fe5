/** What a process says to the one that it has started, over the channel between them, to end it in good order: Windows knows no signal
 * that asks. A channel that is gone says the same. The launcher, which runs before anything is built, says it too. */
export const stopMessage = { type: "stop" } as const;

/** How long a process may take to end in good order once it is asked to, or the one above it is gone, milliseconds. */
export const stopLimitMs = 10_000;

/** Whether a message over the channel asks for an end. */
export function asksToStop(message: unknown): boolean {
  return typeof message === "object" && message !== null && (message as { type?: unknown }).type === stopMessage.type;
}
