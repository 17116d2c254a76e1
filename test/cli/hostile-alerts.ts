import { backtest, channel, incident, mute, NTFY, notification, rule, tellLine } from './alert-makers.ts';
import type { Answers } from './fake-client.ts';
import { change } from './make.ts';

/** Each command about alerts with an answer that is hostile wherever it holds text. */
export function hostileAlerts(attack: string): [argv: string[], answers: Answers][] {
  const badRule = rule({ name: attack, where: attack, who: [attack], home: [attack], away: [attack], during: [attack], to: [attack] });
  const badChannel = channel({
    name: attack,
    kind: attack,
    what: attack,
    trouble: attack,
    fallback: attack,
    quiet: [attack],
    options: { [attack]: attack, nested: { [attack]: attack } },
  });
  const lines = [tellLine({ text: attack, place: attack })];
  const badNote = notification({ channel: attack, rule: attack, title: attack, lines, because: attack, receipt: attack, key: attack });
  const badIncident = incident({
    rule: attack,
    to: [attack],
    title: attack,
    subjects: [{ key: attack, over: false }],
    acknowledged: { at: '2026-11-21T11:00:00.000Z', by: attack },
  });
  const badMute = mute({ rule: attack, where: attack, why: attack, by: attack });
  const verdicts = [{ verdict: 'quiet', reason: 'device', count: 1, example: attack } as const];
  const badKind = { ...NTFY, what: attack, secrets: [attack], options: [{ key: attack, what: attack, needed: true }] };
  const refused = { outcome: 'refused', reason: attack, remedy: attack, what: 'channel', again: true, after: null } as const;
  const exchange = [
    { from: 'us' as const, text: attack },
    { from: 'them' as const, text: attack },
  ];
  const judged = { at: '2026-11-21T11:00:00.000Z', rules: [{ rule: attack, verdict: 'tell', reason: 'first', text: attack, incident: 3 }] };
  return [
    [['rule'], { 'rules.list': () => [badRule] }],
    [['rule', 'show', 'x'], { 'rules.show': () => badRule }],
    [['rule', 'disable', 'x'], { 'rules.edit': () => badRule }],
    [['rule', 'test', 'x'], { 'rules.test': () => backtest({ sent: [badNote], verdicts }) }],
    [['channel'], { 'channels.list': () => [badChannel] }],
    [['channel', 'show', attack], { 'channels.list': () => [badChannel] }],
    [['channel', 'show', 'x'], { 'channels.list': () => [badChannel] }],
    [['channel', 'kinds'], { 'channels.kinds': () => [badKind] }],
    [['channel', 'kinds', 'ntfy'], { 'channels.kinds': () => [badKind] }],
    [['channel', 'add', 'x', 'y'], { 'channels.list': () => [], 'channels.put': () => badChannel }],
    [['channel', 'test', 'x'], { 'channels.test': () => ({ delivery: refused, exchange }) }],
    [['channel', 'test', 'x'], { 'channels.test': () => ({ delivery: { outcome: 'delivered', receipt: attack }, exchange }) }],
    [['incidents'], { 'incidents.list': () => [badIncident] }],
    [['incidents', '3'], { 'incidents.show': () => ({ incident: badIncident, notifications: [badNote] }) }],
    [['ack', 'all'], { 'incidents.acknowledge': () => [badIncident] }],
    [['mute', '--for', '1h', '--why', 'x'], { 'mutes.add': () => badMute }],
    [['mutes'], { 'mutes.list': () => [badMute] }],
    [['unmute', '2'], { 'mutes.end': () => badMute }],
    [['outbox'], { 'notifications.list': () => [badNote] }],
    [['resend', '5'], { 'notifications.resend': () => [badNote] }],
    [['why', '12'], { 'why.change': () => ({ change: change(), steps: [], beside: [], verdict: judged }) }],
  ];
}

/** Command lines about alerts with something hostile in them; all are refused. */
export const hostileAlertWords = (attack: string): string[][] => [
  ['rule', attack],
  ['rule', 'list', attack],
  ['rule', 'add', attack],
  ['rule', 'set', 'x', '--escalate', attack],
  ['rule', 'test', 'x', '--since', attack],
  ['channel', attack],
  ['channel', 'add', attack],
  ['channel', 'add', 'x', 'y', attack],
  ['channel', 'add', 'x', 'y', `a=@${attack}`],
  ['channel', 'set', 'x', '--ceiling', attack],
  ['incidents', attack],
  ['ack', attack],
  ['mute', '--why', 'x', '--for', attack],
  ['unmute', attack],
  ['resend', attack],
];
