/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

let ending = false;

/** Whether we have been told to end. */
export function isEnding() {
  return ending;
}

/** Asks a child to end in good order, the one way that every system has.
 * @param {ChildProcess} child */
export function ask(child) {
  if (child.connected) child.send({ type: "stop" }, () => undefined);
}

/** Ends `child` when we are told to end: asked first, after 10 s the hard way.
 * @template {ChildProcess} T
 * @param {T} child */
export function endWithUs(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]))
    process.on(signal, () => {
      ending = true;
      ask(child);
      setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
    });
  return child;
}

/** @param {ChildProcess} child @returns {Promise<number>} */
export function ended(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      say(error.message);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)));
  });
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}
