import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { emptyFolder, rollcall } from '../cli/fake-world.ts';
import { HOSTILE } from './hostile-doors.ts';

type Key = readonly [name: string, toml: (value: string) => string, may?: RegExp];

const MAC = /^[\da-f]{2}([:-][\da-f]{2}){5}$/i;
const BLOCK = /^[\da-f.:]+\/\d+$/i;
const NAME = /^[a-z\d][a-z\d-]{0,59}$/;
const LEVELS = /^[\w-]+(?:\/[\w-]+){0,3}$/;
const WATCHED = '[[target]]\ntarget = "10.0.0.0/24"\n';

/** Where a text of rollcall.toml comes in, and the shape in which it may be let in: none of them is an option, a path or a command. */
const KEYS: readonly Key[] = [
  ['[scan] rate', (value) => `[scan]\nrate = ${value}\n`],
  ['[scan] per_host', (value) => `[scan]\nper_host = ${value}\n`],
  ['[scan] quiet', (value) => `[scan]\nquiet = [${value}]\n`],
  ['[scan] zone', (value) => `[scan]\nzone = ${value}\n`],
  ['[guard] gateway', (value) => `[guard]\ngateway = ${value}\n`, MAC],
  ['[guard] network', (value) => `[guard]\nnetwork = ${value}\n`, BLOCK],
  ['[guard] public', (value) => `[guard]\nask = "https://ip.example.org/"\npublic = ${value}\n`, /^[\da-f.:]+$/i],
  ['[guard] ask', (value) => `[guard]\nask = ${value}\n`, /^https?:\/\/[a-z0-9.:-]+(?:\/[!-~]*)?$/],
  ['[[target]] target', (value) => `[[target]]\ntarget = ${value}\n`, /^[a-z0-9.:/-]+$/i],
  ['[[target]] iface', (value) => `${WATCHED}iface = ${value}\n`, /^\w[\w.:@-]{0,14}$/],
  ['[[target]] canary', (value) => `${WATCHED}canary = [${value}]\n`, /^[\da-f.:]+$/i],
  ['[[target]] quiet', (value) => `${WATCHED}quiet = [${value}]\n`],
  ['[[target]] guard', (value) => `${WATCHED}guard = { network = ${value} }\n`, BLOCK],
  ['[[target]] plan', (value) => `${WATCHED}plan = ${value}\nevery = "5m"\n`],
  ['[[target]] at', (value) => `${WATCHED}at = ${value}\n`],
  ['[[allow]] range', (value) => `[[allow]]\nrange = ${value}\nowner = "ops"\nuntil = 2027-01-31\n`, /^[\da-f.:]+(?:[/-][\da-f.:]+)?$/i],
  ['[[allow]] until', (value) => `[[allow]]\nrange = "203.0.113.0/30"\nowner = "ops"\nuntil = ${value}\n`],
  ['[alerts] quiet', (value) => `[alerts]\nquiet = [${value}]\n`],
  ['[alerts] zone', (value) => `[alerts]\nzone = ${value}\n`],
  ['[alerts] keep', (value) => `[alerts]\nkeep = ${value}\n`],
  ['[alerts] reach', (value) => `[alerts]\nreach = [${value}]\n`, /^[\da-f.:/[\]]+$/i],
  ['[mqtt] url', (value) => `[mqtt]\nurl = ${value}\n`, /^mqtts?:\/\/[!-~]+$/],
  ['[mqtt] topic', (value) => `[mqtt]\ntopic = ${value}\n`, LEVELS],
  ['[mqtt] discovery', (value) => `[mqtt]\ndiscovery = ${value}\n`, LEVELS],
  ['[[rule]] name', (value) => `[[rule]]\nname = ${value}\non = ["*"]\n`, NAME],
  ['[[rule]] on', (value) => `[[rule]]\nname = "a"\non = [${value}]\n`, /^[a-z.*-]+$/],
  ['[[rule]] to', (value) => `[[rule]]\nname = "a"\non = ["*"]\nto = [${value}]\n`, /^(?:\*|[a-z\d][a-z\d-]{0,59})$/],
  ['[[rule]] during', (value) => `[[rule]]\nname = "a"\non = ["*"]\nduring = [${value}]\n`],
  ['[[channel]] name', (value) => `[[channel]]\nkind = "webhook"\nname = ${value}\n`, NAME],
  ['[[channel]] kind', (value) => `[[channel]]\nname = "a"\nkind = ${value}\n`, NAME],
  ['[[channel]] fallback', (value) => `[[channel]]\nname = "a"\nkind = "webhook"\nfallback = ${value}\n`, NAME],
  ['[[maintenance]] at', (value) => `[[maintenance]]\nname = "a"\nat = [${value}]\n`],
];

const folder = mkdtempSync(join(tmpdir(), 'rollcall-config-'));
after(() => rmSync(folder, { recursive: true }));

/** What TOML can hold between quotation marks. */
const WRITTEN = HOSTILE.filter((text) => text.isWellFormed() && text.length < 1000);
const inToml = (text: string): string => JSON.stringify(text).replaceAll('\x7f', '\\u007f');

for (const [name, toml, may] of KEYS)
  test(`S1-S3: ${name} of the config: what is refused is told with its line, and no scan is begun`, async () => {
    const [file, data] = [join(folder, 'rollcall.toml'), emptyFolder()];
    let opened = 0;
    const openInProcess = async (): Promise<never> => {
      opened++;
      throw new Fault('conflict', 'beginning: the config was let in', 'refuse it');
    };
    for (const text of WRITTEN) {
      writeFileSync(file, toml(inToml(text)));
      const before = opened;
      const { code, err } = await rollcall(['scan', '10.0.0.1', '--config', file], {
        data,
        world: { openInProcess, configChecks: async () => ({}) },
      });
      assert.equal(code, 2);
      if (opened > before) assert.ok(may?.test(text), `${name} lets in ${JSON.stringify(text)}`);
      else assert.match(err, /rollcall\.toml:\d+: reading [^]*\n {2}remedy: \S/, JSON.stringify(text));
      assert.match(err.replaceAll('\n', ' '), /^[^\p{Cc}\u202e\u2066]+$/u, JSON.stringify(text));
    }
    assert.ok(opened < WRITTEN.length / 4, `${opened} let in`);
  });
