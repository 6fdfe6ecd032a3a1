/// <reference types="vitest/config" />
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

/** What every page needs before anything else stands in one file: many tiny ones would each be a request, and larger. */
const FIRST =
  /src\/(api\/(decode|problem)|field\/(regionMap|names|slice)|asking\/consent|shell\/chrome|subject\/(shown|tilt)|rooms\/slice\/state\/overlays|kit\/(icons|numbers))\.tsx?$|preact\/.*jsx-?runtime/i;

/** What several rooms use, likewise: an audience that opens one link at once asks for each file so many times. */
const SHARED = /src\/(api|field|kit|asking|shell|subject|plot)\//;

/** The page is built into the Python package, which serves it; nothing is fetched from elsewhere. */
export default defineConfig({
  plugins: [preact()],
  base: "./",
  build: {
    outDir: "../backend/stable_regions/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // Every browser that has popovers, which the page needs, preloads modules by itself.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    manifest: "manifest.json",
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", test: FIRST, priority: 2 },
            { name: "shared", test: SHARED, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
