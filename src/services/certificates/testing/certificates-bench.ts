import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createEmitter } from "../../../lib/emitter.ts";
import type { Words } from "../../../lib/words.ts";
import type { OcppVersion } from "../../../station/model.ts";
import { CertificatesRepository } from "../../../store/certificates.ts";
import { openServices } from "../../testing/open-services.ts";
import { certificatesHandlers } from "../handlers.ts";
import { type Certificates, createCertificates } from "../service.ts";

/** All of the certificates for one station in conversation: keys and record are removed when the test is over. */
export async function openCertificates(version: OcppVersion = "1.6") {
  const bench = await openServices(version);
  const folder = mkdtempSync(join(tmpdir(), "plugside-certificates-"));
  const mayRead = { now: false, changed: createEmitter<void>(bench.context.log) };
  const told: Words[] = [];
  const repository = new CertificatesRepository(bench.database);
  const certificates: Certificates = createCertificates({
    ...bench.context,
    repository,
    dataFolder: folder,
    vault: null,
    folder: { othersMayRead: () => mayRead.now, changed: mayRead.changed },
    tell: (what) => told.push(what),
  });
  onTestFinished(async () => {
    await certificates.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    ...bench,
    folder,
    mayRead,
    told,
    repository,
    certificates,
    handlers: certificatesHandlers(bench.context, certificates),
  };
}
