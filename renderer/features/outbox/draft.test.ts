import { expect, test } from "vitest";
import { emptyDraft, oddHeader, toInput } from "./draft.ts";

test("what is missing keeps a destination from being saved", () => {
  expect(toInput(emptyDraft)).toBeNull();
  expect(toInput({ ...emptyDraft, name: "a" })).toBeNull();
  expect(toInput({ ...emptyDraft, name: "a", kind: "s3", bucket: "b" })).toBeNull();
  const server = { ...emptyDraft, name: "a", kind: "sftp" as const, host: "h", user: "u" };
  for (const port of ["0", "65536", "22.5", "x"]) expect(toInput({ ...server, port })).toBeNull();
  for (const lack of [{ name: " " }, { host: " " }, { user: " " }]) expect(toInput({ ...server, ...lack })).toBeNull();
  for (const port of ["1", "65535"])
    expect(toInput({ ...server, port })).toEqual({
      ...{ name: "a", kind: "sftp", host: "h", port: Number(port), path: ".", user: "u", secret: {} },
    });
  const bucket = { ...emptyDraft, name: "a", kind: "s3" as const, bucket: "b", user: "id" };
  for (const lack of [{ bucket: " " }, { region: " " }, { user: " " }])
    expect(toInput({ ...bucket, ...lack })).toBeNull();
  expect(toInput({ ...emptyDraft, name: "a", path: " " })).toBeNull();
  expect(toInput({ ...emptyDraft, name: "a", kind: "webdav", url: " " })).toBeNull();
  expect(toInput({ ...emptyDraft, name: "a", kind: "http", url: "https://h/", headers: "no header" })).toBeNull();
  expect(oddHeader("A: b\n\nno header")).toBe("no header");
  expect(oddHeader(" X-Key : b \n\n")).toBeNull();
  expect(oddHeader("X Key: b")).toBe("X Key: b");
});

test("secrets stand beside what is kept, and a bucket of Amazon before the host", () => {
  const web = { ...emptyDraft, name: " a ", kind: "http" as const, url: " https://h/ ", headers: "X-Key: a:b\nY: c" };
  expect(toInput(web)).toEqual({
    name: "a",
    kind: "http",
    method: "PUT",
    url: "https://h/",
    secret: { headers: { "X-Key": "a:b", Y: "c" } },
  });
  const bucket = { ...emptyDraft, name: "s", kind: "s3" as const, bucket: "b", user: "id", password: "p" };
  expect(toInput(bucket)).toMatchObject({
    endpoint: "https://s3.us-east-1.amazonaws.com",
    pathStyle: false,
    secret: { password: "p" },
  });
  expect(toInput({ ...bucket, endpoint: "https://minio.local" })).toMatchObject({ pathStyle: true });
  const china = "https://s3.cn-north-1.amazonaws.com.cn/";
  expect(toInput({ ...bucket, endpoint: china })).toMatchObject({ endpoint: china, pathStyle: false });
  // A name with dots fits no certificate of a host's.
  expect(toInput({ ...bucket, bucket: "a.b" })).toMatchObject({ bucket: "a.b", pathStyle: true });
});
