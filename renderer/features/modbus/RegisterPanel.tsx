import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallInput } from "../../../src/api/contract.ts";
import type { DeviceReading, RegisterRow } from "../../../src/services/modbus/contract.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./modbus.module.css";
import { emptyRegisters, type RegisterDraft, readRegisters, tables, type Wrong } from "./modbus-draft.ts";
import { PlaceFields } from "./PlaceFields.tsx";
import { refusalsOf } from "./refusals.ts";

const watchMs = 1000;

/** Registers by their numbers, in every way they can be read; watched, those that change stand out. */
export function RegisterPanel({ list }: { list: string }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { run, busy, error, value } = useCall("modbus.read");
  const [draft, setDraft] = useState<RegisterDraft>(emptyRegisters);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [asked, setAsked] = useState<CallInput<"modbus.read"> | null>(null);
  const [watched, setWatched] = useState(false);
  const changed = useChanges(value);
  const failed = useLasting(error, busy && watched);

  function change(part: Partial<RegisterDraft>): void {
    setDraft({ ...draft, ...part });
    setWrong(null);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = readRegisters(draft);
    if ("wrong" in read) return setWrong(read.wrong);
    setAsked(read.input);
    void run(read.input);
  }
  useEffect(() => {
    if (!watched || !asked || busy) return;
    const timer = setTimeout(() => void run(asked), watchMs);
    return () => clearTimeout(timer);
  }, [watched, asked, busy, run]);

  return (
    <>
      <form onSubmit={submit} noValidate aria-label={t("modbus.registers.title")}>
        <div className={layout.fields}>
          <PlaceFields draft={draft} wrong={wrong} list={list} onChange={change} />
          <Select
            className={fields.narrow}
            label={t("modbus.registers.table")}
            value={draft.table}
            data={tables.map((table) => ({ value: table, label: t(`modbus.tables.${table}`) }))}
            allowDeselect={false}
            onChange={(table) => table && change({ table })}
          />
          <TextInput
            className={fields.narrow}
            label={t("modbus.registers.from")}
            value={draft.from}
            error={wrong === "from" && t("modbus.registers.fromBad")}
            onChange={(event) => change({ from: event.currentTarget.value })}
            autoComplete="off"
          />
          <TextInput
            className={fields.narrow}
            label={t("modbus.registers.count")}
            value={draft.count}
            error={wrong === "count" && t("modbus.registers.countBad")}
            onChange={(event) => change({ count: event.currentTarget.value })}
            autoComplete="off"
          />
          <Button type="submit" className={fields.submit} variant="default" disabled={busy && !watched}>
            {t("modbus.registers.action")}
          </Button>
        </div>
      </form>
      <Checkbox
        className={classes.watch}
        size="md"
        label={t("modbus.registers.watch")}
        checked={watched}
        disabled={!asked}
        onChange={(event) => setWatched(event.currentTarget.checked)}
      />
      {failed && <Failure what={t("modbus.registers.failed")} error={failed} />}
      {refusalsOf(value?.blocks ?? []).map(({ registers, count, why }) => (
        <p key={registers} className={layout.trouble}>
          {t("modbus.registers.refused", { count, registers })} {say(why)}
        </p>
      ))}
      {value?.rows && value.rows.length > 0 && <RegisterTable rows={value.rows} changed={changed} />}
    </>
  );
}

/** What went wrong stays on screen while it is tried again. */
function useLasting<T>(error: T | null, isTrying: boolean): T | null {
  const last = useRef<T | null>(null);
  if (error !== null || !isTrying) last.current = error;
  return last.current;
}

/** The registers that have changed since they were first read of this device. */
function useChanges(reading: DeviceReading | undefined): ReadonlySet<number> {
  const seen = useRef({ of: "", first: new Map<number, string>(), changed: new Set<number>() });
  const { place, unit, rows = [] } = reading ?? {};
  const of = [place, unit, rows[0]?.table].join(" ");
  if (rows.length > 0 && seen.current.of !== of) seen.current = { of, first: new Map(), changed: new Set() };
  const { first, changed } = seen.current;
  for (const { address, hex } of rows) {
    const before = first.get(address);
    if (before !== undefined && before !== hex) changed.add(address);
    first.set(address, hex);
  }
  return changed;
}

function RegisterTable({ rows, changed }: { rows: readonly RegisterRow[]; changed: ReadonlySet<number> }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={classes.registers} tabIndex={0} aria-label={t("modbus.registers.values")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("modbus.registers.register")}</th>
            <th scope="col">hex</th>
            <th scope="col">u16</th>
            <th scope="col">i16</th>
            <th scope="col">{t("modbus.registers.bits")}</th>
            <th scope="col">{t("modbus.registers.text")}</th>
            <th scope="col">u32</th>
            <th scope="col">i32</th>
            <th scope="col">f32</th>
            <th scope="col">{t("modbus.registers.lowFirst", { type: "u32" })}</th>
            <th scope="col">{t("modbus.registers.lowFirst", { type: "f32" })}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.address} data-changed={changed.has(row.address) || undefined}>
              <th scope="row">
                {row.address}
                {changed.has(row.address) && <span className={classes.changed}> {t("modbus.registers.changed")}</span>}
              </th>
              <td>{row.hex}</td>
              <td>{row.u16}</td>
              <td>{row.i16}</td>
              <td>{row.bits}</td>
              <td>{row.text}</td>
              {[row.u32, row.i32, row.f32, row.u32Little, row.f32Little].map((value, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay
                <td key={place}>{value === null ? "–" : shown(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(7);
}
