import * as http from "node:http";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The core, the command line and the desktop shell: built into dist for Node and for Electron's main process. */
export default defineConfig({
  plugins: [httpAlone()],
  // In place of a native package that the WebSocket library looks for.
  resolve: {
    alias: { bufferutil: fileURLToPath(new URL("src/transports/websocket/frames/masking.ts", import.meta.url)) },
  },
  // ssh2 looks beside itself for what it can do without.
  define: { __dirname: "import.meta.dirname" },
  build: {
    ssr: true,
    outDir: "dist",
    emptyOutDir: false,
    target: "node22",
    minify: false,
    license: { fileName: "licenses-core.md" },
    rolldownOptions: {
      input: {
        cli: "src/cli.ts",
        core: "src/core.ts",
        "chunks/log-worker": "src/logs/work/worker.ts",
        "main/main": "main/main.ts",
        "main/core-process": "main/core-process.ts",
      },
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
  // ssh2 does without cpu-features, which is never built.
  ssr: { noExternal: true, external: ["electron", "serialport", "cpu-features"] },
});

/** An import of node:http asks for all that it exports, and so loads the WebSocket client and fetch of Node's own: an eighth of the
 * time of a start, for what nothing here uses. */
function httpAlone(): Plugin {
  const ofFetch = new Set(["default", "CloseEvent", "MessageEvent", "WebSocket"]);
  // The last two are of a Node to come; the WebSocket library takes them where they are.
  const names = [...Object.keys(http).filter((name) => !ofFetch.has(name)), "websocketMask", "websocketUnmask"];
  return {
    name: "http-alone",
    enforce: "pre",
    resolveId: (id) => (id === "node:http" || id === "http" ? "\0http-alone" : null),
    load: (id) =>
      id === "\0http-alone"
        ? `const http = process.getBuiltinModule("node:http"); export const { ${[...new Set(names)]} } = http; export default http;`
        : null,
  };
}
