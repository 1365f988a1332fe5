/** Certificates: `kind` is root (ours), server (ours), trusted (roots of others) or station (issued by us). No private key is
 * in the record: keys are files of their own. `requests` are what stations asked us to sign. */
export const certificates = `
CREATE TABLE certificates (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  pem TEXT NOT NULL,
  at REAL NOT NULL,
  station TEXT,
  note TEXT,
  UNIQUE (kind, fingerprint)
);
CREATE TABLE signing_requests (
  id INTEGER PRIMARY KEY,
  station TEXT NOT NULL,
  at REAL NOT NULL,
  csr TEXT NOT NULL,
  certificate_type TEXT,
  request_id INTEGER,
  state TEXT NOT NULL,
  why TEXT,
  fingerprint TEXT,
  outcome TEXT
);
`;
