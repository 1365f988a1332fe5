import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { DiagnosticsRequest, UploadWay } from "../../../src/services/diagnostics/contract.ts";
import { startVirtualStation } from "../../../src/simulator/virtual-station.ts";
import { temporaryFolder, testCore, until } from "../../harness/core.ts";

const station = "LOG-1";
const uploadWaits = { sign: 60_000, bytes: 60_000, late: 60_000, again: 60_000, settled: 50, settledTold: 50 };

/** Asks a station that uploads nothing by itself, and gives the place that it was told. */
export async function placeFor(protocol: UploadWay) {
  let bench = await testCore({ uploadPorts: [0], uploadWaits });
  const connected = startVirtualStation({
    identity: station,
    ocpp: "2.0.1",
    url: bench.url,
    quirks: ["log-never-comes"],
  });
  onTestFinished(() => connected.stop());
  const { roots } = await until(bench.client, "certificates.overview", {}, ({ wss }) => wss.state === "ready");
  await until(bench.client, "stations.list", {}, ([one]) => one?.link.state === "online");
  const { id } = await bench.client.call("diagnostics.request", { station, wait: 120, protocol });
  /** The request, once it is as is waited for. */
  const once = async (is: (request: DiagnosticsRequest) => boolean) => {
    const found = (list: DiagnosticsRequest[]) => list.find((one) => one.id === id && is(one));
    return found(await until(bench.client, "diagnostics.list", {}, (list) => found(list) !== undefined));
  };
  const asked = await once(({ rungs }) => rungs[0]?.status === "Uploaded");
  const frame = await bench.client.call("messages.frame", { seq: asked?.rungs[0]?.frame ?? 0 });
  const place = /"remoteLocation":"([^"]+)"/.exec(frame.text ?? "")?.[1] ?? "";
  const folder = await temporaryFolder();
  const body = randomBytes(1_500_000);
  const file = join(folder, "station.log");
  writeFileSync(file, body);
  const root = join(folder, "root.pem");
  writeFileSync(root, roots[0]?.pem ?? "");
  const sha256 = createHash("sha256").update(body).digest("hex");
  /** Ends the core, and starts it again on its folder. */
  const restart = async () => {
    bench = await bench.restart();
  };
  return {
    restart,
    client: bench.client,
    place,
    file,
    body,
    root,
    sha256,
    once,
    lastWord: () => once(({ verdict }) => verdict !== undefined),
  };
}
