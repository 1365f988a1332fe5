import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { type Parcel, uploadByFtp } from "./ftp.ts";

/** Sends a file to a place that a central system named. A place that ends in a slash is a folder.
 * @throws where it did not arrive */
export function upload(location: string, parcel: Parcel): Promise<void> {
  if (!URL.canParse(location)) return Promise.reject(new Error("no address"));
  const url = new URL(location);
  if (url.pathname.endsWith("/")) url.pathname += encodeURIComponent(parcel.name);
  switch (url.protocol) {
    case "http:":
    case "https:":
      return uploadByHttp(url, parcel);
    case "ftp:":
    case "ftps:":
      return uploadByFtp(url, parcel);
    case "sftp:":
      return import("./sftp.ts").then(({ uploadBySftp }) => uploadBySftp(url, parcel));
    default:
      return Promise.reject(new Error(`no ${url.protocol}`));
  }
}

const patienceMs = 30_000;

function uploadByHttp(url: URL, { bytes, stopAfter }: Parcel): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { method: "PUT", headers: { "content-length": bytes.length }, timeout: patienceMs };
    // It has no list of roots: it takes the certificate as it takes the central system's.
    const sent =
      url.protocol === "https:"
        ? requestSecure(url, { ...options, rejectUnauthorized: false })
        : requestPlain(url, options);
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.on("response", (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`HTTP ${statusCode}`));
    });
    if (stopAfter === undefined) return void sent.end(bytes);
    sent.write(bytes.subarray(0, stopAfter), () => sent.destroy(new Error("given up")));
  });
}
