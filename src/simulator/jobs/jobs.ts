import type { Timer } from "../../lib/clock.ts";
import type { Machine } from "../model.ts";
import { type LogJob, uploadLog } from "./job.ts";

/** Firmware updates, which come to nothing, and uploads of its log, which are real. */
export type Jobs = {
  /** @param job.at when to begin, milliseconds since 1970 UTC */
  updateFirmware(job: { at: number; requestId?: number; signed: boolean; tries: number; retrySeconds: number }): void;
  /** An upload is under way. */
  readonly uploading: boolean;
  /** Uploads the log; an upload that is under way is given up.
   * @param job.signed true for GetLog, false for 1.6's GetDiagnostics
   * @param job.location where to, a URL */
  uploadLog(job: LogJob): void;
};

const attemptSeconds = 5;

/** Makes the jobs of a station. */
export function createJobs(machine: Machine): Jobs {
  const { clock, mail } = machine;
  let firmware: Timer | null = null;
  let log: Timer | null = null;

  function report(status: string, requestId: number | undefined, signed: boolean): void {
    machine.jobs.firmware = { status, requestId, signed };
    mail.tell(machine.speaker.firmware(machine.jobs.firmware));
  }

  return {
    updateFirmware({ at, requestId, signed, tries, retrySeconds }) {
      firmware?.stop();
      function attempt(left: number): void {
        report("Downloading", requestId, signed);
        firmware = clock.after(attemptSeconds * 1000, () => {
          report("DownloadFailed", requestId, signed);
          if (left > 0) firmware = clock.after(retrySeconds * 1000, () => attempt(left - 1));
        });
      }
      const wait = at - clock.now();
      // 1.6's plain FirmwareStatusNotification has no word for a download that is planned.
      if (wait > 0 && signed) report("DownloadScheduled", requestId, signed);
      firmware = clock.after(Math.max(wait, 0), () => attempt(tries));
    },
    get uploading() {
      return log !== null;
    },
    uploadLog(job) {
      log?.stop();
      const mine = uploadLog(machine, job, () => {
        if (log === mine) log = null;
      });
      log = mine;
    },
  };
}
