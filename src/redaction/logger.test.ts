import { expect, test } from "vitest";
import { createLogger } from "../lib/logger.ts";
import { loggerWithoutSecrets } from "./logger.ts";

test("a log holds no secret, and one line for each message whatever is in it", () => {
  const lines: string[] = [];
  const log = loggerWithoutSecrets(createLogger((line) => lines.push(line.slice(line.indexOf("Z ") + 2))));
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const error = new Error("no\u2028way ftp://u:hunter2@h/");
  error.stack = `${error.message}\n at x`;
  log.info("came\n2026 forged \x1b[2J", { station: "CP\n1\u202e", password: "hunter2", at: 5 });
  log.warn("password=hunter2", { frame: '[2,"1","A",{"pin":"1234"}]', error });
  log.error("odd", { circle, n: 1n });
  log.bug("password=hunter2", { error: "password=hunter2", frame: 7 });
  log.info("plain");
  expect(lines).toEqual([
    'info came\\x0a2026 forged \\x1b[2J {"station":"CP\\n1\\u202e","password":"•••","at":5}',
    'warn password=••• {"frame":"[2,\\"1\\",\\"A\\",{\\"pin\\":\\"•••\\"}]","error":"no\\u2028way ftp://u:•••@h/\\n at x"}',
    'error odd {"circle":"[object Object]","n":"1"}',
    'bug password=••• {"error":"password=•••","frame":7}',
    "info plain",
  ]);
});
