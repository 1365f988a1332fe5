import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The core, the command line and the desktop shell: built into dist for Node and for Electron's main process. */
export default defineConfig({
  plugins: [namedAlone()],
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
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        // The text of a file stays in memory, and one letter beyond Latin-1 doubles it.
        charset: "ascii",
        comments: false,
        codeSplitting: { groups: chunks() },
      },
    },
  },
  // ssh2 does without cpu-features, which is never built.
  ssr: { noExternal: true, external: ["electron", "serialport", "cpu-features"] },
});

/** What comes in one file, with all that it imports and no earlier one has. Each file costs a start half a millisecond, and the bundler by
 * itself makes one of whatever two parts share: so there is one for what both Nodes run, one for what the desktop shell and the command line
 * begin with, one for the thread that reads logs, and one for the core. What is loaded late is left to the bundler. */
function chunks() {
  const first = [
    ["supervise", /\/src\/(cli\/supervise|lib\/restarts|lib\/stop-message)\.ts$/],
    [
      "base",
      /\/src\/(cli\/main|api\/(log-file|notice-place)|station\/failure|words\/.+|lib\/(?!x509).+)\.ts$|:node:(url|util)$/,
    ],
    ["logs", /\/src\/logs\/(?!work\/worker).+\.ts$/],
    ["core", /\/src\/cli\/subcommands\/core\/serve\.ts$/],
  ] as const;
  return first.map(([name, test], index) => ({ name, test, priority: first.length - index }));
}

/** What runs before it is known whether this Node is new enough, and so must do without `process.getBuiltinModule`; with it what the
 * bundler adds to every file. */
const runsOnAnyNode = /^\0?rolldown|\/src\/(cli|cli\/supervise|lib\/restarts|lib\/stop-message)\.ts$/;

/** An import of a module of Node's own reads every one of its exports, and with some of them loads more (the WebSocket client and fetch
 * behind node:http, the web's streams behind node:fs, workers behind node:util): some 15 ms of a start, for what nothing here uses. So
 * only what is imported by name is read. */
function namedAlone(): Plugin {
  const mark = "\0named-alone:";
  return {
    name: "named-alone",
    enforce: "pre",
    resolveId(id, importer = "", { kind }) {
      // What is required is handed over as it is.
      if (kind !== "import-statement" || !isBuiltin(id) || runsOnAnyNode.test(importer)) return null;
      return `${mark}${id}`;
    },
    async load(id) {
      if (!id.startsWith(mark)) return null;
      const name = id.slice(mark.length);
      const names = Object.keys(await import(name)).filter((key) => /^\w+$/.test(key) && key !== "default");
      const reads = names.map((key) => `export const ${key} = /* @__PURE__ */ $read("${key}");`);
      return `const $module = process.getBuiltinModule("${name}"); const $read = (key) => $module[key];
        ${reads.join("\n")} export default $module;`;
    },
  };
}
