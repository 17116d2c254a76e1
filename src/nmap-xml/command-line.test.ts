import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRange } from '../core/index.ts';
import { chosenScripts, readCommandLine } from './command-line.ts';

const targets = (text: string): string[] | null => readCommandLine(text).targets?.map(formatRange) ?? null;

test('options and their values are told from targets', () => {
  assert.deepEqual(targets('nmap -sn 10.0.0.0/24'), ['10.0.0.0/24']);
  assert.deepEqual(targets('nmap -n -oX - --stats-every 1s -e va --privileged -sS --top-ports 10 -T4 -- 10.77.0.0/28 10.78.0.1'), [
    '10.77.0.0/28',
    '10.78.0.1',
  ]);
  assert.deepEqual(targets('/usr/bin/nmap -vv -p22,80 -PS22,443 -PE -sV --max-rate=100 10.0.0.1-20'), ['10.0.0.1-10.0.0.20']);
  assert.deepEqual(targets('nmap -6 -sn fd77::/120'), ['fd77::/120']);
  assert.deepEqual(targets('nmap 10.0.0.1 -p 22'), ['10.0.0.1']);
});

test('what cannot be known for sure makes all targets unknown', () => {
  for (const text of [
    'nmap -sn',
    'nmap',
    '',
    'nmap -iL hosts.txt',
    'nmap -iR 10',
    'nmap --exclude 10.0.0.1 10.0.0.0/24',
    'nmap --excludefile x 10.0.0.0/24',
    'nmap --resume x',
    'nmap -sn 10.0.0.0/24 nas.lan',
    'nmap -sn 10.0.0.5/24',
    'nmap -sn 10.0.0.*',
    'nmap -sL 10.0.0.0/24',
    'nmap --new-option 10.0.0.0/24',
    'nmap --frob=1 10.0.0.0/24',
  ])
    assert.equal(targets(text), null, text);
});

test('a word in quotes is one word, as nmap writes those with spaces in them', () => {
  assert.deepEqual(targets('nmap -oX "my scans/\\"one\\".xml" --script "not brute" 10.0.0.0/24'), ['10.0.0.0/24']);
  assert.equal(targets('nmap -oX my scans/one.xml 10.0.0.0/24'), null, 'versions before did not quote');
});

test('scripts are told as they were chosen', () => {
  const scripts = (text: string): string | null => readCommandLine(text).scripts;
  assert.equal(scripts('nmap -sS 10.0.0.1'), null);
  assert.equal(scripts('nmap -sV --script-timeout 5 --script-args a=b 10.0.0.1'), 'version', '-sV brings some along');
  assert.equal(scripts('nmap -sC 10.0.0.1'), 'default');
  for (const text of ['nmap -A 10.0.0.1', 'nmap -sVC 10.0.0.1', 'nmap -sV -sC 10.0.0.1'])
    assert.equal(scripts(text), 'default,version', text);
  assert.equal(scripts('nmap --script ssl-cert -sC 10.0.0.1'), 'default,ssl-cert');
  assert.equal(scripts('nmap "--script=not brute" 10.0.0.1'), 'not brute');
});

test('scripts that printed did run, whatever the command line says', () => {
  assert.equal(chosenScripts('nmap -sC 10.0.0.1', false), 'default');
  assert.equal(chosenScripts('nmap 10.0.0.1', false), null);
  assert.equal(chosenScripts('nmap x', true), 'those of "nmap x"');
  assert.notEqual(chosenScripts('nmap x', true), chosenScripts(null, true), 'those of two commands need not be the same');
});

test('the interface and the depth are read too', () => {
  assert.equal(readCommandLine('nmap -e va -sV 10.0.0.1').iface, 'va');
  assert.equal(readCommandLine('nmap -sV 10.0.0.1').versions, true);
  assert.equal(readCommandLine('nmap -A 10.0.0.1').versions, true);
  assert.equal(readCommandLine('nmap -sSV 10.0.0.1').versions, true);
  assert.equal(readCommandLine('nmap -sS 10.0.0.1').versions, false);
});
