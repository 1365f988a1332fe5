import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IssuedView } from "../../../src/services/certificates/contract.ts";
import { useCall } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Failure, Time } from "../../ui/parts.tsx";
import classes from "./certificates.module.css";
import { PemInput } from "./PemInput.tsx";
import { saveFile } from "./save-file.ts";

/** Certificates that we signed, and signing of a request that came as a file. */
export function Issued({ issued }: { issued: readonly IssuedView[] }) {
  const { t } = useTranslation();
  const sign = useCall("certificates.sign");
  const file = useCall("certificates.file");
  const [csr, setCsr] = useState("");
  async function signFile() {
    const signed = await sign.run({ csr });
    if (!signed) return;
    setCsr("");
    saveFile(signed);
  }
  async function save(fingerprint: string) {
    const saved = await file.run({ fingerprint });
    if (saved) saveFile(saved);
  }
  const columns: Column<IssuedView>[] = [
    { id: "name", head: t("certificates.fields.name"), cell: (row) => <code>{row.commonName}</code> },
    {
      id: "station",
      head: t("certificates.issued.station"),
      cell: (row) => row.station ?? t("certificates.issued.byFile"),
    },
    { id: "key", head: t("certificates.fields.key"), cell: (row) => row.key },
    { id: "at", head: t("certificates.issued.at"), cell: (row) => <Time at={row.issuedAt} /> },
    { id: "until", head: t("certificates.fields.until"), cell: (row) => <Time at={Date.parse(row.notAfter)} /> },
    {
      id: "save",
      head: t("certificates.issued.file"),
      cell: (row) => (
        <Button variant="default" onClick={() => void save(row.fingerprint)}>
          {t("certificates.issued.save")}
        </Button>
      ),
    },
  ];
  return (
    <section className={layout.section} aria-labelledby="certificates-issued">
      <h2 id="certificates-issued">{t("certificates.issued.title")}</h2>
      {issued.length === 0 ? (
        <p>{t("certificates.issued.none")}</p>
      ) : (
        <div className={classes.scroll}>
          <DataTable
            rows={issued}
            columns={columns}
            rowKey={(row) => row.fingerprint}
            label={t("certificates.issued.title")}
          />
        </div>
      )}
      <div>
        <ConfirmInline
          verb={t("certificates.issued.sign")}
          onConfirm={() => void signFile()}
          incomplete={csr.trim() === ""}
        >
          <p>{t("certificates.issued.signSentence")}</p>
          <PemInput value={csr} onChange={setCsr} label={t("certificates.issued.csr")} />
        </ConfirmInline>
      </div>
      {sign.error && <Failure what={t("certificates.issued.failed")} error={sign.error} />}
      {file.error && <Failure what={t("certificates.saveFailed")} error={file.error} />}
    </section>
  );
}
