import type { KeyboardEvent, ReactNode } from "react";
import { Told } from "../Told.tsx";
import classes from "./table.module.css";

export type Column<Row> = {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  number?: boolean;
};

type Props<Row> = {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string | number;
  /** What the table holds, for those who do not see it. */
  label: string;
  /** Enter or a click on a row. Arrows walk the rows. */
  onOpen?: (row: Row) => void;
  /** Whether a row opens, where not all do: what opens nothing takes no focus. */
  opens?: (row: Row) => boolean;
};

/** A table of at most some hundred rows. */
export function DataTable<Row>({ rows, columns, rowKey, label, onOpen, opens }: Props<Row>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" data-number={column.number}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const open = onOpen && (opens?.(row) ?? true) ? () => onOpen(row) : undefined;
          return (
            <tr
              key={rowKey(row)}
              tabIndex={open && 0}
              data-opens={open && true}
              onClick={open}
              onKeyDown={open && ((event) => walk(event, open))}
            >
              {columns.map((column) => (
                <td key={column.id} data-number={column.number}>
                  {inCell(column.cell(row))}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function inCell(content: ReactNode): ReactNode {
  return typeof content === "string" ? <Told text={content} /> : content;
}

/** Arrows walk to the neighbouring row, Enter opens; keys pressed inside a control of the row stay there. */
function walk(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const next =
    event.key === "ArrowDown" ? besides(row, "next") : event.key === "ArrowUp" ? besides(row, "previous") : null;
  if (event.key === "Enter") open();
  else if (next) next.focus();
  else return;
  event.preventDefault();
}

/** The nearest row on one side that takes the focus. */
function besides(row: HTMLElement, side: "next" | "previous"): HTMLElement | null {
  let one = row[`${side}ElementSibling`];
  while (one && !(one instanceof HTMLElement && one.tabIndex === 0)) one = one[`${side}ElementSibling`];
  return one as HTMLElement | null;
}
