import { TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./access.module.css";

type Props = {
  label: string;
  description: string;
  value: string;
  /** What is wrong with what was typed, in words; null when nothing is. */
  problem: (text: string) => string | null;
  save: (text: string) => Promise<boolean>;
  mono?: boolean;
};

/** A text that is saved when one leaves the field or presses Enter. Escape gives back what was saved. */
export function DraftInput({ label, description, value, problem, save, mono }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  async function commit(): Promise<void> {
    if (typed === null) return;
    const text = typed.trim();
    const found = problem(text);
    setWrong(found);
    if (found === null && (text === value || (await save(text)))) setTyped(null);
  }

  return (
    <TextInput
      className={classes.field}
      label={label}
      description={description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={typed ?? value}
      error={wrong}
      spellCheck={false}
      autoComplete="off"
      classNames={mono ? { input: "mono" } : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setWrong(null);
      }}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === "Enter") void commit();
        if (event.key !== "Escape" || typed === null) return;
        event.stopPropagation();
        setTyped(null);
        setWrong(null);
      }}
    />
  );
}
