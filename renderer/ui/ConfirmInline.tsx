import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandName } from "../../src/station/commands.ts";
import layout from "./layout.module.css";
import classes from "./ui.module.css";

type Props = {
  /** The verb on the button, and again in the sentence. */
  verb: string;
  /** What will happen, as a sentence; a form may stand in it. */
  children: ReactNode;
  onConfirm: () => void;
  disabled?: boolean;
  /** Shown beside the disabled button on hover: why it cannot be done. */
  why?: string;
  /** Nothing to go by yet in the form inside. */
  incomplete?: boolean;
  /** Nothing is at risk: done at once, without the sentence. */
  immediate?: boolean;
  /** The command's name in the model: the palette finds the button by it. */
  command?: CommandName;
};

/** A risky command: the button turns in place into a sentence that says what will happen, with the verb and Cancel. */
export function ConfirmInline({ verb, children, onConfirm, disabled, why, incomplete, immediate, command }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);

  useEffect(() => {
    if (asking) box.current?.querySelector<HTMLElement>("input, [data-cancel]")?.focus();
    else if (asked.current) button.current?.focus();
    asked.current = asking;
  }, [asking]);

  if (!asking || disabled)
    return (
      <Button
        ref={button}
        data-command={command}
        variant="default"
        disabled={disabled}
        title={disabled ? why : undefined}
        onClick={() => (immediate ? onConfirm() : setAsking(true))}
      >
        {verb}
      </Button>
    );
  return (
    <form
      ref={box}
      className={classes.confirm}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        setAsking(false);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(false);
        onConfirm();
      }}
    >
      <div className={classes.sentence}>{children}</div>
      <div className={layout.row}>
        <Button type="submit" disabled={incomplete}>
          {verb}
        </Button>
        <Button data-cancel variant="default" onClick={() => setAsking(false)}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
