import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { RPCServer } from "ocpp-rpc";

/** A central system on ocpp-rpc in its strict mode, which judges question and answer by their schemas.
 * @param folder where one is given, each message is a row of SQLite before it is answered, as plainly as can be: no index, one commit each
 * @returns its URL */
export async function ocppRpc(folder) {
  const store = folder === undefined ? undefined : storeIn(folder);
  const server = new RPCServer({ protocols: ["ocpp1.6"], strictMode: true });
  server.auth((accept) => accept());
  server.on("client", (client) => {
    if (store) {
      // Emitted before the message is read.
      client.on("message", ({ message, outbound }) => {
        if (!outbound) store(client.identity, message);
      });
    }
    client.handle("BootNotification", () => ({ status: "Accepted", interval: 300, currentTime: now() }));
    client.handle("StartTransaction", () => ({ transactionId: 7, idTagInfo: { status: "Accepted" } }));
    client.handle("StatusNotification", () => ({}));
    client.handle("MeterValues", () => ({}));
  });
  const http = await server.listen(0, "127.0.0.1");
  return `ws://127.0.0.1:${http.address().port}/`;
}

function storeIn(folder) {
  const database = new DatabaseSync(join(folder, "peer.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.exec("CREATE TABLE messages (id INTEGER PRIMARY KEY, at REAL, station TEXT, text TEXT)");
  const insert = database.prepare("INSERT INTO messages (at, station, text) VALUES (?, ?, ?)");
  return (station, text) => insert.run(Date.now(), station, text);
}

function now() {
  return new Date().toISOString();
}
