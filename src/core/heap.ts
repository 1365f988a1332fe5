import { setFlagsFromString } from "node:v8";

/** How V8 is to work under a flood of messages. To be called when all is loaded: what was compiled ahead (Node's own modules, the compile
 * cache) is of use only to an engine with the same settings. What a station tells now is replaced with its next message: V8 takes it for
 * long-lived because each is there when it looks, and would put all of it among the old, where only a full collection finds it; and it
 * would let the heap grow fourfold before that. Costs no time that can be measured (test/bench). And no middle compiler: what is run for
 * each message is soon compiled by the best one, and the work of both was a tenth of all. V8 knows by itself how soon only where it is told
 * before it begins. */
export function settleHeap(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
  setFlagsFromString("--heap-growing-percent=50");
  // Electron's engine is another, on which nobody has measured it.
  if (process.versions.electron !== undefined) return;
  setFlagsFromString("--no-maglev");
  setFlagsFromString("--no-maglev-overwrite-budget");
  setFlagsFromString("--invocation-count-for-turbofan=3000");
}
