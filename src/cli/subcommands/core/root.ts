import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printBytes } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside root`: our root certificate, to install in stations. */
export const rootCommand: Subcommand = {
  usage: "root [--data DIR] [--der] [--rsa] [--out FILE]",
  summary:
    "Prints Plugside's root certificate as PEM, or writes it to a file; --out keeps it byte for byte where a pipe of PowerShell would not. --der: in binary. Its SHA-256 fingerprint goes to stderr.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        der: { type: "boolean" },
        rsa: { type: "boolean" },
        out: { type: "string" },
      },
    });
    if (positionals.length > 0) throw new UsageError("root takes no further words.");
    if (values.out === "") throw new UsageError("--out needs a file.");
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    try {
      const file = await core.call("certificates.root", {
        kind: values.rsa ? "rsa" : "ec",
        format: values.der ? "der" : "pem",
      });
      const bytes = Buffer.from(file.base64, "base64");
      if (values.out === undefined) printBytes(bytes);
      else writeFileSync(values.out, bytes);
      complain(`SHA-256 ${file.fingerprint}`);
    } finally {
      core.close();
    }
    return exitCodes.ok;
  },
};
