/** Documents of nmap that other tests keep as fixtures (cut off, resumed, hostile, real): beside Debian's Ndiff. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { MODES } from './pairs.ts';

const FOLDER = fileURLToPath(new URL('../nmap-xml/fixtures/', import.meta.url));
const DOCUMENTS = globSync(`${FOLDER}*.xml`).sort();
/** Ndiff would expand its entities; we refuse any DTD that defines some, and say so. */
const REFUSED = ['bomb-of-entities.xml', 'outer-entity.xml'];

describe('documents of nmap', needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  const taken = DOCUMENTS.filter((path) => !REFUSED.includes(basename(path)));
  for (const [i, path] of taken.entries())
    test(basename(path, '.xml'), async () => {
      const document = readFileSync(path);
      const next = readFileSync(taken[(i + 1) % taken.length] as string);
      const faults = [
        ...(await desk.judge({ a: document, b: document }, MODES)),
        ...(await desk.judge({ a: document, b: next }, MODES)),
        ...(await desk.judge({ a: next, b: document }, MODES)),
      ];
      if (faults.length > 0) assert.fail(faults.join('\n\n'));
    });
});
