import { useTranslation } from "react-i18next";
import type { PollView, Question, ValueView } from "../../../src/services/modbus/contract.ts";
import { useSpoken } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import classes from "./modbus.module.css";

/** The questions of another master, each in a row with what was answered last. */
export function PollTable({ polls }: { polls: readonly PollView[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={`${classes.registers} ${classes.polls}`} tabIndex={0} aria-label={t("modbus.listen.polls")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("modbus.place.unit")}</th>
            <th scope="col" data-words>
              {t("modbus.listen.question")}
            </th>
            <th scope="col">{t("modbus.listen.every")}</th>
            <th scope="col">{t("modbus.listen.asked")}</th>
            <th scope="col">{t("modbus.listen.answered")}</th>
            <th scope="col">{t("modbus.listen.refused")}</th>
            <th scope="col" data-words>
              {t("modbus.listen.last")}
            </th>
          </tr>
        </thead>
        <tbody>
          {polls.map((poll) => (
            <tr key={`${poll.unit} ${questionKey(poll.question)}`}>
              <td>{poll.unit}</td>
              <th scope="row">
                <QuestionWords question={poll.question} />
              </th>
              <td>{poll.everyMs === null ? "–" : `${number(poll.everyMs / 1000, 1)} s`}</td>
              <td>{poll.asked}</td>
              <td>{poll.answered}</td>
              <td>{poll.refused}</td>
              <td data-words>
                <Last poll={poll} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function questionKey(question: Question): string {
  const { kind, table, address } = question;
  return `${kind} ${table} ${address} ${question.kind === "read" ? question.count : ""}`;
}

function QuestionWords({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { kind, table, address } = question;
  const count = question.kind === "read" ? question.count : question.registers.length;
  const registers = count > 1 ? `${address}–${address + count - 1}` : String(address);
  return t(`modbus.listen.${kind}`, { table: t(`modbus.tables.${table}`), registers });
}

/** What was answered, or written, last. */
function Last({ poll: { why, registers, values, question } }: { poll: PollView }) {
  const { t } = useTranslation();
  const say = useSpoken();
  if (why) return say(why);
  if (question.kind === "write") return question.registers.join(" ");
  if (!registers) return <span className="muted">{t("modbus.listen.unanswered")}</span>;
  if (values.length === 0) return registers.join(" ");
  return (
    <ul className={classes.values}>
      {values.map((value) => (
        <li key={`${value.at} ${value.means} ${value.phase}`}>
          <Value value={value} />
        </li>
      ))}
    </ul>
  );
}

function Value({ value: { means, label, phase, value, unit, words } }: { value: ValueView }) {
  const { t } = useTranslation();
  const { number, quantity } = useFormat();
  const name = [means === "note" ? (label ?? means) : means, phase].filter(Boolean).join(" ");
  const said = words.length > 0 ? ` (${words.join("; ")})` : "";
  if (value === null) return `${name}: ${t("modbus.listen.notMeasured")}${said}`;
  if (typeof value === "string") return `${name}: ${value}${said}`;
  return `${name}: ${unit === "" ? number(value, Number.isInteger(value) ? 0 : 2) : quantity(value, unit)}${said}`;
}
