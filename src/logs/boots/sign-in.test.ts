import { describe, expect, it } from "vitest";
import { signIn } from "./sign-in.ts";

/** Lines as they are printed: from ESP-IDF's and the Arduino core's documents and trackers, kernel sources, U-Boot, Zephyr and ST's examples. */
const lines: readonly [string, string, Record<string, unknown>][] = [
  ["rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "esp32 reset", { cause: "power-on" }],
  ["rst:0x3 (SW_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "esp32 reset", { cause: "software" }],
  ["rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "esp32 reset", { cause: "software" }],
  ["rst:0x3 (RTC_SW_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)", "esp32 reset", { cause: "software" }],
  ["rst:0x5 (DEEPSLEEP_RESET),boot:0x13", "esp32 reset", { cause: "deep-sleep" }],
  ["rst:0x7 (TG0WDT_SYS_RESET),boot:0x13", "esp32 reset", { cause: "watchdog" }],
  ["rst:0x8 (TG1WDT_SYS_RST),boot:0x8", "esp32 reset", { cause: "watchdog" }],
  ["rst:0x10 (RTCWDT_RTC_RESET),boot:0x33", "esp32 reset", { cause: "watchdog" }],
  ["rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13", "esp32 reset", { cause: "brownout" }],
  ["rst:0xe (EXT_CPU_RESET),boot:0x13", "esp32 reset", { cause: "external" }],
  ["rst:0x15 (USB_UART_CHIP_RESET),boot:0x8", "esp32 reset", { cause: "external" }],
  [" ets Jan  8 2013,rst cause:4, boot mode:(3,6)", "esp8266 reset", { cause: "watchdog" }],
  [
    "Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled.",
    "esp32 panic",
    { detail: "LoadProhibited" },
  ],
  [
    "Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).",
    "esp32 watchdog",
    { detail: "Interrupt wdt timeout on CPU0" },
  ],
  ["E (10319) task_wdt: Task watchdog got triggered. The following tasks did not reset", "esp32 watchdog", {}],
  ["Brownout detector was triggered", "esp32 brownout", {}],
  ["abort() was called at PC 0x400d1a2b on core 0", "esp32 panic", { detail: "abort()" }],
  ["assert failed: xQueueSemaphoreTake queue.c:1545 (( pxQueue ))", "esp32 panic", {}],
  [
    "***ERROR*** A stack overflow in task main has been detected.",
    "esp32 panic",
    { detail: "stack overflow in task main" },
  ],
  ["invalid header: 0xffffffff", "esp32 boot-failed", {}],
  ["I (29) boot: ESP-IDF v4.4.2 2nd stage bootloader", "esp32 started", { detail: "ESP-IDF v4.4.2" }],
  ["RCC->CSR = 0x24000000", "stm32 reset", { cause: "watchdog" }],
  ["RCC_CSR: 0x0C000000", "stm32 reset", { cause: "power-on" }],
  ["RCC_CSR=0x14000000", "stm32 reset", { cause: "software" }],
  // Of several flags the gravest counts.
  ["RCC_CSR=0xFE000000", "stm32 reset", { cause: "watchdog" }],
  ["RCC_CSR=0xDE000000", "stm32 reset", { cause: "watchdog" }],
  ["RCC_CSR=0x9E000000", "stm32 reset", { cause: "low-power" }],
  ["RCC_CSR=0x1E000000", "stm32 reset", { cause: "software" }],
  ["RCC_CSR=0x0E000000", "stm32 reset", { cause: "power-on" }],
  ["RCC_CSR=0x06000000", "stm32 reset", { cause: "brownout" }],
  ["RCC_CSR=0x04000000", "stm32 reset", { cause: "external" }],
  ["RCC_CSR=0x01000000", "stm32 reset", { cause: "other" }],
  ["Reset cause: IWDG", "device reset", { cause: "watchdog" }],
  ["reset reason = Brown-out", "device reset", { cause: "brownout" }],
  ["[HardFault] PC=0x0800abcd LR=0x08001234", "stm32 panic", { detail: "HardFault" }],
  ["HardFault_Handler", "stm32 panic", {}],
  ["*** Booting Zephyr OS build v3.4.0-rc1 ***", "zephyr started", { detail: "Zephyr OS build v3.4.0-rc1" }],
  ["[00:00:02.001,000] <err> os: ***** BUS FAULT *****", "zephyr panic", { detail: "BUS FAULT" }],
  ["E: >>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0", "zephyr panic", { detail: "CPU exception" }],
  [
    "[    0.000000] Linux version 5.10.72-lts (oe-user@oe-host) (arm-poky-gcc)",
    "linux started",
    { detail: "Linux version 5.10.72-lts" },
  ],
  ["[    2.4] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", "linux panic", {}],
  ["Unable to handle kernel NULL pointer dereference at virtual address 00000010", "linux oops", {}],
  ["Internal error: Oops: 17 [#1] SMP ARM", "linux oops", {}],
  ["watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [ocppd:412]", "linux hang", {}],
  ["Out of memory: Killed process 412 (ocppd) total-vm:81200kB", "linux out-of-memory", { detail: "ocppd" }],
  ["EXT4-fs error (device mmcblk0p3): ext4_find_entry:1455", "linux storage", {}],
  ["blk_update_request: I/O error, dev mmcblk0, sector 1234", "linux storage", {}],
  ["reboot: Restarting system", "linux going-down", {}],
  ["U-Boot SPL 2020.01 (Mar 02 2021 - 10:11:12 +0000)", "u-boot started", { detail: "U-Boot SPL 2020.01" }],
  ["Reset cause: WDOG", "device reset", { cause: "watchdog" }],
  ["Reset cause: POR", "device reset", { cause: "power-on" }],
  ["ERROR: can't get kernel image!", "u-boot boot-failed", {}],
  ["### ERROR ### Please RESET the board ###", "u-boot panic", {}],
];

describe("what a console tells of boots, resets and faults", () => {
  it.each(lines)("%s", (line, told, more) => {
    const sign = signIn(line);
    expect(`${sign?.system} ${sign?.sign}`).toBe(told);
    expect(sign).toMatchObject(more);
  });

  it.each([
    "I (1234) ocpp: BootNotification accepted, interval 300",
    "connector 1: no fault",
    "watchdog: fed",
    "Error: none",
    "source code at https://example.test/first",
    "boot reason unknown to us",
    "fault_code=0",
    "",
  ])("nothing in: %s", (line) => {
    expect(signIn(line)).toBeNull();
  });

  // Looked for again from every letter it would take minutes.
  it("gets through what was made to be slow", { timeout: 30_000 }, () => {
    for (const part of [
      "rst:0x1 (",
      "Guru Meditation Error: (",
      "reset reason ",
      "Oops: ",
      "A stack overflow in task ",
    ])
      for (let n = 0; n < 50; n++) signIn(part.repeat(2000));
  });
});
