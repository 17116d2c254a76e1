/**
 * S5: hostile text in every place that text comes from, on every page and in every export. No script runs, no markup appears, nothing is
 * asked of anybody else. What the browser itself does is what is judged.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { portXml } from '../make/nmap-file.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import type { Look } from './browser.ts';
import { escaped, HOUR, reportAt, tell } from './past.ts';
import { openStand, type Stand } from './stand.ts';

/** Each leaves a mark in the page, asks for something, or hides what is there, if it is ever taken for more than text. */
const PAYLOADS = [
  '<script>window.hit=1</script>',
  '"><img src=/x onerror=window.hit=2>',
  "'><svg/onload=window.hit=3>",
  'javascript:window.hit=4',
  '<iframe srcdoc="<script>parent.hit=5</script>"></iframe>',
  '<style>*{display:none!important}</style>',
  '{{constructor.constructor("window.hit=6")()}}',
  '${window.hit=7}',
  '</title></textarea></script><script>window.hit=8</script>',
  '<a href="javascript:window.hit=9" autofocus onfocus=window.hit=9>x</a>',
  '<form action=http://192.0.2.1/><input type=submit>',
  '<link rel=stylesheet href=http://192.0.2.1/x.css>',
  '&lt;img src=x onerror=window.hit=10&gt;',
  '__proto__',
  '=HYPERLINK("http://192.0.2.1/","x")',
] as const;

const WORD = (i: number): string => `w${i}`;

/** nmap's words about one host, all of them hostile: name, service, product, version, what a script printed. */
function hostOf(payload: string, i: number) {
  const evil = escaped(payload);
  const script = `<script id="http-title" output="${evil}"><elem key="title">${evil}</elem></script>`;
  const served = `<service name="${evil}" product="${evil}" version="${evil}" extrainfo="${evil}" ostype="${evil}" method="probed" conf="10"/>${script}`;
  return {
    address: `10.0.0.${i + 1}`,
    mac: `00:00:5E:00:53:${(i + 1).toString(16).padStart(2, '0').toUpperCase()}`,
    name: evil,
    ports: portXml(80, 'open', served),
  };
}

const PAGES = [
  '/',
  '/devices',
  '/changes',
  '/changes?view=past',
  '/changes?view=compare',
  '/services?by=port',
  '/services?by=product',
  '/services?by=certificate',
  '/map',
  '/scans',
  '/alerts',
  '/alerts?tab=channels',
  '/alerts?tab=outbox',
  '/alerts?tab=mutes',
  '/settings',
  '/settings?tab=people',
  '/settings?tab=access',
  '/settings?tab=upkeep',
];

/** Elements that only a payload could have brought along. */
const BROUGHT =
  'iframe, form[action*="192.0.2.1"], link[href*="192.0.2.1"], a[href^="javascript"], img[src="/x"], [onerror], [onload], [onfocus]';
/** Mantine writes style sheets of its own; this one is nobody's but ours. */
const BLINDING = "[...document.querySelectorAll('style')].some(({ textContent }) => textContent.includes('{display:none!important}'))";

describe('hostile text (S5)', needs('chromium', 'nmap'), () => {
  let stand: Stand;
  let look: Look;
  before(async () => {
    stand = await openStand({
      config: '[self]\nwatch = false\n[listen]\nenabled = false\n',
      past: async (program) => {
        await tell(program, reportAt(Date.now() - 2 * HOUR, { hosts: PAYLOADS.map(hostOf) }));
      },
    });
    const { program } = stand;
    for (const [i, payload] of PAYLOADS.entries()) {
      const own = payload.replaceAll(/[,:"]/g, '');
      const labels = ['--name', payload, '--owner', own, '--group', own, '--tag', own, '--note', payload];
      await program.run('device', 'set', `10.0.0.${i + 1}`, ...labels);
      await program.run('mute', 'add', '--where', `tag:${WORD(i)}`, '--until', '2h', '--why', payload);
    }
    look = await stand.look('/');
  });
  after(() => stand?.close());

  const judge = async (where: string, foreseen = /^$/): Promise<void> => {
    const { page, faults } = look;
    assert.equal(await page.evaluate('window.hit'), undefined, `a script ran on ${where}`);
    assert.equal(await page.locator(BROUGHT).count(), 0, `markup came in on ${where}`);
    assert.equal(await page.evaluate(BLINDING), false, `a style sheet came in on ${where}`);
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), `${where} is hidden`);
    assert.deepEqual(
      faults.filter((fault) => !foreseen.test(fault)),
      [],
      where,
    );
  };

  test('the text is there, and said by every source', async () => {
    const devices: any[] = await stand.program.json('devices');
    const known = JSON.stringify(devices);
    for (const sign of ['window.hit=1', 'window.hit=2', 'window.hit=6', '__proto__']) assert.ok(known.includes(sign), sign);
    for (const field of ['alias', 'note', 'owner'] as const) assert.ok(devices.filter((one) => one[field] !== null).length >= 10, field);
    assert.ok(devices.some(({ ports }) => ports.some((port: any) => port.service?.product?.includes('window.hit'))));
  });

  for (const path of PAGES)
    test(`${path} shows it, and nothing of it happens`, async () => {
      await look.page.goto(`${stand.url}${path}`);
      await look.page.getByRole('heading', { level: 1 }).waitFor();
      await until('all to be drawn', async () => (await look.page.locator('[aria-busy=true]').count()) === 0);
      await judge(path);
    });

  test('the page of each device, and the reasons for each change, likewise', async () => {
    const { page } = look;
    for (let id = 1; id <= PAYLOADS.length; id++) {
      await page.goto(`${stand.url}/devices/${id}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('80').first().waitFor();
      await judge(`device ${id}`);
      await page.goto(`${stand.url}/changes?why=${id}`);
      await page.getByRole('dialog').waitFor();
      await judge(`why ${id}`);
    }
  });

  test('what is typed into the palette and the filter is looked for, not run', async () => {
    const { page } = look;
    await page.goto(`${stand.url}/devices`);
    for (const payload of PAYLOADS) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(payload.slice(0, 30));
      await page.keyboard.press('Escape');
      await page.goto(`${stand.url}/devices?filter=${encodeURIComponent(payload)}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await judge(`filter ${payload}`, /status of 400/); // what is no filter is refused
    }
  });

  test('exports are files that no browser draws and no spreadsheet counts', async () => {
    const { page } = look;
    const asked = [
      '/api/v1/export/devices?as=csv',
      '/api/v1/export/devices?as=json',
      '/api/v1/scans/1/export?as=csv',
      '/api/v1/scans/1/export?as=xml',
      '/api/v1/scans/1/export?as=json',
    ];
    for (const path of asked) {
      const answer = await page.request.get(`${stand.url}${path}`);
      const headers = answer.headers();
      assert.equal(answer.status(), 200, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.match(headers['content-disposition'] ?? '', /^attachment/, path);
      assert.ok(!/html/.test(headers['content-type'] ?? ''), path);
    }
    const csv = await (await page.request.get(`${stand.url}/api/v1/export/devices?as=csv`)).text();
    assert.ok(csv.includes('HYPERLINK'), 'the formula is in the table');
    assert.doesNotMatch(csv, /(?:^|[,\n]"?)=HYPERLINK/, 'a cell begins as a formula');
  });
});
