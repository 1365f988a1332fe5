import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The screens: built into dist/screens, served by the core. */
export default defineConfig({
  root: "renderer",
  base: "/",
  plugins: [react(), wordsAsFetched(), listFiles()],
  build: {
    outDir: "../dist/screens",
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    license: { fileName: "licenses-screens.md" },
  },
});

/** The window fetches one language: what the core says comes with it, and not both with the first load. */
function wordsAsFetched(): Plugin {
  return {
    name: "words-as-fetched",
    enforce: "pre",
    resolveId(name) {
      return /(?:^\.|\/words)\/tables\.ts$/.test(name)
        ? join(import.meta.dirname, "renderer/i18n/core-words.ts")
        : null;
    },
  };
}

/** Writes the list of the screens' files beside them: the core serves these and no others (src/api/screens.ts). */
function listFiles(): Plugin {
  let folder = "";
  return {
    name: "list-files",
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => statSync(join(folder, name)).isFile() && !/\.md$|^files\.json$/.test(name))
        .map((name) => name.replaceAll("\\", "/"));
      writeFileSync(join(folder, "files.json"), JSON.stringify(names.sort()));
    },
  };
}
