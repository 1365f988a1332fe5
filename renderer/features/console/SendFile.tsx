import { Button, FileButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureError } from "../../../src/lib/contract.ts";
import { shownText } from "../../../src/lib/shown-text.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { toBase64 } from "./bytes.ts";

/** So that a slow line shows how far it is, bytes. */
const piece = 1024;

type Sending = { name: string; size: number; sent: number; state: "sending" | "sent" | "canceled" | "broken" };

/** Sends a file as it is, piece after piece as the line takes it. */
export function SendFile({ port }: { port: string }) {
  const { t } = useTranslation();
  const client = useCore();
  const format = useFormat();
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<FailureError | null>(null);
  const wanted = useRef(false);
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  async function send(file: File | null): Promise<void> {
    if (!file) return;
    const { name, size } = file;
    wanted.current = true;
    setError(null);
    try {
      let sent = 0;
      for (setSending({ name, size, sent, state: "sending" }); sent < size && wanted.current; ) {
        const bytes = new Uint8Array(await file.slice(sent, sent + piece).arrayBuffer());
        await client.call("console.send", { port, base64: toBase64(bytes), file: { name, size, at: sent } });
        sent += bytes.length;
        setSending({ name, size, sent, state: "sending" });
      }
      const stopped = sent < size;
      if (stopped) await client.call("console.send", { port, base64: "", file: { name, size, at: sent, stopped } });
      setSending({ name, size, sent, state: stopped ? "canceled" : "sent" });
    } catch (thrown) {
      // How much of it is there already tells whether it may be sent again.
      setSending((before) => before && { ...before, state: "broken" });
      setError(asFailure(thrown));
    }
  }
  const busy = sending?.state === "sending";
  return (
    <>
      <FileButton onChange={(file) => void send(file)}>
        {(props) => (
          <Button {...props} variant="default" disabled={busy}>
            {t("console.file.send")}
          </Button>
        )}
      </FileButton>
      {busy && (
        <Button
          variant="default"
          onClick={() => {
            wanted.current = false;
          }}
        >
          {t("common.cancel")}
        </Button>
      )}
      {sending && (
        <p role="status">
          {t(`console.file.${sending.state}`, {
            name: shownText(sending.name),
            sent: format.bytes(sending.sent),
            size: format.bytes(sending.size),
          })}
        </p>
      )}
      {error && (
        <div className={layout.stack}>
          <Failure what={t("console.file.failed")} error={error} />
        </div>
      )}
    </>
  );
}
