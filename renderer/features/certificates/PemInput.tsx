import { Button, FileButton, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { longestPem } from "../../../src/services/certificates/contract.ts";
import classes from "./certificates.module.css";

type Props = { value: string; onChange: (text: string) => void; label: string };

/** A PEM text, pasted or from a file. A binary file (DER) is turned into base64. */
export function PemInput({ value, onChange, label }: Props) {
  const { t } = useTranslation();
  async function read(file: File | null) {
    if (!file) return;
    if (file.size > longestPem) return onChange(" ".repeat(longestPem + 1));
    const bytes = new Uint8Array(await file.arrayBuffer());
    // DER begins with a SEQUENCE; no text does.
    onChange(bytes[0] === 0x30 ? btoa(String.fromCharCode(...bytes)) : new TextDecoder().decode(bytes));
  }
  return (
    <div className={classes.pem}>
      <Textarea
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        placeholder="-----BEGIN …"
        minRows={3}
        maxRows={8}
        autosize
        spellCheck={false}
        classNames={{ input: "mono" }}
      />
      <FileButton onChange={(file) => void read(file)} accept=".pem,.crt,.cer,.der,.csr,.p10,.txt">
        {(props) => (
          <Button variant="default" {...props}>
            {t("certificates.file")}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
