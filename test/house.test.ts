/** The law of the house. What fails here says which room, file and line, and why the rule exists. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importCircles, wrongArrows } from './house/arrows.ts';
import { emptyNames, impurities, silencedJudges } from './house/names.ts';
import { wrongRooms } from './house/plan.ts';
import { LIMITS } from './house/rooms.ts';
import { fileSpread, functionSizes, longFiles, testsPerSource } from './house/sizes.ts';
import { readHouse, root } from './house/source.ts';

const house = readHouse();
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Fails with all sentences at once, so that one run shows everything to mend. */
function none(sentences: readonly string[]): void {
  if (sentences.length > 0) assert.fail(`\n${sentences.join('\n')}`);
}

test('every room on the plan stands, with a door and a sign, and no other does', () => none(wrongRooms(house)));

test('rooms import only downwards, by the door, and adapters never each other', () => none(wrongArrows(house)));

test('ground rooms ask neither the clock nor the dice nor the machine', () => none(impurities(house)));

test('no files import each other in a circle', () => none(importCircles(house)));

test('names say what a thing is for', () => none(emptyNames(house)));

test('no comment outside tests switches a judge off', () => none(silencedJudges(house)));

test('files can be read at one sitting', (t) => {
  const { median, p90 } = fileSpread(house);
  t.diagnostic(`lines of a source file: median ${median}, 90 % at most ${p90}`);
  none(longFiles(house));
  assert.ok(median <= LIMITS.medianFile, `the median source file has ${median} lines, more than ${LIMITS.medianFile}`);
  assert.ok(p90 <= LIMITS.p90File, `a tenth of the source files has more than ${p90} lines; the limit is ${LIMITS.p90File}`);
});

test('functions do one thing', (t) => {
  const sizes = functionSizes();
  const share = sizes.filter(({ lines }) => lines <= LIMITS.shortFunction).length / sizes.length;
  t.diagnostic(`${sizes.length} functions, ${(share * 100).toFixed(1)} % of them with at most ${LIMITS.shortFunction} lines`);
  assert.ok(sizes.length > 0 && sizes.every(({ lines }) => lines > 0), 'the linter told no sizes');
  none(
    sizes
      .filter(({ place, lines }) => lines > (/\.tsx:/.test(place) ? LIMITS.componentLines : LIMITS.functionLines))
      .map(({ place, lines }) => `${place}: a function of ${lines} lines, more than ${LIMITS.functionLines}`),
  );
  assert.ok(share >= LIMITS.shortShare, `only ${(share * 100).toFixed(1)} % of functions have at most ${LIMITS.shortFunction} lines`);
});

test('tests and source are in proportion', (t) => {
  const ratio = testsPerSource(house);
  const [least, most] = LIMITS.testsPerSource;
  t.diagnostic(`${ratio.toFixed(2)} lines of test for each line of source (wanted: 1 to 2)`);
  assert.ok(ratio >= least, `${ratio.toFixed(2)} lines of test for each line of source: something goes untested`);
  assert.ok(ratio <= most, `${ratio.toFixed(2)} lines of test for each line of source: they say the same thing twice`);
});

test('the linters hold the limits that this test leaves to them', () => {
  const { rules } = JSON.parse(readText('.oxlintrc.json'));
  assert.deepEqual(rules['max-params'], ['error', { max: 3 }]);
  assert.equal(rules['typescript/no-explicit-any'], 'error');
  const cognitive = JSON.parse(readText('biome.json')).linter.rules.complexity.noExcessiveCognitiveComplexity;
  assert.deepEqual(cognitive, { level: 'error', options: { maxAllowedComplexity: 10 } });
});

test('every dependency has its line in docs/decisions', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readText('package.json'));
  const decisions = globSync('docs/decisions/*.md', { cwd: root })
    .map((path) => readText(path))
    .join('\n');
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  none(
    names
      .filter((name) => !decisions.includes(`\`${name}\``))
      .map((name) => `${name} is in package.json, but no decision record says what for`),
  );
});

test('every room stands in ARCHITECTURE.md', () => {
  const map = readText('ARCHITECTURE.md');
  const rooms = new Set(house.map(({ room }) => room).filter(Boolean));
  none([...rooms].filter((room) => !map.includes(`\`${room}/\``)).map((room) => `src/${room}/ is not on the map`));
});
