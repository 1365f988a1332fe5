import { once } from "node:events";
import { createWriteStream, openSync, write } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createServer as createTls } from "node:tls";
import ssh2 from "ssh2";
import { selfSigned } from "../harness/self-signed.ts";

const { utils } = ssh2;
const host = "127.0.0.1";

/** Opens a receiver that writes what comes to a file, and does nothing else.
 * @returns where to upload to, with a login where the protocol has one */
export async function openPlain(protocol, folder) {
  const path = join(folder, "plain");
  const tls = protocol.endsWith("s") ? await selfSigned(host) : undefined;
  const server = opener(protocol)(path, tls);
  server.listen(0, host);
  await once(server, "listening");
  const login = protocol.startsWith("http") ? "" : "u:p@";
  return `${protocol}://${login}${host}:${server.address().port}/`;
}

function opener(protocol) {
  if (protocol.startsWith("http")) return overHttp;
  return protocol === "sftp" ? overSsh : overFtp;
}

function overHttp(path, tls) {
  const take = (request, response) =>
    void pipeline(request, createWriteStream(path)).then(() => response.writeHead(201).end());
  return tls ? createHttps(tls, take) : createHttp(take);
}

/** FTP, or with `tls` FTPS from the first byte, for one client that uploads one file by EPSV. */
function overFtp(path, tls) {
  const take = (control) => {
    const say = (reply) => control.write(`${reply}\r\n`);
    let data = Promise.resolve(null);
    const answers = {
      USER: () => say("331 Password?"),
      EPSV: async () => {
        const coming = Promise.withResolvers();
        data = coming.promise;
        const options = { ...tls, maxVersion: "TLSv1.2" };
        const server = tls ? createTls(options, coming.resolve) : createServer(coming.resolve);
        server.listen(0, host);
        await once(server, "listening");
        say(`229 Passive (|||${server.address().port}|)`);
      },
      STOR: async () => {
        say("150 Go on.");
        await pipeline(await data, createWriteStream(path));
        say("226 Stored.");
      },
      PWD: () => say('257 "/"'),
      QUIT: () => say("221 Bye."),
      PASS: () => say("230 Welcome."),
    };
    control.on("error", () => control.destroy());
    control.on("data", (lines) => {
      for (const line of String(lines).trim().split("\r\n")) {
        const answer = answers[line.split(" ")[0]];
        if (answer) void answer();
        else say("200 Good.");
      }
    });
    say("220 Plain");
  };
  return tls ? createTls(tls, take) : createServer(take);
}

/** A bare server of ssh2: each piece is written where it belongs, and acknowledged. */
function overSsh(path) {
  const { STATUS_CODE: status } = utils.sftp;
  const hostKeys = [utils.generateKeyPairSync("ecdsa", { bits: 256 }).private];
  return new ssh2.Server({ hostKeys }, (client) => {
    client.on("authentication", (asked) => (asked.method === "password" ? asked.accept() : asked.reject(["password"])));
    client.on("error", () => undefined);
    client.on("session", (accept) =>
      accept().on("sftp", (open) => {
        const sftp = open();
        let file;
        const attrs = { mode: 0o40700, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
        sftp.on("REALPATH", (id) => sftp.name(id, [{ filename: "/", longname: "/", attrs }]));
        sftp.on("STAT", (id) => sftp.status(id, status.NO_SUCH_FILE));
        sftp.on("LSTAT", (id) => sftp.status(id, status.NO_SUCH_FILE));
        sftp.on("FSETSTAT", (id) => sftp.status(id, status.OK));
        sftp.on("OPEN", (id) => {
          file = openSync(path, "w");
          sftp.handle(id, Buffer.from("file"));
        });
        sftp.on("WRITE", (id, _handle, at, bytes) =>
          write(file, bytes, 0, bytes.length, at, () => sftp.status(id, status.OK)),
        );
        sftp.on("CLOSE", (id) => sftp.status(id, status.OK));
        sftp.on("end", () => {
          sftp._protocol.exitStatus(sftp.outgoing.id, 0);
          sftp.end();
        });
      }),
    );
  });
}
