import { fileURLToPath } from "node:url";

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { precompress } from "./build/precompress.ts";
import { preloadFonts } from "./build/preload-fonts.ts";

const SERVER = process.env.SOUNDSTAGE_URL ?? "http://127.0.0.1:8484";
const SERVED_BY_SERVER = ["/api", "/ws", "/v1", "/socket.io"];

/** What every visit needs, in a file of libraries, which seldom changes, and one of ours. */
const CHUNKS = [
  { name: "libraries", tags: ["$initial" as const], test: /node_modules/, priority: 2 },
  { name: "studio", tags: ["$initial" as const], priority: 1 },
];

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts(), precompress()],
  html: { cspNonce: "__CSP_NONCE__" }, // the server puts another one into each answer
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: {
    proxy: Object.fromEntries(SERVED_BY_SERVER.map((path) => [path, { target: SERVER, ws: path !== "/api" }])),
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    alias: { "tus-js-client": "tus-js-client/lib.esm/browser/index.js" }, // Node would take the one for Node
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    css: { include: /tokens\.css\?raw/ }, // the colours are measured
    testTimeout: 15_000,
  },
});
