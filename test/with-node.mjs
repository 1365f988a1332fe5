// Runs a TypeScript file of the tests with the pinned Node: `node test/with-node.mjs FILE ARGUMENTS`. Installs and builds what is missing.
import { spawn } from "node:child_process";
import { setup } from "../main/launch/setup.mjs";

const node = await setup();
const child = node && spawn(node, process.argv.slice(2), { stdio: "inherit" });
if (!child) process.exitCode = 1;
else child.once("exit", (code, signal) => (process.exitCode = signal ? 128 : (code ?? 1)));
