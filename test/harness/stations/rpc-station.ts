import { createRequire } from "node:module";
import { createRPCError, createValidator, type IHandlersOption, RPCClient } from "ocpp-rpc";
import { onTestFinished } from "vitest";
import type { OcppVersion } from "../../../src/station/model.ts";

/** A station on other people's code, ocpp-rpc in strict mode: it checks each message both ways against its own schemas. */
export type RpcStation = {
  /** Asks the central system. Fails on a CALLERROR, and on an answer that ocpp-rpc's schemas refuse. */
  ask(action: string, payload: object): Promise<Record<string, unknown>>;
  /** Sends a text past ocpp-rpc, which knows no SEND of 2.1. */
  raw(text: string): void;
  /** What it was asked, in order. */
  asked: { action: string; payload: unknown }[];
  /** What ocpp-rpc took offence at. */
  complaints: string[];
  close(): Promise<unknown>;
};

type Schema = { $id: string; definitions?: Record<string, Record<string, unknown>> };

/** The 2.1 schemas of ocpp-rpc under the names that its strict mode looks for, and without a keyword that stands where it has no meaning. */
function validatorOf21() {
  const schemas = createRequire(import.meta.url)("ocpp-rpc/lib/schemas/ocpp2_1.json") as Schema[];
  const named = schemas.map(({ $id, definitions = {}, ...schema }) => ({
    ...schema,
    $id: $id.replace(/Request$/, ".req").replace(/Response$/, ".conf"),
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([name, { additionalProperties, ...rest }]) => [
        name,
        rest.type === "object" ? { ...rest, additionalProperties } : rest,
      ]),
    ),
  }));
  return createValidator("ocpp2.1", named);
}

/** Connects a station. What it is asked it answers from `answers`; anything else with NotImplemented.
 * @param options of ocpp-rpc beside: password, wsOpts (what ws takes) */
export async function rpcStation(
  url: string,
  identity: string,
  version: OcppVersion,
  answers: Record<string, (payload: Record<string, unknown>) => Record<string, unknown>> = {},
  options: { password?: string; wsOpts?: object } = {},
): Promise<RpcStation> {
  const client = new RPCClient({
    endpoint: url.replace(/\/$/, ""),
    identity,
    protocols: [`ocpp${version}`],
    strictMode: true,
    strictModeValidators: version === "2.1" ? [validatorOf21()] : [],
    reconnect: false,
    callTimeoutMs: 5000,
    ...options,
  } as ConstructorParameters<typeof RPCClient>[0]);
  const asked: RpcStation["asked"] = [];
  const complaints: string[] = [];
  const complain = ({ error }: { error: Error }) => complaints.push(error.message);
  client.on("strictValidationFailure", complain);
  client.on("badMessage", complain);
  client.handle(async ({ method = "", params = {} }: IHandlersOption) => {
    asked.push({ action: method, payload: params });
    const answer = answers[method];
    if (!answer) throw createRPCError("NotImplemented", `no ${method} here`);
    return answer(params);
  });
  onTestFinished(() => void client.close({ force: true }));
  await client.connect();
  return {
    ask: (action, payload) => client.call(action, payload) as Promise<Record<string, unknown>>,
    raw: (text) => client.sendRaw(text),
    asked,
    complaints,
    close: () => client.close({}),
  };
}
