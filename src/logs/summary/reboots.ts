import type { RebootSign } from "../model.ts";

const patterns: [RebootSign, string][] = [
  ["kernel-start", "Linux version \\d|Booting Linux on"],
  ["boot-loader", "U-Boot (?:SPL )?\\d{4}"],
  [
    "service-start",
    "syslogd (?:v?\\d[^ ]* )?started|start(?:ed|ing) BusyBox|rsyslogd\\b.{0,80} start$|systemd \\d+ running in|-- Boot [0-9a-f]{8}|-- Reboot --|--------- beginning of",
  ],
  [
    "going-down",
    "system is going down|[Rr]eboot(?:ing|: Restarting) (?:system|now|the)|Requesting system reboot|reached target (?:reboot|shutdown|power-off)",
  ],
  [
    "watchdog",
    "[Ww]atchdog (?:reset|timeout|expired|triggered)|[Rr]eset (?:reason|cause)[:= ].{0,30}[Ww](?:DT|atchdog|DOG)|rst:0x",
  ],
  ["power", "[Pp]ower[- ]on reset|[Pp]ower (?:failure|loss|lost|fail)\\b|[Bb]rown-?out"],
  ["boot-message", '"BootNotification"|\\\\"BootNotification'],
];

const pattern = new RegExp(patterns.map(([, text]) => `(${text})`).join("|"));

/** What the beginning of a line tells of a restart, if it does. */
export function rebootSignOf(head: string): RebootSign | undefined {
  const match = pattern.exec(head);
  if (!match) return undefined;
  const place = patterns.findIndex((_, index) => match[index + 1] !== undefined);
  return patterns[place]?.[0];
}
