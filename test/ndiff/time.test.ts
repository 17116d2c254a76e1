/** Ndiff shows a scan's start in local time and writes it back in seconds: in every zone as Ndiff does. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import type { Mode, Pair } from './pairs.ts';
import { run } from './situations/documents.ts';

const ZONES = [
  ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca'],
  ['America/Sao_Paulo', 'Asia/Pyongyang', 'Europe/Dublin', 'Pacific/Kiritimati', 'Antarctica/Troll', 'Etc/GMT+12'],
].flat();
/** Rules instead of the name of a place. */
const RULES = [
  ['EST5EDT', 'EST5EDT,M3.2.0,M11.1.0', 'CET-1CEST,M3.5.0,M10.5.0/3', '<+0330>-3:30', 'XYZ3', 'ABC-5:45:30'],
  ['NZST-12NZDT,M9.5.0,M4.1.0/3', '<-03>3<-02>,M3.5.0/-2,M10.5.0/-1', 'AAA1BBB,J60/2,J300/2', ':Europe/Berlin', ':UTC'],
].flat();
/** What names no zone: then it is UTC. */
const NONSENSE = ['', 'Nowhere/Land', '../../etc/passwd', 'x', 'europe/berlin', 'EST', 'CET', 'GMT+2', 'UTC+3', 'utc', 'Z'];

/** Moments around which clocks somewhere change or a calendar does, in epoch seconds. */
const MOMENTS: Readonly<Record<string, number>> = {
  'the repeated hour in Berlin, first time': 1_792_888_200,
  'the repeated hour in Berlin, second time': 1_792_891_800,
  'just before the repeated hour in Berlin': 1_792_886_399,
  'the gap in Berlin': 1_774_746_000,
  'a second before the gap in Berlin': 1_774_745_999,
  'the repeated hour in New York': 1_793_511_000,
  'the repeated hour in New York, second time': 1_793_514_600,
  'the gap in New York': 1_772_953_200,
  'the repeated half hour on Lord Howe': 1_775_313_000,
  'the repeated half hour on Lord Howe, second time': 1_775_314_800,
  'the gap on Lord Howe': 1_791_041_400,
  'a day that Samoa left out': 1_325_239_200,
  summer: 1_783_000_000,
  winter: 1_770_000_000,
  'the epoch': 0,
  'before the epoch': -1,
  'when places had a time of their own': -2_500_000_000,
  'the year 1900': -2_208_988_800,
  'the year 1': -62_135_500_000,
  'beyond 32 bits': 2_147_483_648,
  'summer of 2100': 4_118_000_000,
  'the year 9999': 253_402_200_000,
};

const started = (at: number): string => run('', `start="${at}"`);
const TEXT: Mode = ['-v'];
const XML: Mode = ['--xml'];

describe('local time', needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
  });
  after(() => desk.close());

  /** The XML shows the date as the text does, and the moment it is taken for. */
  const judge = async (pairs: readonly (readonly [string, Pair])[], zone: string, modes: readonly Mode[] = [XML]): Promise<void> => {
    const faults: string[] = [];
    for (const [what, pair] of pairs) for (const fault of await desk.judge(pair, modes, zone)) faults.push(`${what}: ${fault}`);
    if (faults.length > 0) assert.fail(faults.slice(0, 6).join('\n\n'));
  };
  const all = Object.entries(MOMENTS);
  /** Every moment once, each beside another. */
  const neighbours = all.map(([what, at], i): [string, Pair] => [
    what,
    { a: started(at), b: started((all[(i + 1) % all.length] as [string, number])[1]) },
  ]);

  for (const zone of ZONES) test(`in ${zone}`, () => judge(neighbours, zone, [TEXT, XML]));
  for (const zone of RULES) test(`by the rule ${zone}`, () => judge(neighbours, zone));
  // glibc takes the changes of New York then, and gives two answers for the hours around them.
  test('by a rule that does not say when summer is', () =>
    judge(
      neighbours.filter(([what], i) => ![what, neighbours[(i + 1) % neighbours.length]?.[0]].join().includes('New York')),
      'CET-1CEST',
    ));
  for (const zone of NONSENSE)
    test(`where TZ is ${JSON.stringify(zone)}`, () =>
      judge(
        neighbours.filter(([what]) => /Berlin|summer$|1900/.test(what)),
        zone,
      ));

  for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])
    test(`two starts that the clock shows alike are the same start in ${zone}`, async () => {
      const repeated = all.filter(([what]) => what.includes('repeated'));
      const pairs = repeated.flatMap(([what, a]) =>
        [1800, 3600, -3600].map((later): [string, Pair] => [what, { a: started(a), b: started(a + later) }]),
      );
      await judge(pairs, zone);
      await judge(
        pairs.map(([what, { a, b }]) => [`backwards: ${what}`, { a: b, b: a }]),
        zone,
      );
    });

  test('a repeated hour, written back behind a moment of winter and behind one of summer', async () => {
    const hour = MOMENTS['the repeated hour in Berlin, first time'] as number;
    const pairs = [MOMENTS['winter'], MOMENTS['summer']].flatMap((at) =>
      [hour, hour + 3600].map((then): [string, Pair] => [`${at} and ${then}`, { a: started(at as number), b: started(then) }]),
    );
    await judge(pairs, 'Europe/Berlin');
  });

  test('moments by the hundred in three zones', async () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
      const pairs = Array.from({ length: 40 }, (_, i): [string, Pair] => {
        const at = -1_500_000_000 + i * 91_234_567;
        return [`${at}`, { a: started(at), b: started(at + 40_000_000) }];
      });
      await judge(pairs, zone);
    }
  });
});
