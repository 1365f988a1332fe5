import { Select } from "@mantine/core";
import classes from "./fields.module.css";

type Props = {
  label: string;
  value: string;
  choices: readonly (string | { value: string; label: string })[];
  onChange: (value: string) => void;
};

/** One of a few words or numbers, one of which is always chosen: the baud of a line, its frame. */
export function ChoiceField({ label, value, choices, onChange }: Props) {
  return (
    <Select
      className={classes.narrow}
      label={label}
      value={value}
      data={[...choices]}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}
