import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Change = { seq: number; kind: string; before: { approval?: number } | null; after: { text?: string } | null };

describe('an approval that expires while the daemon is dead', needs('nmap', 'root'), () => {
  let program: Program;
  before(async () => {
    program = await newProgram({ env: { USER: 'ada', SUDO_USER: '' } });
  });
  after(() => program.end());

  const expiries = async (): Promise<Change[]> => program.json('changes', '--kind', 'approval.expired');

  test('law 4: is told once by the next one, and not again by the one after a crash', async () => {
    const first = await program.daemon();
    await until('the first roll', async () => (await program.json('devices')).length > 0);
    const ends = Date.now() + 2000;
    const approved = await program.json(
      'baseline',
      'approve',
      '127.0.0.1',
      '--service',
      '1/tcp',
      '--until',
      new Date(ends).toISOString(),
      '--why',
      'a try',
    );
    assert.equal(approved.made, 1);
    await first.stop('SIGKILL');
    assert.deepEqual(await expiries(), [], 'a command alone tells nobody');
    await until('the end of the approval', async () => Date.now() > ends);

    const second = await program.daemon();
    await until('the expiry', async () => (await expiries()).length > 0);
    await second.stop('SIGKILL');
    const third = await program.daemon();
    await program.json('scan', '127.0.0.1', '--plan', 'sweep');
    await third.stop();

    const [told, ...others] = await expiries();
    assert.deepEqual([told?.before?.approval, told?.after?.text, others], [1, '1/tcp whatever serves, approved by ada: a try', []]);
    const all: Change[] = await program.json('changes', '--since', '1h');
    assert.deepEqual(
      all.map(({ seq }) => seq),
      all.map((_, i) => i + 1),
    );
    const [listed] = await program.json('baseline', 'list', '--all');
    assert.deepEqual([listed.inForce, listed.revoked], [false, null]);
  });
});
