/** `npm run screenshots`: the pictures of the README, taken from the demo. */
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../src/staging.ts';
import { Chromium, drawIn } from './browser.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const WIDE = { viewport: { width: 1360, height: 850 } } as const;

/** What is shown, under which name, in which colours, once something is there. */
const PICTURES = [
  { file: 'dashboard-now', path: '/', colours: 'light', until: '[data-count=present]' },
  { file: 'dashboard-devices', path: '/devices', colours: 'light', until: '[data-device]' },
  { file: 'dashboard-map', path: '/map', colours: 'dark', until: '[data-kind=device]' },
] as const;

/** ms for strips, curves and the map to come to rest. */
const REST = 4000;

const demo = await startDemo({ lively: false });
const chromium = await Chromium.start();
try {
  for (const { file, path, colours, until } of PICTURES) {
    const { page, close } = await chromium.look({ url: `${demo.url.replace(/\/$/, '')}${path}`, token: demo.token, ...WIDE });
    await page.locator(until).first().waitFor();
    await drawIn(page, colours);
    await new Promise((resolve) => setTimeout(resolve, REST));
    await page.screenshot({ path: `${DOCS}${file}.png` });
    console.log(`docs/${file}.png`);
    await close();
  }
} finally {
  await chromium.close();
  await demo.close();
}
