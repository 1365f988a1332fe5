import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The screens: built into dist/screens, served by the core. */
export default defineConfig({
  root: "renderer",
  base: "/",
  plugins: [react()],
  build: {
    outDir: "../dist/screens",
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    license: { fileName: "licenses-screens.md" },
  },
});
