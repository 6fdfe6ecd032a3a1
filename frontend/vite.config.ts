/// <reference types="vitest/config" />
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

/** What every page needs before anything else stands in one file: many tiny ones would each be a request, and larger. */
const FIRST = [
  "api/decode.ts",
  "api/problem.ts",
  "asking/consent.ts",
  "field/names.ts",
  "field/regionMap.ts",
  "field/slice.ts",
  "kit/icons.tsx",
  "kit/numbers.ts",
  "rooms/slice/state/overlays.ts",
  "shell/chrome.ts",
].map((name) => resolve(import.meta.dirname, "src", name));
for (const file of FIRST)
  if (!existsSync(file)) throw new Error(`vite.config.ts names ${file}, which there is not.`);
const isFirst = (id: string): boolean => FIRST.includes(id) || /preact\/.*jsx-?runtime/i.test(id);

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
            { name: "first", test: isFirst, priority: 2 },
            { name: "shared", test: SHARED, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
