import { defineConfig } from "vite";

/** The core, the command line and the desktop shell: built into dist for Node and for Electron's main process. */
export default defineConfig({
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
