import type { Form } from "./pattern.ts";

/** What a Linux kernel prints (kernel/panic.c, arch/*\/mm/fault.c, kernel/watchdog.c, mm/oom_kill.c), and U-Boot before it. */
export const linuxForms: readonly Form[] = [
  { pattern: /\b(Linux version \d[^ ]{0,60})/, system: "linux", sign: "started" },
  { pattern: /\bKernel panic - not syncing: (.{1,120})/, system: "linux", sign: "panic" },
  {
    pattern:
      /\b(Internal error: Oops.{0,60}|Oops(?:\[#\d+\]|: [\da-f]{4}).{0,40}|[Uu]nable to handle kernel .{1,80}|kernel BUG at .{1,80}|BUG: unable to handle .{1,80}|Unhandled fault: .{1,60})/,
    system: "linux",
    sign: "oops",
  },
  {
    pattern:
      /\b(soft lockup - CPU#\d+.{0,40}|hard LOCKUP.{0,40}|rcu_\w+ (?:self-)?detected stall.{0,40}|task \S{1,40} blocked for more than \d+ seconds)/,
    system: "linux",
    sign: "hang",
  },
  {
    pattern: /\b((?:watchdog\d?: )?watchdog did not stop|imx2-wdt.{0,40}timeout|Watchdog timer expired.{0,40})/i,
    system: "linux",
    sign: "watchdog",
  },
  {
    pattern: /\b(?:Out of memory|Memory cgroup out of memory): Kill(?:ed)? process \d+ \(?([^), ]{1,40})/,
    system: "linux",
    sign: "out-of-memory",
  },
  {
    pattern:
      /\b((?:EXT[234]-fs|UBIFS|JFFS2|UBI) error.{0,80}|I\/O error, dev \S{1,20}.{0,40}|mmc\d: (?:error|Card stuck|Timeout waiting).{0,60}|Remounting filesystem read-only)/i,
    system: "linux",
    sign: "storage",
  },
  {
    pattern:
      /\b(reboot: (?:Restarting system|Power down|System halted).{0,40}|Requesting system (?:reboot|poweroff)|The system is going down .{0,40})/,
    system: "linux",
    sign: "going-down",
  },
  { pattern: /\b(U-Boot (?:SPL )?\d{4}\.\d\d[^ ]{0,40})/, system: "u-boot", sign: "started" },
  { pattern: /### ERROR ### Please RESET the board ###/, system: "u-boot", sign: "panic" },
  { pattern: /^(data abort|prefetch abort|undefined instruction)$/, system: "u-boot", sign: "panic" },
  {
    pattern:
      /(Wrong Image Format for \S+ command|Bad Data CRC|ERROR: can't get kernel image|Wrong Ramdisk Image Format|SPL: failed to boot.{0,60}|\*\* Bad device .{1,40})/,
    system: "u-boot",
    sign: "boot-failed",
  },
];
