import type { Handlers } from "../../lib/contract.ts";
import type { outboxContract } from "./contract.ts";
import type { Outbox } from "./outbox.ts";
import type { Redacting } from "./redacting.ts";

/** Handlers of what is sent onward. */
export function outboxHandlers(outbox: Outbox, redacting: Redacting): Handlers<typeof outboxContract> {
  return {
    "outbox.list": (_input, push) => {
      const listening = outbox.changed.on(({ id, entry }) => push({ key: String(id), row: entry && (() => entry) }));
      return { snapshot: outbox.list(), close: () => void listening.dispose() };
    },
    "outbox.add": ({ file, destination }) => outbox.add(file, destination),
    "outbox.remove": ({ id }) => {
      outbox.remove(id);
      return null;
    },
    "outbox.run": () => {
      outbox.run();
      return null;
    },
    "outbox.destinations": (_input, push) => {
      const listening = outbox.destinationChanged.on(({ name, destination }) =>
        push({ key: name, row: destination && (() => destination) }),
      );
      return { snapshot: outbox.destinations(), close: () => void listening.dispose() };
    },
    "outbox.save": ({ secret, ...destination }) => outbox.save(destination, secret),
    "outbox.forget": ({ name }) => {
      outbox.forget(name);
      return null;
    },
    "outbox.preview": ({ file }) => redacting.preview(file),
    "outbox.redact": ({ file }) => redacting.copy(file),
    "outbox.test": async ({ name }) => ({ problem: await outbox.test(name) }),
  };
}
