import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureError } from "../../../src/lib/contract.ts";
import {
  type Guessed,
  guessSettings,
  type HeardFrame,
  type ListenSettings,
  mostListened,
} from "../../../src/station/serial/guess.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { type ConsoleDraft, frameOf } from "./draft.ts";

type Told =
  | { kind: "listening"; at: number; settings: ListenSettings }
  | { kind: "said"; text: string }
  | { kind: "failed"; error: FailureError };

/** One stop bit is what listening tells: a second is heard as silence. */
const written = (frame: HeardFrame) => frameOf({ ...frame, stopBits: 1 });

/** Finds the speed and the parity of a port by listening to it; nothing is sent. */
export function Guess({
  port,
  onFound,
}: {
  port: string;
  onFound: (found: Pick<ConsoleDraft, "baud" | "frame">) => void;
}) {
  const { t } = useTranslation();
  const client = useCore();
  const format = useFormat();
  const [told, setTold] = useState<Told | null>(null);
  const wanted = useRef(false);
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  function textOf({ guess, heard, plain }: Guessed): string {
    if (plain) return t("console.guess.plain", { bytes: format.number(heard) });
    if (!guess)
      return heard === 0 ? t("console.guess.silent") : t("console.guess.noise", { bytes: format.number(heard) });
    const { baudRate, ...frame } = guess.settings;
    const found = t("console.guess.found", {
      baud: format.number(baudRate),
      frame: written(frame),
      share: Math.round(guess.heard.text * 100),
      bytes: format.number(guess.heard.bytes),
    });
    if (guess.orElse.length === 0) return found;
    return `${found} ${t("console.guess.orElse", { frames: guess.orElse.map(written).join(", ") })}`;
  }
  async function listen(): Promise<void> {
    wanted.current = true;
    try {
      const guessed = await guessSettings(
        (settings) => client.call("console.listen", { port, ...settings }),
        (at, settings) => {
          if (wanted.current) setTold({ kind: "listening", at, settings });
          return wanted.current;
        },
      );
      if (!wanted.current) return setTold(null);
      if (guessed.guess) {
        const { baudRate, ...frame } = guessed.guess.settings;
        onFound({ baud: String(baudRate), frame: written(frame) });
      }
      setTold({ kind: "said", text: textOf(guessed) });
    } catch (thrown) {
      setTold({ kind: "failed", error: asFailure(thrown) });
    }
  }
  return (
    <div className={layout.stack}>
      <div className={layout.row} data-gap="16">
        <Button variant="default" disabled={port === "" || told?.kind === "listening"} onClick={() => void listen()}>
          {t("console.guess.action")}
        </Button>
        {told?.kind === "listening" && (
          <Button
            variant="default"
            onClick={() => {
              wanted.current = false;
            }}
          >
            {t("common.cancel")}
          </Button>
        )}
        <p role="status">
          {told?.kind === "listening" &&
            t("console.guess.listening", {
              baud: format.number(told.settings.baudRate),
              frame: written(told.settings),
              at: told.at + 1,
              of: mostListened,
            })}
          {told?.kind === "said" && told.text}
        </p>
      </div>
      {told?.kind === "failed" && <Failure what={t("console.guess.failed")} error={told.error} />}
    </div>
  );
}
