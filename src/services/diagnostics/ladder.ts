import type { StationInfo } from "../../station/model.ts";
import type { DiagnosticsRequest, UploadWay } from "./contract.ts";

export type LadderFacts = {
  /** What the station says it can, as it wrote it; undefined where it never told. */
  told?: string;
  /** What worked with a station of this make before. */
  worked?: UploadWay;
  /** The station is connected by TLS: it trusts our certificate. */
  secure: boolean;
  /** What can be opened here now. */
  open: ReadonlySet<UploadWay>;
};

/** The protocols to try, the likeliest first: what worked before, then what the station tells that it can, then those that nearly every
 * station can. HTTP comes before FTP: it needs one connection to a port that the station reaches already. */
export function ladder({ told, worked, secure, open }: LadderFacts): UploadWay[] {
  const listed = new Set((told ?? "").toLowerCase().match(/[a-z]+/g) ?? []);
  const usual: readonly UploadWay[] = secure
    ? ["https", "http", "ftp", "ftps", "sftp"]
    : ["http", "ftp", "https", "ftps", "sftp"];
  const able = usual.filter((way) => listed.has(way));
  const rest = able.length > 0 ? usual.filter((way) => way === "http" || way === "ftp") : usual;
  const order = [
    ...new Set([...(worked && (able.length === 0 || able.includes(worked)) ? [worked] : []), ...able, ...rest]),
  ];
  return order.filter((way) => open.has(way));
}

/** The protocol by which a log came last from a station of this make; undefined where none did, or the make is not known.
 * @param requests oldest first */
export function lastGoodWay(
  requests: readonly DiagnosticsRequest[],
  { vendor, model }: StationInfo,
  infoOf: (station: string) => StationInfo | undefined,
): UploadWay | undefined {
  if (vendor === undefined) return undefined;
  const same = requests.findLast(({ verdict, station }) => {
    const info = infoOf(station);
    return verdict === "received" && info?.vendor === vendor && info.model === model;
  });
  return same?.files.at(-1)?.protocol;
}
