import { FailureError } from "../../lib/contract.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { openLocalPort } from "./carriers/local-port.ts";
import { networkPlace, openNetworkPort } from "./carriers/network-port.ts";
import { loadBinding, type OpenSerial, type SerialBinding } from "./port.ts";
import { groupOf, holderOf } from "./ports/holders.ts";
import { openingFailure } from "./problems.ts";

/** Makes what opens ports.
 * @param load the native part, which is loaded when a port of this laptop is first asked for */
export function createOpener(load: () => Promise<SerialBinding> = loadBinding): OpenSerial {
  return async (path, settings) => {
    const place = networkPlace(path);
    if (!place && path.includes("://")) throw failure("invalid-input", words("port-no-place", { port: path }));
    try {
      if (place) return await openNetworkPort(path, place, settings);
      return await openLocalPort(path, settings, await load());
    } catch (error) {
      if (error instanceof FailureError) throw error;
      const { platform } = process;
      const local = place === null;
      const holder = local ? await holderOf(path) : undefined;
      throw openingFailure(path, error, {
        platform,
        ...(local && { group: groupOf(path), heldBy: holder?.name, ours: holder?.ours }),
      });
    }
  };
}
