import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orFault, parsePlace, parsePortLists } from '../../src/core/index.ts';
import type { ApproveRequest, DriftAnswer, Keeper } from '../../src/watch/index.ts';
import { covering, HOUR, MINUTE, port, seen, service } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, stand, watching } from './stand.ts';

const config = watching(declared(LAN, every(HOUR)));

const FTP = (version: string) => port(21, 'open', service('vsftpd', { name: 'ftp', version }));
/** What the next looks may find. */
const SCENES: readonly Answer[] = [
  [seen('10.0.0.1', 1, { ports: [FTP('3.0.2')] }), seen('10.0.0.2', 2)],
  [seen('10.0.0.1', 1, { ports: [FTP('3.0.3'), port(80)] }), seen('10.0.0.2', 2)],
  [seen('10.0.0.1', 1, { ports: [port(80)] }), seen('10.0.0.2', 2, { ports: [port(23)] }), seen('10.0.0.3', 3)],
  [seen('10.0.0.2', 2), seen('10.0.0.3', 3, { ports: [port(8080)] })],
].map((hosts) => ({ hosts, coverage: covering([LAN], '1-10000') }));

const ORDER: Omit<ApproveRequest, 'choice'> = { places: null, closeness: 'exact', by: 'ada', why: null, until: null, dryRun: false };
const refusedOrDone = async (work: Promise<unknown>): Promise<void> => void (await work.catch(() => undefined));

/** What people say in between; what cannot be said at that moment is refused, and changes nothing. */
const WORDS: readonly ((keeper: Keeper, now: number) => Promise<unknown>)[] = [
  (keeper) => keeper.approve({ ...ORDER, choice: { kind: 'target', target: null } }),
  (keeper, now) => keeper.approve({ ...ORDER, choice: { kind: 'found', devices: [1, 2] }, until: now + 2 * HOUR }),
  (keeper) =>
    keeper.approve({ ...ORDER, choice: { kind: 'named', devices: [1], unseen: ['10.0.0.9'] }, places: [orFault(parsePlace('80'))] }),
  (keeper) => keeper.revoke({ kind: 'devices', devices: [1], unseen: [], places: null }, 'eve'),
  (keeper) => keeper.revoke({ kind: 'ids', ids: [2] }, 'eve'),
  (keeper, now) =>
    keeper.makePolicy({ group: null, rule: 'nowhere', ports: orFault(parsePortLists('23,80')), by: null, why: 'x', until: now + 3 * HOUR }),
  (keeper) => keeper.makePolicy({ group: 'iot', rule: 'only', ports: orFault(parsePortLists('8080')), by: null, why: null, until: null }),
  (keeper) => keeper.editDevices([2], { groups: { add: ['iot'] } }),
  (keeper) => keeper.editDevices([2], { groups: { drop: ['iot'] } }),
  (keeper) => keeper.mergeDevices({ keep: 1, absorb: [2] }),
  (keeper) => keeper.undoMerge({ device: '1', part: null }),
  (keeper) => keeper.forgetDevices([3]),
];

type Step = { readonly scene: number } | { readonly word: number } | { readonly wait: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(SCENES.length - 1).map((scene) => ({ scene })),
  fc.nat(WORDS.length - 1).map((word) => ({ word })),
  fc.integer({ min: 1, max: 90 }).map((minutes) => ({ wait: minutes * MINUTE })),
);

interface Said {
  readonly begun: unknown;
  readonly items: readonly { readonly device: unknown }[];
  /** Devices that nobody had looked at lately. */
  readonly unseen: readonly unknown[];
}

/** What an answer says, or why there is none. When a device was seen last is known better later. */
async function answered(drift: Promise<DriftAnswer>): Promise<Said> {
  const { items, unknown, begun } = await drift.catch((fault: Error) => ({ items: [], unknown: [], begun: fault.message }));
  const said = items.map(({ device, reason, ...item }) => ({
    ...item,
    device: device.id ?? device.addresses[0],
    reason: reason.replace(/last seen .*/, 'last seen'),
  }));
  return { begun, items: said, unseen: unknown.flatMap(({ place, device: { id } }) => (place === null ? [id] : [])) };
}

/** Of whom nobody could say anything then, something may be known by now. */
const without = ({ begun, items }: Said, unseen: readonly unknown[]): unknown => ({
  begun,
  items: items.filter(({ device }) => !unseen.includes(device)),
});

test('whatever happens and is said: what differed at a moment is told the same of it for ever after', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 12 }), async (steps) => {
      let scene = SCENES[0] as Answer;
      const house = await stand({ config, script: () => scene });
      const { keeper, clock } = house;
      await clock.pass(HOUR);
      const told: { at: number; said: Said }[] = [];
      for (const step of steps) {
        await clock.pass(MINUTE); // nothing is said twice at one moment
        if ('word' in step) await refusedOrDone(WORDS[step.word]?.(keeper, clock.now()) ?? Promise.resolve());
        else if ('wait' in step) await clock.pass(step.wait);
        else {
          scene = SCENES[step.scene] as Answer;
          await clock.pass(HOUR);
        }
        await clock.pass(1);
        told.push({ at: clock.now(), said: await answered(keeper.drift({ target: null, at: null })) });
        await clock.pass(1);
      }
      for (const { at, said } of told) {
        const now = await answered(keeper.drift({ target: null, at }));
        assert.deepEqual(without(now, said.unseen), without(said, said.unseen), new Date(at).toISOString());
      }
      await house.end();
    }),
    { numRuns: 20 },
  );
});
