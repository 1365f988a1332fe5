import { useImperativeHandle, useState } from "react";
import type { Terminal as Real } from "../Terminal.tsx";

type Props = Parameters<typeof Real>[0];

/** What the stand-in was asked for, beside what it shows. */
export const terminal = { done: [] as string[] };

/** What draws letters needs a canvas: a plain one stands in for it, that shows what it is given. */
export function Terminal({ label, marks, onKeys, onFound, handle }: Props) {
  const [text, setText] = useState("");
  useImperativeHandle(handle, () => ({
    clear() {
      terminal.done.push("clear");
      setText("");
    },
    top: () => terminal.done.push("top"),
    write: (more) => setText((before) => before + more.replaceAll("\x1b", "␛")),
    focus() {},
    find: (wanted, back) => onFound(back ? 1 : 2, text.split(wanted).length - 1),
  }));
  return (
    <>
      <section aria-label={label}>{`${text} marked: ${marks.join(",")}`}</section>
      <input
        aria-label="keys"
        value=""
        onChange={({ currentTarget: { value } }) => onKeys?.(value.replaceAll("⏎", "\r"))}
      />
    </>
  );
}
