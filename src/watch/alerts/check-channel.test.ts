import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ChannelSetup, type ChannelTraits, channelOf, Fault, type JsonObject } from '../../core/index.ts';
import { checkChannel, STARS, withSecrets, withStars } from './check-channel.ts';

const KINDS: readonly ChannelTraits[] = [{ kind: 'pager', what: 'a pager', edits: true, secrets: ['password', 'headers'], options: [] }];
const setup = (fields: Partial<ChannelSetup> = {}): ChannelSetup => ({
  ...channelOf({ name: 'phone', kind: 'pager', options: {} }, 'user'),
  ...fields,
});

const CANARY = 'canary-4711';
const secret = fc.oneof(fc.constant(CANARY), fc.constant({ Authorization: CANARY }), fc.constant([CANARY]));
const options: fc.Arbitrary<JsonObject> = fc.record(
  { to: fc.string({ maxLength: 10 }), password: secret, headers: secret, colour: fc.constantFrom('red', null) },
  { requiredKeys: [] },
);

test('S24: no secret is shown, whatever shape it has, and what is not secret is shown as it is', () => {
  fc.assert(
    fc.property(options, (given) => {
      const shown = withStars({ kind: 'pager', options: given }, KINDS);
      assert.ok(!JSON.stringify(shown).includes(CANARY));
      assert.deepEqual([shown['to'], shown['colour']], [given['to'], given['colour']]);
    }),
  );
});

test('S24: of a kind that nobody knows all options may be secret', () => {
  assert.deepEqual(withStars({ kind: 'gone', options: { url: CANARY, to: 'x' } }, KINDS), { url: STARS, to: STARS });
});

test('S24: options that were shown and are given back are what they were', () => {
  fc.assert(
    fc.property(options, (given) => {
      const old = setup({ options: given });
      const back = withSecrets({ ...old, options: withStars(old, KINDS) }, old);
      assert.deepEqual(back, { ...given });
    }),
  );
});

test('S24: stars stand for nothing where there was nothing, or another kind of channel', () => {
  const old = setup({ options: { password: CANARY } });
  const stars = { name: 'phone', kind: 'pager', options: { password: STARS } };
  for (const before of [undefined, setup(), setup({ kind: 'letter', options: { password: CANARY } })])
    assert.throws(
      () => withSecrets(stars, before),
      (fault) => fault instanceof Fault && fault.code === 'bad-input',
    );
  assert.deepEqual(withSecrets(stars, old), { password: CANARY });
});

test('what one channel cannot deliver may go to others one after another, and never in a circle', () => {
  const chain = (fallback: string | null, ...channels: [string, string | null][]): (() => void) => {
    const others = channels.map(([name, next]) => ({ name, fallback: next }));
    return () => checkChannel(setup({ fallback }), { channels: others, maker: null });
  };
  chain('mail', ['mail', 'log'], ['log', null])();
  chain('mail', ['phone', 'old'], ['mail', null])();
  assert.throws(chain('mail', ['mail', 'log'], ['log', 'phone']), /would come back here/);
  assert.throws(chain('phone'), /would come back here/);
  assert.throws(chain('mail', ['log', null]), /there is no channel "mail"/);
  // Others may have gone in a circle before, as a file may say.
  assert.throws(chain('a', ['a', 'b'], ['b', 'a']), /would come back here/);
});
