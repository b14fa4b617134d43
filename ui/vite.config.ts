import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.ISPYB_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: '../src/pyispyb/web',
    emptyOutDir: true,
    // The page is served under `default-src 'self'`: nothing may be inlined as a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/ispyb': server } },
  preview: { proxy: { '/ispyb': server } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
