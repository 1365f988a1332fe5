import type { Handlers } from "../../lib/contract.ts";
import type { Registry } from "../../session/registry.ts";
import type { diagnosticsContract } from "./contract.ts";
import type { Diagnostics } from "./logic.ts";

export type DiagnosticsContext = { diagnostics: Diagnostics; registry: Registry };

/** Handlers of the requests for logs. */
export function diagnosticsHandlers({
  diagnostics,
  registry,
}: DiagnosticsContext): Handlers<typeof diagnosticsContract> {
  return {
    "diagnostics.list": ({ station }, push) => {
      const listening = diagnostics.changed.on((request) => {
        if (station === undefined || request.station === station) push({ key: String(request.id), row: () => request });
      });
      return { snapshot: diagnostics.list(station), close: () => void listening.dispose() };
    },
    "diagnostics.request": ({ station, ...wish }) => diagnostics.start(registry.require(station), wish),
    "diagnostics.cancel": ({ id }) => diagnostics.cancel(id),
  };
}
