import { setFlagsFromString } from "node:v8";

/** What keeps the heap small under a flood of messages. What a station tells now is replaced with its next message: V8 takes it for
 * long-lived because each is there when it looks, and would put all of it among the old, where only a full collection finds it; and it
 * would let the heap grow fourfold before that. Costs no time that can be measured (test/bench). */
export function settleHeap(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
  setFlagsFromString("--heap-growing-percent=50");
}
