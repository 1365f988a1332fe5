import { expect, test } from "vitest";
import { causeInWords } from "./pattern.ts";
import { signIn } from "./sign-in.ts";

/** Each word of each form that is known, as consoles print it. */
const lines = `
ets Jan  8 2013,rst cause:1, boot mode:(3,6)
rst cause:2,boot mode:(3,6)
rst cause:3, boot mode:(3,6)
rst cause:7, boot mode:(3,6)
rst:0x99 (MYSTERY_RESET),boot:0x13
Guru Meditation Error of an unknown make
CORRUPT HEAP: Bad head at 0x3ffb1234. Expected 0xabba1234 got 0x00000000
Stack smashing protect failure!
flash read err, 1000
E (57) boot: No bootable app partitions in the partition table
E (340) esp_image: Image hash failed - image is corrupt
Fatal exception 28(LoadProhibitedCause):
Fatal exception (9):
Exception (3):
Oops[#1]:
Oops: 0002 [#1] SMP
kernel BUG at mm/slub.c:4036!
BUG: unable to handle page fault for address: 00000010
Unhandled fault: external abort on non-linefetch (0x1008)
NMI watchdog: Watchdog detected hard LOCKUP on cpu 1
rcu_sched self-detected stall on CPU
rcu_preempt detected stalls on CPUs/tasks
INFO: task kworker/0:1 blocked for more than 120 seconds.
watchdog0: watchdog did not stop!
imx2-wdt 20bc000.wdog: timeout 60 sec
Watchdog timer expired; rebooting
Memory cgroup out of memory: Kill process 77 (node) score 1
Out of memory: Kill process 78 sh
UBIFS error (ubi0:0 pid 1): ubifs_read_node
JFFS2 error: (321) read failed
UBI error: ubi_io_read: error -74
EXT3-fs error: bad block
mmc0: error -110 whilst initialising SD card
mmc1: Card stuck in wrong state
mmc0: Timeout waiting for hardware interrupt.
EXT4-fs (mmcblk0p2): Remounting filesystem read-only
reboot: Power down
reboot: System halted
Requesting system poweroff
The system is going down NOW!
U-Boot 2022.04-lts (May 01 2022)
data abort
prefetch abort
undefined instruction
a data abort in the middle
Wrong Image Format for bootm command
Bad Data CRC
Wrong Ramdisk Image Format
SPL: failed to boot from all boot devices
** Bad device mmc 1 **
RCC_CSR: 0x40000000
RCC_CSR: 0x80000000
RCC.RSR = 0x02000000
RCC BDCSR: 0x00000001
RCC->CSR: 0x0
++ MbedOS Fault Handler ++
++ MbedOS Error Info ++
up_assert: Assertion failed at file:irq.c line: 12
vApplicationStackOverflowHook: task main
vApplicationMallocFailedHook
stack overflow in task comms!
BusFault_Handler
usage fault: undefined
MemManage Fault
secure_fault!
***** MPU FAULT ***** unknown
last reset reason : Software
Boot cause=button pressed
restart source: low-power standby
E: >>> ZEPHYR FATAL ERROR 4: Kernel panic
  Reset cause: POR   
`;

test("every form of every system is told with its detail and its cause", async () => {
  const told = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const sign = signIn(line);
      const { system, sign: what, cause, detail } = sign ?? {};
      return `${line}\n  ${sign ? [system, what, cause, detail && `"${detail}"`].filter(Boolean).join(" ") : "nothing"}`;
    });
  await expect(`${told.join("\n")}\n`).toMatchFileSnapshot("told/signs.txt");
});

test("of a long line the beginning is looked at and told, without the room around it", () => {
  const reset = "Reset cause: POR";
  expect(signIn(`${" ".repeat(384)}${reset}`)?.said).toBe(reset);
  expect(signIn(`${" ".repeat(385)}${reset}`)?.cause).toBe("other");
  expect(signIn(`${" ".repeat(400)}${reset}`)).toBeNull();
  expect(signIn(`  ${reset} ${"x".repeat(400)}`)?.said).toBe(`${reset} ${"x".repeat(183)}`);
  expect(signIn("assert failed:   x  ")).toMatchObject({ detail: "assert failed:   x", said: "assert failed:   x" });
});

test("a cause is known by the words of whoever wrote it, the gravest where there are several", () => {
  const words: Record<string, string[]> = {
    "deep-sleep": ["DEEPSLEEP", "deep sleep", "dsleep"],
    brownout: ["Brown-out", "BOR", "BORRST", "power glitch", "PowerGlitch", "low voltage", "low-volt", "LOW_VOLT"],
    watchdog: ["TG0WDT", "WDOG", "watch dog", "watchdog", "IWDG", "WWDG", "WTD"],
    "power-on": ["power on", "Power-On", "POWER_ON", "poweron", "POR", "PDR", "POR_PDR", "PORRST", "cold start"],
    "low-power": ["low power", "LOW_POWER", "LPWR", "standby"],
    software: ["SW", "soft", "SYS_RESET", "sysreset", "SFTRST", "reset_req", "resetreq", "reboot", "restart"],
    external: ["EXT", "pin", "NRST", "button", "JTAG", "USB", "SDIO", "debug"],
    other: ["", "unknown", "answer", "border", "torpor", "sys reset"],
  };
  const told = Object.fromEntries(Object.entries(words).map(([cause, all]) => [cause, all.map(causeInWords)]));
  expect(told).toEqual(Object.fromEntries(Object.entries(words).map(([cause, all]) => [cause, all.map(() => cause)])));
  expect(causeInWords("software watchdog")).toBe("watchdog");
});
