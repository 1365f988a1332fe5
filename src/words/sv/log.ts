import type { log as en } from "../en/log.ts";

export const log: typeof en = {
  lines: "Rader: {{lines}}; {{size}}; {{encoding}}",
  kinds: { text: "text", binary: "ingen text", archive: "arkiv" },
  period: "{{first}} till {{last}}",
  noTimes: "inga tidsstämplar",
  sinceStart: "{{time}} efter starten",
  zoneTold: "tider utan tidszon läses som {{zone}}, som begärt",
  zoneInferred: "tider utan tidszon läses som {{zone}}: så säger meddelandena i den",
  zoneUnknown: "tider utan tidszon läses som UTC: --zone anger en annan",
  levels: "Fel: {{error}}; varningar: {{warning}}; upplysningar: {{info}}; felsökning: {{debug}}",
  restarts: "Omstarter: {{count}}",
  jumps: "Tidshopp: {{count}}",
  jump: "{{from}} till {{to}} ({{by}})",
  errors: "Fel, flest först",
  repeated: "Rader som upprepas, flest först; bortsett från tal och id:n",
  rough: "Raderna är av så många slag att antalen kan vara för låga.",
  line: "rad {{line}}",
  signs: {
    "kernel-start": "kärnan startar",
    "boot-loader": "startprogrammet körs",
    "service-start": "tjänsterna startar",
    "going-down": "systemet stängs av",
    watchdog: "vakthunden slog till",
    power: "strömmen kom eller försvann",
    "boot-message": "BootNotification",
  },
};
