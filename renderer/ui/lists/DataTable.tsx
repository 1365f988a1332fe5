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
};

/** A table of at most some hundred rows. */
export function DataTable<Row>({ rows, columns, rowKey, label, onOpen }: Props<Row>) {
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
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            tabIndex={onOpen ? 0 : undefined}
            data-opens={onOpen ? true : undefined}
            onClick={onOpen && (() => onOpen(row))}
            onKeyDown={onOpen && ((event) => walk(event, () => onOpen(row)))}
          >
            {columns.map((column) => (
              <td key={column.id} data-number={column.number}>
                {inCell(column.cell(row))}
              </td>
            ))}
          </tr>
        ))}
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
    event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
  if (event.key === "Enter") open();
  else if (next instanceof HTMLElement) next.focus();
  else return;
  event.preventDefault();
}
