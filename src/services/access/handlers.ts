import type { Handlers } from "../../lib/contract.ts";
import { carryOut } from "../../session/commands.ts";
import type { Policy } from "../../session/policy.ts";
import { failure } from "../../station/failure.ts";
import { closingText, words } from "../../station/phrases.ts";
import type { AccessRow } from "../../store/access.ts";
import type { ServiceContext } from "../context.ts";
import type { accessContract, ExpectedStation, StationAccess } from "./contract.ts";
import { type AccessBook, isHex, makePassword, viewAccess } from "./logic.ts";
import type { Passwords } from "./passwords.ts";
import type { WaitingStations } from "./waiting-stations.ts";

const noOther = { nextPassword: undefined, unshown: undefined };

/** What access works with besides. */
export type AccessParts = {
  access: AccessBook;
  waitingStations: WaitingStations;
  passwords: Passwords;
  policy: Policy;
  /** Whether a change of password or profile is under way for a station. */
  changing: (identity: string) => boolean;
  /** Tells of a decision on the password after a change. */
  chosen: (identity: string, kept: "old" | "new" | "other") => void;
};

/** Handlers of access: who comes in, by what, and how the boot is answered. */
export function accessHandlers(context: ServiceContext, parts: AccessParts): Handlers<typeof accessContract> {
  const { registry, journal, clock, log, settings } = context;
  const { access, waitingStations, passwords, policy } = parts;

  function view(identity: string): StationAccess {
    const known = registry.get(identity) !== undefined;
    return viewAccess(identity, access.find(identity), { known, waitingStations, strict: settings.values.strict });
  }

  /** Asks stations that were held to boot again, when they are now accepted. */
  function welcomeHeld(identities: readonly string[]): void {
    for (const identity of identities) {
      const entry = registry.get(identity);
      if (!entry?.session || entry.state.boot === undefined || entry.state.boot.answered === "Accepted") continue;
      if (policy.boot(identity).status !== "Accepted") continue;
      carryOut(journal, entry, { name: "trigger", message: "BootNotification" }, "now-accepted").catch(
        (error: unknown) => log.bug("a station could not be asked to boot", { station: identity, error }),
      );
    }
  }
  let bootStatus = settings.values.bootStatus;
  settings.changed.on((values) => {
    if (values.bootStatus === bootStatus) return;
    bootStatus = values.bootStatus;
    welcomeHeld(registry.all().map(({ identity }) => identity));
  });

  function expected(): ExpectedStation[] {
    return access
      .all()
      .filter(({ identity }) => registry.get(identity) === undefined)
      .map(({ identity, decision = null }) => ({ identity, decision }));
  }

  return {
    "access.expected": (_input, push) => {
      let shown = new Set<string>();
      const look = () => {
        const found = expected();
        shown = new Set(found.map(({ identity }) => identity));
        return found;
      };
      const tell = () => push(look);
      const listening = [
        access.changed.on(tell),
        // One that comes at last is not expected any more.
        registry.changed.on(({ identity }) => {
          if (shown.has(identity)) tell();
        }),
      ];
      return {
        snapshot: look(),
        close() {
          for (const one of listening) void one.dispose();
        },
      };
    },
    "access.forget": ({ identity }) => {
      if (registry.get(identity)) throw failure("conflict", words("was-heard-of", { identity }));
      if (!access.forget(identity)) throw failure("not-found", words("not-prepared", { identity }));
      return null;
    },
    "access.station": ({ identity }, push) => {
      const tell = () => push(() => view(identity));
      const listening = [
        access.changed.on((changed) => {
          if (changed === identity) tell();
        }),
        waitingStations.changed.on(tell),
      ];
      return {
        snapshot: view(identity),
        close() {
          for (const one of listening) void one.dispose();
        },
      };
    },
    "access.waiting": (_input, push) => {
      const listening = waitingStations.changed.on(() => push(() => waitingStations.list()));
      return { snapshot: waitingStations.list(), close: () => void listening.dispose() };
    },
    "access.decide": ({ identity, decision }) => {
      access.change(identity, { decision });
      waitingStations.forget(identity);
      if (decision === "refused") registry.get(identity)?.session?.close(1008, closingText("close-refused"), "asked");
      return view(identity);
    },
    "access.change": ({ identity, ...wanted }) => {
      const part: Partial<AccessRow> = {};
      if (wanted.profile !== undefined) part.profile = wanted.profile ?? undefined;
      if (wanted.certificate !== undefined) part.certificate = wanted.certificate ?? undefined;
      if (wanted.bootStatus !== undefined) part.bootStatus = wanted.bootStatus ?? undefined;
      if (wanted.bootInterval !== undefined) part.bootInterval = wanted.bootInterval ?? undefined;
      if (wanted.bootPlan !== undefined) part.bootPlan = wanted.bootPlan.length > 0 ? wanted.bootPlan : undefined;
      if (wanted.note !== undefined) part.note = wanted.note;
      access.change(identity, part);
      if (wanted.bootStatus !== undefined) welcomeHeld([identity]);
      return view(identity);
    },
    "access.setPassword": async ({ identity, form, password }) => {
      if (password !== undefined && form === "hex" && !isHex(password)) {
        throw failure("invalid-input", words("odd-hex-password"));
      }
      refuseWhileChanging(identity);
      const made = password ?? makePassword(form);
      const hash = await passwords.hash(made, form, clock.now());
      // That takes its time: a change may have begun meanwhile.
      refuseWhileChanging(identity);
      access.change(identity, { password: hash, ...noOther });
      parts.chosen(identity, "other");
      return password === undefined ? { access: view(identity), password: made } : { access: view(identity) };
    },
    "access.removePassword": ({ identity }) => {
      refuseWhileChanging(identity);
      access.change(identity, { password: undefined, ...noOther });
      parts.chosen(identity, "other");
      return view(identity);
    },
    "access.keepPassword": ({ identity, keep }) => {
      refuseWhileChanging(identity);
      const row = access.find(identity);
      if (!row?.nextPassword || row.unshown) throw failure("conflict", words("no-two-passwords", { identity }));
      access.change(identity, {
        password: keep === "new" ? row.nextPassword : row.password,
        ...noOther,
      });
      parts.chosen(identity, keep);
      return view(identity);
    },
  };

  function refuseWhileChanging(identity: string): void {
    if (!parts.changing(identity)) return;
    throw failure("conflict", words("change-under-way", { identity }));
  }
}
