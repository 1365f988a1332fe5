/** What a station's word on its upload means. */
export type UploadState = "idle" | "uploading" | "uploaded" | "failed";

const states = new Map<string, UploadState>([
  ["Idle", "idle"],
  ["Uploading", "uploading"],
  ["Uploaded", "uploaded"],
]);

/** Reads DiagnosticsStatus (1.6 7.24) and UploadLogStatusEnumType (whitepaper, 2.x): all other words tell that it failed. */
export function uploadState(status: string): UploadState {
  return states.get(status) ?? "failed";
}
