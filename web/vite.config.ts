import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { packed } from './packed.ts';

/** Where "npm run dev" finds the daemon that answers the page. */
const DAEMON = process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:9090';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), packed()],
  build: {
    // light-dark() and its like stay as they are written.
    target: ['chrome125', 'firefox128', 'safari17.5'],
    outDir: 'dist',
    emptyOutDir: true,
    // Its loader would be script within the page, which the page's own rules forbid; browsers of today need none.
    modulePreload: { polyfill: false },
    // A picture written into a style sheet would need "data:" for styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/rpc', '/sign-in'].map((path) => [path, { target: DAEMON, changeOrigin: true }])),
  },
});
