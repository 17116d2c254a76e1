import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollcall } from './fake-world.ts';
import { device } from './make.ts';

const said = () => [device()];

test('what is said of devices goes out as one edit, of those named and of those a filter means', async () => {
  const words = ['--owner', 'anna', '--type', 'phone', '--group', 'family', '--group', 'upstairs', '--untag', 'new', '--carried', 'yes'];
  const { code, out, calls } = await rollcall(['device', 'set', '7', 'printer', '--filter', 'vendor:apple -group:iot', ...words], {
    answers: { 'devices.editMany': said },
  });
  assert.equal(code, 0);
  assert.equal(out, 'set 1 device: printer (#7)\n');
  assert.deepEqual(calls, [
    {
      operation: 'devices.editMany',
      input: {
        references: ['7', 'printer'],
        filter: 'vendor:apple -group:iot',
        dryRun: false,
        owner: 'anna',
        type: 'phone',
        groups: { add: ['family', 'upstairs'] },
        tags: { drop: ['new'] },
        carried: true,
      },
    },
  ]);
});

test('everything said can be taken away again, and left in peace is a word, too', async () => {
  const words = ['--name', '', '--owner', '', '--note', '', '--type', 'unsaid', '--carried', 'auto', '--window', 'usual', '--probe', 'no'];
  const { calls } = await rollcall(['device', 'set', '7', ...words], { answers: { 'devices.editMany': said } });
  const nothing = { name: null, window: null, type: null, owner: null, carried: null, note: null };
  assert.deepEqual(calls[0]?.input, { references: ['7'], dryRun: false, ...nothing, probed: false });
});

test('a dry run says of whom it would be said', async () => {
  const { out } = await rollcall(['device', 'set', '--filter', 'random:yes', '--tag', 'guest', '--dry-run'], {
    answers: { 'devices.editMany': () => [device(), device({ id: 8, name: null })] },
  });
  assert.equal(out, 'would set 2 devices: printer (#7), #8\n');
});

test('people are listed with whether they are home, and with what they carry', async () => {
  const people = [
    {
      name: 'anna',
      presence: 'present',
      devices: [
        { id: 1, name: 'phone', presence: 'present', carried: true },
        { id: 2, name: null, presence: 'away', carried: false },
      ],
    },
  ] as const;
  const { out } = await rollcall(['person'], {
    answers: { 'people.list': () => people.map((one) => ({ ...one, devices: [...one.devices] })) },
  });
  assert.equal(out, 'PERSON  PRESENCE  DEVICES\nanna    present   phone (#1), #2 (stays)\n');
});

test('devices are given to people, taken from them, and people called otherwise', async () => {
  const answers = {
    'devices.editMany': said,
    'people.list': () => [
      { name: 'anna', presence: 'away' as const, devices: [{ id: 7, name: null, presence: 'away' as const, carried: true }] },
    ],
  };
  const edits = async (...argv: string[]) => (await rollcall(['person', ...argv], { answers })).calls.at(-1)?.input;
  assert.deepEqual(await edits('give', 'anna', '7', '8'), { references: ['7', '8'], owner: 'anna' });
  assert.deepEqual(await edits('take', '7'), { references: ['7'], owner: null });
  assert.deepEqual(await edits('rename', 'anna', 'anne'), { references: ['7'], owner: 'anne' });
});

test('groups are listed with how many are here, and changed', async () => {
  const groups = () => [{ name: 'iot', present: 1, total: 2, devices: [{ id: 7, name: 'cam', presence: 'present' as const }] }];
  const answers = { 'devices.editMany': said, 'groups.list': groups };
  assert.equal((await rollcall(['group'], { answers })).out, 'GROUP  HERE    DEVICES\niot    1 of 2  cam (#7)\n');
  const edits = async (...argv: string[]) => (await rollcall(['group', ...argv], { answers })).calls.at(-1)?.input;
  assert.deepEqual(await edits('add', 'iot', '8'), { references: ['8'], groups: { add: ['iot'] } });
  assert.deepEqual(await edits('remove', 'iot', '7'), { references: ['7'], groups: { drop: ['iot'] } });
  assert.deepEqual(await edits('rename', 'iot', 'things'), { references: ['7'], groups: { add: ['things'], drop: ['iot'] } });
});

test('bad input is refused with a remedy, and nobody is asked', async () => {
  const refused: [string[], RegExp][] = [
    [['device', 'set', '7'], /nothing is to be set\n  remedy: say what/],
    [['device', '7', '8'], /2 devices to show\n  remedy: name one/],
    [['device', 'set', '7', '--type', 'spaceship'], /--type/],
    [['person', 'dance'], /person cannot "dance"/],
    [['group', 'add', 'iot'], /group cannot "add iot"/],
  ];
  for (const [argv, message] of refused) {
    const { code, err } = await rollcall(argv);
    assert.equal(code, 2);
    assert.match(err, message);
  }
});
