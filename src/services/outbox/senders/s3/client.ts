import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { FailureError } from "../../../../lib/contract.ts";
import { isoTime } from "../../../../lib/units.ts";
import { failure } from "../../../../station/failure.ts";
import type { S3Destination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import { segment } from "../../names.ts";
import type { SenderTools } from "../sender.ts";
import { type Answer, isGood } from "../web/answer.ts";
import type { Ask, Web } from "../web/web.ts";
import { statusFailure, whatItSays } from "../web/why.ts";
import { textOf } from "./xml.ts";

export type S3Ask = Omit<Ask, "url"> & {
  key: string;
  query?: Record<string, string>;
  /** Of a body that is a stream, in hex. */
  sha256?: string;
};

/** Signed requests to one bucket (AWS Signature Version 4). */
export type S3 = {
  /** @throws FailureError where no answer comes */
  ask(ask: S3Ask): Promise<Answer>;
  /** As `ask`.
   * @throws FailureError for an answer that is no success, too */
  must(ask: S3Ask): Promise<Answer>;
};

export function openS3(destination: S3Destination, { secret, clock }: SenderTools, web: Web): S3 {
  async function ask({ key, query = {}, sha256, headers, ...rest }: S3Ask): Promise<Answer> {
    const url = urlOf(destination, key);
    url.search = new URLSearchParams(query).toString();
    const body = rest.body instanceof Uint8Array ? rest.body : new Uint8Array();
    const signer = new AwsV4Signer({
      method: rest.method,
      url: url.href,
      headers: { ...headers, "x-amz-content-sha256": sha256 ?? createHash("sha256").update(body).digest("hex") },
      accessKeyId: destination.user,
      secretAccessKey: secret.password ?? "",
      sessionToken: secret.sessionToken,
      service: "s3",
      region: destination.region,
      datetime: new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    });
    const signed = await signer.sign();
    return await web.ask({ ...rest, url: signed.url, headers: Object.fromEntries(signed.headers) });
  }
  return {
    ask,
    async must(wanted) {
      const answer = await ask(wanted);
      if (!isGood(answer)) throw refusal(destination, answer, clock.now());
      return answer;
    },
  };
}

/** The address of a key; that of the bucket for an empty one. */
function urlOf({ endpoint, bucket, pathStyle }: S3Destination, key: string): URL {
  const url = new URL(endpoint);
  if (!pathStyle) url.host = `${bucket}.${url.host}`;
  const names = [...(pathStyle ? [bucket] : []), ...key.split("/")];
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${names.map(segment).join("/")}`;
  return url;
}

/** What a refusal means, by its code (Amazon S3 API Reference, Error responses). */
function refusal(destination: S3Destination, answer: Answer, now: number): FailureError {
  const { bucket, region, endpoint } = destination;
  const { host } = new URL(endpoint);
  const said = textOf(answer.text, "Message") ?? "";
  switch (textOf(answer.text, "Code")) {
    case "NoSuchBucket":
      return failure("not-allowed", words("s3-no-bucket", { bucket, host }));
    case "InvalidAccessKeyId":
      return failure("not-allowed", words("s3-unknown-key", { host }));
    case "SignatureDoesNotMatch":
      return failure("not-allowed", words("s3-wrong-secret", { host }));
    case "ExpiredToken":
    case "InvalidToken":
      return failure("not-allowed", words("s3-token", { host }));
    case "RequestTimeTooSkewed": {
      const theirs = Date.parse(answer.headers.date ?? "");
      const theirTime = Number.isNaN(theirs) ? "?" : isoTime(theirs);
      return failure("not-allowed", words("away-clock", { host, ours: isoTime(now), theirs: theirTime }));
    }
    case "AuthorizationHeaderMalformed":
    case "PermanentRedirect":
    case "IllegalLocationConstraintException": {
      const right = textOf(answer.text, "Region") ?? String(answer.headers["x-amz-bucket-region"] ?? "?");
      return failure("not-allowed", words("s3-region", { bucket, region, right: whatItSays(right) }));
    }
    case "AccessDenied":
    case "AllAccessDisabled":
      return failure("not-allowed", words("s3-denied", { bucket, said: whatItSays(said) }));
    case "QuotaExceeded":
    case "XMinioStorageFull":
    case "InsufficientCapacity":
      return failure("unavailable", words("away-full", { host, status: answer.status }));
    case "EntityTooLarge":
      return failure("not-allowed", words("away-too-large", { host }));
    case "SlowDown":
    case "ServiceUnavailable":
      return failure("unavailable", words("away-busy", { host, status: answer.status }));
    default:
      return statusFailure({ host }, answer);
  }
}
