// Preloaded into the built main process: `electron` is the stand-in beside this file.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "electron") return next(specifier, context);
    return { url: new URL("electron-module.mjs", import.meta.url).href, format: "module", shortCircuit: true };
  },
});
