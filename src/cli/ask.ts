import type { CoreClient } from "../api/client.ts";
import type { CallInput } from "../api/contract.ts";
import { FailureError } from "../lib/contract.ts";
import type { CommandOutcome } from "../station/commands.ts";
import { awaitsEffect, expectedEffect } from "../station/effects.ts";
import type { CommandEffect } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { reachCore } from "./reach.ts";

/** A command, and what followed it in the time given. */
export type Followed = { outcome: CommandOutcome; effect: CommandEffect | null };

/** Carries out a command, and waits until what should follow it has, or the time is over. What has no effect that is ever told is not
 * waited for.
 * @param seconds at most
 * @throws FailureError `invalid-input` as the core says */
export async function commandAndWait(
  folder: string,
  identity: string,
  wanted: CallInput<"stations.command">["command"],
  seconds: number,
): Promise<Followed> {
  const core = await reachCore(folder);
  if (!core) return { outcome: { result: "offline", why: words("no-core") }, effect: null };
  try {
    const outcome = await ask(core, identity, wanted);
    const { name, ...args } = wanted;
    if (outcome.frame === undefined || expectedEffect({ name, args }) === null) return { outcome, effect: null };
    return { outcome, effect: await effectOf(core, identity, outcome.frame, seconds) };
  } finally {
    core.close();
  }
}

/** What followed the command that went out in this frame; null when nothing did in time, or it waits for nothing. */
function effectOf(core: CoreClient, identity: string, frame: number, seconds: number): Promise<CommandEffect | null> {
  return new Promise((resolve, reject) => {
    const over = (effect: CommandEffect | null) => {
      clearTimeout(timer);
      queueMicrotask(() => watch.stop());
      resolve(effect);
    };
    const timer = setTimeout(() => over(null), seconds * 1000);
    const watch = core.watch(
      "stations.state",
      { identity },
      (state) => {
        const record = state?.commands.find(({ outcome }) => outcome?.frame === frame);
        if (record && !awaitsEffect(record)) over(record.effect ?? null);
      },
      reject,
    );
  });
}

/** Carries out a command through the running core. Without one, and for a station nobody has heard of, it is offline.
 * @throws FailureError `invalid-input` as the core says */
export async function command(
  folder: string,
  identity: string,
  wanted: CallInput<"stations.command">["command"],
): Promise<CommandOutcome> {
  const core = await reachCore(folder);
  if (!core) return { result: "offline", why: words("no-core") };
  try {
    return await ask(core, identity, wanted);
  } finally {
    core.close();
  }
}

async function ask(
  core: CoreClient,
  identity: string,
  wanted: CallInput<"stations.command">["command"],
): Promise<CommandOutcome> {
  try {
    return await core.call("stations.command", { identity, command: wanted });
  } catch (error) {
    if (error instanceof FailureError && error.code === "not-found")
      return { result: "offline", why: words("never-heard-of") };
    throw error;
  }
}
