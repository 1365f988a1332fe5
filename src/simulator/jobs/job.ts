import type { Timer } from "../../lib/clock.ts";
import type { Machine } from "../model.ts";
import { logText } from "./log-text.ts";
import { upload } from "./upload.ts";

/** An upload as a central system asked for it. */
export type LogJob = {
  requestId?: number;
  signed: boolean;
  location: string;
  name: string;
  /** The status that it is told by where another takes its place; without one nothing is told. */
  calledOff?: string;
};

const packMs = 500;
const lateMs = 2000;

/** Packs the log and uploads it, and tells how it goes; with the station's quirks. */
export function uploadLog(machine: Machine, job: LogJob, over: () => void): Timer {
  const { clock, mail, speaker } = machine;
  const has = (quirk: Parameters<Machine["has"]>[0]) => machine.has(quirk);
  let stopped = false;

  function report(status: string): void {
    if (stopped) return;
    machine.jobs.log = { status, requestId: job.requestId, signed: job.signed };
    if (!has("log-silent")) mail.tell(speaker.log(machine.jobs.log));
  }

  async function send(): Promise<boolean> {
    const bytes = logText(machine);
    const name = has("log-own-name") ? `export/${machine.identity} (1).log` : job.name;
    const stopAfter = has("log-gives-up") ? Math.floor(bytes.length / 2) : undefined;
    try {
      await upload(has("log-wrong-protocol") ? job.location.replace(/^\w+/, "gopher") : job.location, {
        name,
        bytes,
        ...(stopAfter !== undefined && { stopAfter }),
      });
      return true;
    } catch (error) {
      machine.log(`upload failed: ${String(error)}`);
      return false;
    }
  }

  async function run(): Promise<void> {
    report("Uploading");
    if (has("log-never-comes")) report("Uploaded");
    else if (has("log-after-uploaded")) {
      report("Uploaded");
      timer = clock.after(lateMs, () => void send().finally(over));
      return;
    } else {
      const sent = await send();
      report(sent ? "Uploaded" : job.signed ? "UploadFailure" : "UploadFailed");
    }
    over();
  }

  let timer: Timer = clock.after(packMs, () => void run());
  return {
    stop() {
      if (job.calledOff !== undefined) report(job.calledOff);
      stopped = true;
      timer.stop();
    },
  };
}
