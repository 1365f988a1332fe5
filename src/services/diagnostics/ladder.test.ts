import { expect, test } from "vitest";
import { type DiagnosticsRequest, type UploadWay, uploadWays } from "./contract.ts";
import { ladder, lastGoodWay } from "./ladder.ts";

const all = new Set<UploadWay>(uploadWays);

test("without a word of the station HTTP comes first, and all that is open is tried", () => {
  expect(ladder({ secure: false, open: all })).toEqual(["http", "ftp", "https", "ftps", "sftp"]);
  expect(ladder({ secure: true, open: all })).toEqual(["https", "http", "ftp", "ftps", "sftp"]);
  expect(ladder({ secure: false, open: new Set<UploadWay>(["ftp"]) })).toEqual(["ftp"]);
});

test("what the station tells comes first, whatever it is written like; the usual ones are tried after", () => {
  expect(ladder({ told: "FTP, FTPS", secure: false, open: all })).toEqual(["ftp", "ftps", "http"]);
  expect(ladder({ told: "https;sftp", secure: false, open: all })).toEqual(["https", "sftp", "http", "ftp"]);
  expect(ladder({ told: "SFTP", secure: false, open: all })).toEqual(["sftp", "http", "ftp"]);
  expect(ladder({ told: "SCP", secure: false, open: all })[0]).toBe("http");
});

test("what worked with the make comes first, unless the station says that it cannot", () => {
  expect(ladder({ worked: "ftp", secure: false, open: all })[0]).toBe("ftp");
  expect(ladder({ worked: "ftp", told: "HTTP,FTP", secure: false, open: all })[0]).toBe("ftp");
  expect(ladder({ worked: "ftps", told: "HTTP", secure: false, open: all })).toEqual(["http", "ftp"]);
});

test("what last worked is what last worked with that make and that model", () => {
  const makes = {
    A: { vendor: "Acme", model: "One" },
    B: { vendor: "Acme", model: "Two" },
    C: { vendor: "Bolt", model: "One" },
  };
  const request = (station: string, protocol: UploadWay, verdict = "received") =>
    ({ station, verdict, files: [{ protocol: "http" }, { protocol }] }) as unknown as DiagnosticsRequest;
  const way = (requests: DiagnosticsRequest[], info: { vendor?: string; model?: string } = makes.A) =>
    lastGoodWay(requests, info, (station) => makes[station as "A"]);
  const asked = [request("A", "ftp"), request("A", "https"), request("A", "sftp", "nothing-came")];
  expect(way(asked)).toBe("https");
  expect(way([...asked, request("B", "ftps"), request("C", "ftps"), request("gone", "ftps")])).toBe("https");
  expect(way(asked, makes.B)).toBeUndefined();
  expect(way([request("gone", "ftp")], {})).toBeUndefined();
});
