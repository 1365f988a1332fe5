import type { Handlers } from "../../lib/contract.ts";
import { worstFirst } from "../../station/worst-first.ts";
import type { FindingFramesRepository } from "../../store/finding-frames.ts";
import type { AccessBook } from "../access/logic.ts";
import type { ServiceContext } from "../context.ts";
import type { findingsContract, StationFindings, Strictness } from "./contract.ts";
import { type FindingSource, makeTicket, numbersOf, toFindingFrame } from "./logic.ts";

/** What findings work with besides. */
export type FindingsParts = { index: FindingFramesRepository; access: AccessBook };

/** Handlers of the findings: what stations deviate in, with the frames that show it, and how strictly that is taken. */
export function findingsHandlers(
  { registry, frames, settings, clock }: ServiceContext,
  { index, access }: FindingsParts,
): Handlers<typeof findingsContract> {
  const source: FindingSource = { index, frames };

  function list(): StationFindings[] {
    return registry
      .all()
      .filter(({ state }) => state.findings.length > 0)
      .map(({ identity, state }) => ({ station: identity, info: state.info, findings: worstFirst(state.findings) }));
  }
  function strictness(station: string): Strictness {
    const row = access.find(station);
    return {
      strict: row?.strict ?? null,
      strictByDefault: settings.values.strict,
      emptyAnswers: row?.emptyAnswers ?? false,
    };
  }

  return {
    "findings.list": (_input, push) => {
      const told = new Map(registry.all().map((entry) => [entry.id, entry.state.findings]));
      const listening = registry.changed.on((entry) => {
        // A station changes with each of its frames, its findings seldom.
        if (told.get(entry.id) === entry.state.findings) return;
        told.set(entry.id, entry.state.findings);
        push(list);
      });
      const forgotten = registry.forgotten.on(() => push(list));
      return {
        snapshot: list(),
        close() {
          void listening.dispose();
          void forgotten.dispose();
        },
      };
    },
    "findings.frames": ({ station, rule, where, before, limit }) => {
      const { id, state } = registry.require(station);
      const wanted = { rule, where };
      const numbers = numbersOf(source, state, id, wanted, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
      const rows = numbers.slice(0, limit).flatMap((seq) => frames.holding(seq) ?? []);
      return { frames: rows.map((row) => toFindingFrame(row, wanted)), more: numbers.length > limit };
    },
    "findings.ticket": ({ station, rules }) => {
      const { id, state } = registry.require(station);
      return makeTicket(source, state, id, clock.now(), rules);
    },
    "findings.strictness": ({ station }, push) => {
      const tell = () => push(() => strictness(station));
      const listening = [
        settings.changed.on(tell),
        access.changed.on((changed) => {
          if (changed === station) tell();
        }),
      ];
      return {
        snapshot: strictness(station),
        close() {
          for (const one of listening) void one.dispose();
        },
      };
    },
    "findings.behave": ({ station, strict, emptyAnswers }) => {
      access.change(station, {
        ...(strict !== undefined && { strict: strict ?? undefined }),
        ...(emptyAnswers !== undefined && { emptyAnswers }),
      });
      return strictness(station);
    },
  };
}
