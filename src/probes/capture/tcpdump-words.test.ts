import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tcpdumpArgv } from './tcpdump-argv.ts';
import { createTcpdumpWords, whyEnded } from './tcpdump-words.ts';

function hear(...chunks: string[]) {
  const words = createTcpdumpWords();
  for (const chunk of chunks) words.write(Buffer.from(chunk));
  return words;
}

test('greetings and counts are no complaints; losses are counted as said last', () => {
  const words = hear(
    'tcpdump: listening on lan0, link-type EN10MB (Ether',
    'net), snapshot length 1522 bytes\ntcpdump: 10 packets captured, 12 packets received by filter, 2 packets dropped by kernel\n',
    '20 packets captured\n23 packets received by filter\n3 packets dropped by kernel\n1 packet dropped by interface\n',
  );
  assert.deepEqual([words.listening, words.dropped, words.complaint], [true, 4, '']);
});

test('what it complains of says why it ended', () => {
  const { complaint } = hear(
    "tcpdump: lan0: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n",
  );
  const cause = whyEnded('lan0', complaint);
  assert.equal(cause.code, 'no-privilege');
  assert.match(cause.text, /^listening on lan0: tcpdump ended: lan0: You don't have permission .* not permitted\)$/);
  assert.equal(whyEnded('lan0', hear('tcpdump: lan0: No such device exists\n').complaint).code, 'interface-gone');
  assert.equal(whyEnded('lan0', hear('tcpdump: pcap_loop: The interface disappeared\n').complaint).code, 'interface-gone');
  assert.equal(whyEnded('lan0', hear('tcpdump: lan0: That device is not up\n').complaint).code, 'interface-down');
  assert.deepEqual(whyEnded('lan0', ''), { code: 'tool-failed', text: 'listening on lan0: tcpdump ended without a word' });
});

test('a complaint without an end does not grow for ever', () => {
  const words = hear(...Array.from({ length: 100 }, () => 'x'.repeat(10_000)), '\n', 'y\n'.repeat(1000));
  assert.ok(words.complaint.length < 1000);
});

test('as root it is made nobody before it starts, so that the leash holds; otherwise it only gets the leash', () => {
  const options = { tcpdump: '/usr/bin/tcpdump', iface: 'lan0', filter: 'arp', leash: ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'] };
  const capture = ['/usr/bin/tcpdump', '-i', 'lan0', '-Q', 'in'];
  assert.deepEqual(tcpdumpArgv({ ...options, root: false }).slice(0, 9), [...options.leash, ...capture]);
  const asRoot = tcpdumpArgv({ ...options, root: true });
  assert.deepEqual(asRoot.slice(asRoot.indexOf('--') + 1).slice(0, 5), capture);
  assert.deepEqual(asRoot.slice(0, 3), ['/usr/bin/setpriv', '--reuid', '65534']);
  assert.ok(asRoot.includes('--pdeathsig'));
  assert.deepEqual(tcpdumpArgv({ ...options, root: true, leash: [] }).slice(0, 5), capture);
});
