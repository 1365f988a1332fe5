import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import type { DiagnosticsRequest, Rung, Verdict } from "./contract.ts";
import { uploadState } from "./statuses.ts";

/** What a request came to, by what became of each way. */
export function verdictOf({ rungs, files }: Pick<DiagnosticsRequest, "rungs" | "files">): Verdict {
  const results = new Set(rungs.map(({ result }) => result));
  if (files.some(({ state, bytes }) => state === "whole" && bytes > 0)) return "received";
  if (files.length > 0) return "broken-off";
  if (results.has("silent") || results.has("told-failed") || results.has("no-answer") || results.has("broken-off"))
    return "nothing-came";
  if (results.has("refused")) return "refused";
  return results.has("unsupported") ? "unsupported" : "nothing-came";
}

/** The last word on a request, and what to do. */
export function lastWord(request: DiagnosticsRequest, verdict: Verdict): { lastWord: Words; cure?: Words } {
  switch (verdict) {
    case "received": {
      const [file] = [...request.files].filter(({ state }) => state === "whole").sort((a, b) => b.bytes - a.bytes);
      const { name = "", bytes = 0, protocol = "" } = file ?? {};
      const said = words("log-received", { name, bytes, protocol: protocol.toUpperCase() });
      // By FTP a file that ends too soon looks like one that ends: the station's word is all that tells.
      const rung = request.rungs.findLast((one) => one.protocol === protocol);
      const doubtful = rung?.status !== undefined && uploadState(rung.status) === "failed";
      return doubtful ? { lastWord: said, cure: words("log-cure-told-failed") } : { lastWord: said };
    }
    case "unsupported":
      return { lastWord: words("log-unsupported"), cure: words("log-unsupported-cure") };
    case "refused":
      return { lastWord: words("log-refused"), cure: words("log-refused-cure") };
    case "broken-off": {
      const bytes = Math.max(0, ...request.files.map((file) => file.bytes));
      return { lastWord: words("log-broken-off", { bytes }), cure: words("log-broken-off-cure") };
    }
    case "offline":
      return { lastWord: words("log-offline"), cure: words("log-offline-cure") };
    case "canceled":
      return { lastWord: words("log-canceled") };
    case "superseded":
      return { lastWord: words("log-superseded") };
    case "nothing-came":
      return { lastWord: words("log-nothing-came"), cure: cureOfSilence(request.rungs) };
  }
}

function cureOfSilence(rungs: readonly Rung[]): Words {
  const seen = rungs.flatMap((rung) => rung.seen).map(({ words: { phrase } }) => phrase);
  if (seen.includes("seen-data-failed-passive") || seen.includes("seen-data-failed-active"))
    return words("log-cure-data");
  if (seen.includes("seen-wrong-login")) return words("log-cure-login");
  if (seen.includes("seen-tls-failed") || seen.includes("seen-data-tls-failed")) return words("log-cure-root");
  if (seen.includes("seen-left-at-key")) return words("log-cure-host-key");
  if (seen.includes("seen-key-alone")) return words("log-cure-key-alone");
  if (seen.includes("seen-no-agreement")) return words("log-cure-agreement");
  if (rungs.every(({ result }) => result === "closed")) return words("log-cure-closed");
  if (seen.some((phrase) => phrase.startsWith("seen-") && phrase !== "seen-status")) return words("log-cure-began");
  const failed = rungs.some(({ result }) => result === "told-failed");
  return failed ? words("log-cure-unreached", { place: rungs.at(-1)?.place ?? "" }) : words("log-cure-silent");
}
