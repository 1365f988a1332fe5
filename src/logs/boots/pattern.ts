import type { ConsoleSign, ResetCause, SignSystem } from "../../station/serial/signs.ts";

/** A form of line, and what it tells. Its first group is the detail. */
export type Form = {
  pattern: RegExp;
  system: SignSystem;
  sign: ConsoleSign["sign"];
  /** Reads the cause of a reset. */
  cause?: (match: RegExpExecArray) => ResetCause;
};

/** The cause of a reset by the words of whoever wrote it. */
export function causeInWords(text: string): ResetCause {
  for (const [cause, pattern] of causes) if (pattern.test(text)) return cause;
  return "other";
}

const causes: readonly (readonly [ResetCause, RegExp])[] = [
  ["deep-sleep", /deep ?sleep|dsleep/i],
  ["brownout", /brown|\bbor\b|borrst|power ?glitch|low[ _-]?volt/i],
  ["watchdog", /wdt|wdog|watch ?dog|iwdg|wwdg|wtd/i],
  ["power-on", /power ?_?-?on|\bp[od]r\b|por_?pdr|porrst|poweron|cold/i],
  ["low-power", /low[ _-]?power|lpwr|standby/i],
  ["software", /\bsw|soft|sys_?reset|sftrst|\breset_?req|reboot|restart/i],
  ["external", /ext|pin|nrst|button|jtag|usb|sdio|debug/i],
];
