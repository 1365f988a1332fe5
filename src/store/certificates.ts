import { X509Certificate } from "node:crypto";
import type { CommandOutcome } from "../station/commands.ts";
import type { Database, Row } from "./sqlite/database.ts";

/** root, server: ours. trusted: roots of others. station: issued by us. */
export type CertificateKind = "root" | "server" | "trusted" | "station";

export type CertificateRow = {
  kind: CertificateKind;
  /** SHA-256, hex with colons. */
  fingerprint: string;
  pem: string;
  at: number;
  station?: string;
  note?: string;
};

/** waiting: for a decision. sent: the certificate went out, `outcome` says what the station said. */
export type RequestState = "waiting" | "sent" | "refused" | "failed";

export type RequestRow = {
  id: number;
  station: string;
  at: number;
  csr: string;
  certificateType?: string;
  requestId?: number;
  state: RequestState;
  why?: string;
  /** Of the certificate that came of it. */
  fingerprint?: string;
  outcome?: CommandOutcome;
};

const mostRequests = 200;
const mostIssued = 1000;

/** Certificates and the requests for them; private keys are elsewhere. */
export class CertificatesRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether one was there that could not be read. */
  get damaged(): boolean {
    return this.#database.skipped.has("certificates");
  }

  /** Newest first. */
  all(kind: CertificateKind): CertificateRow[] {
    const rows = this.#database.prepare("SELECT * FROM certificates WHERE kind = ? ORDER BY id DESC").all(kind);
    return this.#database.read("certificates", rows, readCertificate);
  }

  /** Of what we issued to stations the newest 1000 are kept. */
  add({ kind, fingerprint, pem, at, station, note }: CertificateRow): void {
    this.#database.transaction(() => {
      this.#database
        .prepare("INSERT OR REPLACE INTO certificates (kind, fingerprint, pem, at, station, note) VALUES (?,?,?,?,?,?)")
        .run(kind, fingerprint, pem, at, station ?? null, note ?? null);
      this.#database
        .prepare(
          "DELETE FROM certificates WHERE kind = 'station' AND id <= (SELECT max(id) FROM certificates WHERE kind = 'station') - ?",
        )
        .run(mostIssued);
    });
  }

  remove(kind: CertificateKind, fingerprint: string): void {
    this.#database.prepare("DELETE FROM certificates WHERE kind = ? AND fingerprint = ?").run(kind, fingerprint);
  }

  /** Newest first. */
  requests(): RequestRow[] {
    const rows = this.#database.prepare("SELECT * FROM signing_requests ORDER BY id DESC").all();
    return this.#database.read("signing_requests", rows, readRequest);
  }

  /** Puts a request on record; the newest 200 are kept. Returns its number. */
  addRequest({ station, at, csr, certificateType, requestId, state }: Omit<RequestRow, "id">): number {
    const row = this.#database
      .prepare(
        "INSERT INTO signing_requests (station, at, csr, certificate_type, request_id, state) VALUES (?,?,?,?,?,?) RETURNING id",
      )
      .get(station, at, csr, certificateType ?? null, requestId ?? null, state);
    const id = Number(row?.id);
    this.#database.prepare("DELETE FROM signing_requests WHERE id <= ?").run(id - mostRequests);
    return id;
  }

  /** What became of a request. */
  settle(
    id: number,
    { state, why, fingerprint, outcome }: Pick<RequestRow, "state" | "why" | "fingerprint" | "outcome">,
  ): void {
    this.#database
      .prepare("UPDATE signing_requests SET state = ?, why = ?, fingerprint = ?, outcome = ? WHERE id = ?")
      .run(state, why ?? null, fingerprint ?? null, outcome ? JSON.stringify(outcome) : null, id);
  }
}

/** @throws when it is no certificate: it is parsed here once, so that nobody after has to doubt it */
function readCertificate(row: Row): CertificateRow {
  new X509Certificate(String(row.pem));
  const found: CertificateRow = {
    kind: String(row.kind) as CertificateKind,
    fingerprint: String(row.fingerprint),
    pem: String(row.pem),
    at: Number(row.at),
  };
  if (row.station !== null) found.station = String(row.station);
  if (row.note !== null) found.note = String(row.note);
  return found;
}

function readRequest(row: Row): RequestRow {
  const found: RequestRow = {
    id: Number(row.id),
    station: String(row.station),
    at: Number(row.at),
    csr: String(row.csr),
    state: String(row.state) as RequestState,
  };
  if (row.certificate_type !== null) found.certificateType = String(row.certificate_type);
  if (row.request_id !== null) found.requestId = Number(row.request_id);
  if (row.why !== null) found.why = String(row.why);
  if (row.fingerprint !== null) found.fingerprint = String(row.fingerprint);
  if (row.outcome !== null) found.outcome = JSON.parse(String(row.outcome)) as CommandOutcome;
  return found;
}
