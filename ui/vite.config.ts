import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const server = process.env.ISPYB_SERVER ?? 'http://127.0.0.1:8000';

const OUT = '../src/pyispyb/web';

/** The interactive description of the API is served by the process itself: many facilities have no way out. */
function apiDocs(): Plugin {
  return {
    name: 'api-docs',
    apply: 'build',
    closeBundle() {
      for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
        cpSync(`node_modules/swagger-ui-dist/${file}`, `${OUT}/api-docs/${file}`);
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), apiDocs()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    // The page is served under `default-src 'self'`: nothing may be inlined as a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // kB: Mol* is one file, which is loaded when a model is looked at.
    chunkSizeWarningLimit: 2500,
  },
  server: { proxy: { '/ispyb': server } },
  preview: { proxy: { '/ispyb': server } },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
