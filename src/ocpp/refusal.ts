import type { Finding } from "../station/findings.ts";
import type { OcppVersion } from "../station/model.ts";
import { english } from "../station/phrases.ts";
import type { Rule } from "../words/en/findings.ts";
import type { Dialect } from "./dialect.ts";
import { type CallFrame, writeError, writeResult } from "./frame.ts";

type Codes = Dialect["errorCodes"];

/** What a strict central system answers to a deviation. A rule that is not here is told and never refused: the
 * specification has no error for it.
 * - 1.6J 4.2.3: FormationViolation (not the PDU's structure), OccurenceConstraintViolation (a field or entry is missing),
 *   PropertyConstraintViolation (an invalid value), TypeConstraintViolation (of another type).
 * - 2.0.1 and 2.1 part 4, 4.3: RpcFrameworkError (no valid RPC request), FormatViolation (syntax), ProtocolError (not the
 *   PDU's structure), the same three constraints, and SecurityError for what comes before the boot is accepted (B01.FR.10). */
const codeOf: Partial<Record<Rule, (codes: Codes) => string | undefined>> = {
  "early-call": (codes) => codes.notAccepted,
  "bad-message-shape": (codes) => codes.badMessage,
  "bad-message-id": (codes) => codes.badMessage,
  "payload-null": (codes) => codes.formatViolation,
  "unknown-field": (codes) => codes.structureViolation,
  "missing-field": (codes) => codes.occurrenceViolation,
  "empty-list": (codes) => codes.occurrenceViolation,
  "wrong-type": () => "TypeConstraintViolation",
  "too-long": () => "PropertyConstraintViolation",
  "unknown-value": () => "PropertyConstraintViolation",
  "unknown-context": () => "PropertyConstraintViolation",
  "unknown-error-code": () => "PropertyConstraintViolation",
  "unknown-phase": () => "PropertyConstraintViolation",
  "bad-format": () => "PropertyConstraintViolation",
  "time-unreadable": () => "PropertyConstraintViolation",
  "time-without-zone": () => "PropertyConstraintViolation",
  "out-of-range": () => "PropertyConstraintViolation",
};

/** The error that a call with these deviations is refused with, by the first in the order above: what makes the rest unreadable
 * goes before it. Null when none of them is an error in this version. */
export function refusalOf(findings: readonly Finding[], codes: Codes): { code: string; description: string } | null {
  if (findings.length === 0) return null;
  for (const rule of Object.keys(codeOf) as Rule[]) {
    const found = findings.find((each) => each.rule === rule);
    const code = found && codeOf[rule]?.(codes);
    if (found && code !== undefined) return { code, description: describe(found) };
  }
  return null;
}

function describe({ rule, where, expected }: Finding): string {
  return expected === undefined ? `${rule} at ${where}` : `${rule} at ${where}: expected ${english(expected)}`;
}

/** What an action is answered with that is not ours to serve: NotImplemented when the version does not have it, and
 * NotSupported when it has (1.6J 4.2.3; 2.0.1 part 4, 4.3).
 * @param empty an empty result in its place: some stations hang up after a few errors (AcTec) */
export function answerUnserved(frame: CallFrame, known: boolean, empty: boolean): string {
  if (empty) return writeResult(frame.echo, {});
  return known
    ? writeError(frame.echo, "NotSupported", `${frame.action} is sent by a central system`)
    : writeError(frame.echo, "NotImplemented", `${frame.action} is not known`);
}

const common = [
  "GenericError",
  "InternalError",
  "NotImplemented",
  "NotSupported",
  // 1.6 and 2.0.1 misspell it, 2.1 does not; the right spelling is held against nobody.
  "OccurenceConstraintViolation",
  "OccurrenceConstraintViolation",
  "PropertyConstraintViolation",
  "ProtocolError",
  "SecurityError",
  "TypeConstraintViolation",
];
const codes16: ReadonlySet<string> = new Set([...common, "FormationViolation"]);
const codes2: ReadonlySet<string> = new Set([
  ...common,
  "FormatViolation",
  "MessageTypeNotSupported",
  "RpcFrameworkError",
]);

/** True for a code that a CALLERROR of this version may have (1.6J 4.2.3; 2.0.1 and 2.1 part 4, 4.3). */
export function isErrorCode(code: string, version: OcppVersion): boolean {
  return (version === "1.6" ? codes16 : codes2).has(code);
}
