import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    // Old PCs with the WebKitGTK, WebView2 and Chromium of 2022 and later.
    target: ["chrome105", "safari16"],
    // A data: URL would need font-src and script exceptions in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
    // A busy machine is no fault; what never comes ends here.
    testTimeout: 60_000,
  },
});
