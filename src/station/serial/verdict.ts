import type { Words } from "../../lib/words.ts";
import { words } from "../phrases.ts";
import type { Verdict } from "./modbus.ts";

const told: Readonly<Record<Exclude<Verdict["kind"], "two-with-one-unit">, Words>> = {
  found: words("modbus-verdict-found"),
  nothing: words("modbus-verdict-nothing"),
  "nothing-at-host": words("modbus-verdict-nothing-at-host"),
  "gateway-silent": words("modbus-verdict-gateway-silent"),
  echo: words("modbus-verdict-echo"),
  noise: words("modbus-verdict-noise"),
  swapped: words("modbus-verdict-swapped"),
  "wrong-setting": words("modbus-verdict-wrong-setting"),
  "another-master": words("modbus-verdict-another-master"),
  "no-modbus": words("modbus-verdict-no-modbus"),
  "nobody-on-network": words("modbus-verdict-nobody-on-network"),
};

/** What a scan comes to, and what to do. */
export function verdictWords(verdict: Verdict): Words {
  if (verdict.kind === "two-with-one-unit") return words("modbus-verdict-two", { units: verdict.units.join(", ") });
  return told[verdict.kind];
}
