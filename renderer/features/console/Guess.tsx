import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureError } from "../../../src/lib/contract.ts";
import { guessedBauds, guessSettings } from "../../../src/station/serial/guess.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { type ConsoleDraft, frameOf } from "./draft.ts";

type Told =
  | { kind: "listening"; at: number; baud: number }
  | { kind: "said"; text: string }
  | { kind: "failed"; error: FailureError };

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

  async function listen(): Promise<void> {
    wanted.current = true;
    try {
      const { guess, heard } = await guessSettings(
        (baudRate) => client.call("console.listen", { port, baudRate }),
        (at, baud) => {
          if (wanted.current) setTold({ kind: "listening", at, baud });
          return wanted.current;
        },
      );
      if (!wanted.current) return setTold(null);
      if (guess) {
        const { baudRate, ...rest } = guess.settings;
        const frame = frameOf({ ...rest, stopBits: 1 });
        onFound({ baud: String(baudRate), frame });
        const share = Math.round(guess.heard.text * 100);
        const bytes = format.number(guess.heard.bytes);
        setTold({
          kind: "said",
          text: t("console.guess.found", { baud: format.number(baudRate), frame, share, bytes }),
        });
      } else
        setTold({
          kind: "said",
          text: heard === 0 ? t("console.guess.silent") : t("console.guess.noise", { bytes: format.number(heard) }),
        });
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
            t("console.guess.listening", { baud: format.number(told.baud), at: told.at + 1, of: guessedBauds.length })}
          {told?.kind === "said" && told.text}
        </p>
      </div>
      {told?.kind === "failed" && <Failure what={t("console.guess.failed")} error={told.error} />}
    </div>
  );
}
