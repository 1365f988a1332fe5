import { fileName } from "../../../src/lib/file-name.ts";
import type { CertificateFile } from "../../../src/services/certificates/contract.ts";

/** Hands a file to the browser, or to the window's save dialog. */
export function saveFile({ fileName: wanted, mediaType, base64 }: CertificateFile): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(wanted);
  link.click();
  // The download has begun by the next turn; the bytes are let go of then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
