import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newProgram, type Program, type ProgramOptions } from '../program/program.ts';
import { Chromium, type Look, type LookOptions } from './browser.ts';

/** A daemon that looks at this machine only, and a browser in front of it. */
export interface Stand {
  readonly program: Program;
  readonly url: string;
  /** A browser of its own at a page, as the owner of the daemon. */
  look(path: string, options?: StandLook): Promise<Look>;
  /** Ends the daemon and starts it again on what it remembers. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface StandLook extends Omit<LookOptions, 'url' | 'token'> {
  /** Where the page comes from, if not from the daemon itself. */
  readonly origin?: string;
  /** A browser that shows nothing of itself, as everybody's does at first. */
  readonly stranger?: boolean;
}

export interface StandOptions extends ProgramOptions {
  /** What is remembered before the daemon looks for the first time. */
  readonly past?: (program: Program) => Promise<void>;
}

export async function openStand({ past, ...options }: StandOptions = {}): Promise<Stand> {
  const program = await newProgram(options);
  await past?.(program);
  let daemon = await program.daemon();
  const chromium = await Chromium.start();
  const token = (await readFile(join(program.data, 'token'), 'utf8')).trim();
  const url = `http://127.0.0.1:${program.port}`;
  return {
    program,
    url,
    look: (path, { origin = url, stranger = false, ...own } = {}) =>
      chromium.look({ ...own, url: `${origin}${path}`, ...(!stranger && { token }) }),
    async restart() {
      await daemon.stop();
      daemon = await program.daemon();
    },
    async close() {
      await chromium.close();
      await daemon.stop();
      await program.end();
    },
  };
}

export const PHONE = { viewport: { width: 390, height: 844 } } as const;

/** Whether the page can be pushed sideways: on a phone nothing may. */
export const isTooWide = (look: Look): Promise<boolean> =>
  look.page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
