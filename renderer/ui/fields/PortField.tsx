import { TextInput } from "@mantine/core";
import classes from "./fields.module.css";

type Props = {
  label: string;
  description: string;
  value: string;
  /** What is wrong with it, or false. */
  error: string | false;
  onChange: (value: string) => void;
  /** The id of the list of what is offered as one types. */
  list: string;
  /** What that list holds; absent where it stands elsewhere. */
  offered?: readonly string[];
};

/** Where a device is: a port of this laptop, or another place that is written like one. */
export function PortField({ label, description, value, error, onChange, list, offered }: Props) {
  return (
    <>
      {offered && (
        <datalist id={list}>
          {offered.map((path) => (
            <option key={path} value={path} />
          ))}
        </datalist>
      )}
      <TextInput
        className={classes.wide}
        label={label}
        description={description}
        inputWrapperOrder={["label", "input", "description", "error"]}
        list={list}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        classNames={{ input: "mono" }}
        autoComplete="off"
        spellCheck={false}
      />
    </>
  );
}
