import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { toolPath } from '../needs.ts';

/** Chromium asks for things at its start, and finds no network here; that of the page itself is what is judged. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** ms until something that should be on a page is taken for missing; the machine may be busy. */
const PATIENCE = 15_000;

/** Root may not have a sandbox. */
const BOXED = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface Look {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page so far: exceptions, refusals of its own rules, console errors, requests to elsewhere. */
  readonly faults: string[];
  close(): Promise<void>;
}

export interface LookOptions extends BrowserContextOptions {
  readonly url: string;
  /** Sent with every request, as a program does. */
  readonly token?: string;
}

/** One Chromium for a test file. */
export class Chromium {
  readonly #browser: Browser;
  readonly #home: string;

  private constructor(browser: Browser, home: string) {
    this.#browser = browser;
    this.#home = home;
  }

  static async start(): Promise<Chromium> {
    const executablePath = toolPath('chromium');
    if (executablePath === undefined) throw new Error('there is no chromium; npm test installs it');
    const home = mkdtempSync(join(tmpdir(), 'rollcall-chromium-'));
    // What it keeps for a user belongs to nobody's home.
    const env = { ...process.env, HOME: home } as Record<string, string>;
    return new Chromium(await chromium.launch({ executablePath, args: [...QUIET, ...BOXED], env }), home);
  }

  /** A browser of its own, that has seen nothing yet, at a page. */
  async look({ url, token, ...options }: LookOptions): Promise<Look> {
    const headers = token === undefined ? {} : { extraHTTPHeaders: { authorization: `Bearer ${token}` } };
    const context = await this.#browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...headers, ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const faults = listen(page, new URL(url).origin);
    await page.goto(url);
    return { page, context, faults, close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function listen(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('pageerror', (failure) => faults.push(`exception: ${failure.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith('blob:')) faults.push(`request to elsewhere: ${url}`);
  });
  return faults;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Has the page drawn in these colours; resolves when it is. */
export async function drawIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  // Colours that are on their way are nobody's.
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => {})))',
  );
}

/** What axe finds wrong with the page as it is shown now: a line for each rule, with the first element. */
export async function inaccessible(page: Page): Promise<string[]> {
  // Run in a world of its own: the page's rules allow no script but its own.
  const client = await page.context().newCDPSession(page);
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = (expression: string) =>
    client.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(AXE);
  const { result, exceptionDetails } = await evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, help, nodes }) =>
      id + ': ' + help + ' (' + nodes.length + ') ' + nodes[0].html.slice(0, 300) + ' ' + (nodes[0].any[0]?.message ?? nodes[0].failureSummary ?? '')))`,
  );
  await client.detach();
  if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return result.value as string[];
}
