/** What comes with the program for other programs fits both sides. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { checkCommand } from '../../src/cli/commands/check.ts';
import { createMetrics } from '../../src/http/index.ts';
import { change, fakeKeeper, scan, TARGET } from '../http/fake-keeper.ts';
import { AT } from '../make/device.ts';
import { needs, toolPath } from '../needs.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const text = (path: string): string => readFileSync(at(path), 'utf8');

/** Names of everything that /metrics tells, with the kind of each. */
async function metricNames(): Promise<Map<string, string>> {
  const item = { kind: 'service.unapproved' };
  const keeper = fakeKeeper({
    targets: () => [{ target: TARGET, plans: [], blind: false }],
    incidents: async () => [],
    notifications: async () => [],
    drift: async () => ({ subject: 'home', at: AT, begun: true, devices: 1, asApproved: 0, items: [item], unknown: [] }) as never,
  });
  const metrics = createMetrics({ keeper, storeSize: async () => 1 });
  keeper.publish({ kind: 'commit', scan: scan(), changes: [change(1)], devices: [], seq: 1 });
  await metrics.text();
  return new Map([...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name as string, kind as string]));
}

/** Metrics that a query names. */
const namedIn = (query: string): string[] =>
  [...query.replaceAll(/"[^"]*"/g, '""').matchAll(/\b(?:rollcall|process|nodejs)_\w+/g)].map(([name]) => name);

/** Sentences about names that nothing is called, or that a query uses as what they are not. */
function wrongQueries(queries: readonly string[], known: ReadonlyMap<string, string>): string[] {
  return queries.flatMap((query) =>
    namedIn(query).flatMap((name) => {
      const kind = known.get(name) ?? known.get(name.replace(/_(?:bucket|sum|count)$/, ''));
      if (kind === undefined) return [`${query}: nothing is called ${name}`];
      const counts = kind === 'counter' || kind === 'histogram';
      return counts === /\b(?:rate|increase)\(/.test(query) ? [] : [`${query}: ${name} is a ${kind}`];
    }),
  );
}

suite('for Prometheus', () => {
  const rules = text('packaging/prometheus/rollcall.rules.yml');

  test('the alerts are well formed, and go off when they should', needs('promtool'), () => {
    const promtool = (...args: string[]): string => execFileSync(toolPath('promtool') as string, args, { encoding: 'utf8' });
    assert.match(promtool('check', 'rules', at('packaging/prometheus/rollcall.rules.yml')), /SUCCESS: \d+ rules found/);
    assert.match(promtool('test', 'rules', at('test/monitoring/rollcall.rules.yml')), /SUCCESS/);
  });

  test('every alert asks for numbers that there are', async () => {
    const queries = rules
      .split(/^ {6}- alert: /m)
      .slice(1)
      .map((alert) => /expr: \|?([^]*?)\n {8}\w/.exec(alert)?.[1] ?? '');
    assert.ok(queries.length >= 12 && queries.every((query) => query.trim() !== ''));
    assert.deepEqual(wrongQueries(queries, await metricNames()), []);
  });
});

test('a query of what is not there, or of what it is not, is found', async () => {
  const wrong = wrongQueries(
    ['rollcall_nothing', 'rate(rollcall_devices[1m])', 'rollcall_changes_total > 1', 'rollcall_devices'],
    await metricNames(),
  );
  assert.deepEqual(wrong, [
    'rollcall_nothing: nothing is called rollcall_nothing',
    'rate(rollcall_devices[1m]): rollcall_devices is a gauge',
    'rollcall_changes_total > 1: rollcall_changes_total is a counter',
  ]);
});

suite('for Grafana', () => {
  interface Panel {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
    readonly targets?: readonly { readonly expr: string; readonly refId: string; readonly datasource: { readonly uid: string } }[];
  }
  const dashboard = JSON.parse(text('packaging/grafana/rollcall.json')) as {
    readonly panels: readonly Panel[];
    readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  };
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');

  test('every panel asks for numbers that there are, of the source and the instance that were chosen', async () => {
    const targets = panels.flatMap((panel) => panel.targets ?? []);
    const queries = targets.map(({ expr }) => expr);
    const chosen = dashboard.templating.list.flatMap(({ definition }) => definition ?? []);
    assert.ok(queries.length > 20);
    assert.deepEqual(wrongQueries([...queries, ...chosen], await metricNames()), []);
    for (const { expr, datasource } of targets) {
      assert.equal(datasource.uid, '${datasource}');
      assert.equal(expr.split('instance=~"$instance"').length - 1, namedIn(expr).length, expr);
    }
    assert.deepEqual(
      dashboard.templating.list.map(({ name }) => name),
      ['datasource', 'instance'],
    );
  });

  test('panels have a number, a title and a place of their own', () => {
    assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
    assert.equal(new Set(dashboard.panels.map(({ title }) => title)).size, dashboard.panels.length);
    const taken = new Set<string>();
    for (const {
      title,
      gridPos: { h, w, x, y },
    } of dashboard.panels) {
      assert.ok(x + w <= 24 && h > 0, title);
      for (let i = 0; i < w * h; i++) {
        const cell = `${x + (i % w)} ${y + Math.floor(i / w)}`;
        assert.ok(!taken.has(cell), `${title} lies on another panel`);
        taken.add(cell);
      }
    }
  });
});

suite('for Icinga 2 and Checkmk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-packaging-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const options = new Set(checkCommand.define(new Command()).options.flatMap(({ long }) => long ?? []));

  test('the command of Icinga 2 takes options that there are, all but those that would change its form', () => {
    const taken = [...text('packaging/icinga2/rollcall.conf').matchAll(/^ {4}"(--[\w-]+)" = /gm)].map(([, option]) => option as string);
    const elsewhere = ['--verbose']; // of all commands
    assert.deepEqual(
      taken.filter((option) => !options.has(option) && !elsewhere.includes(option)),
      [],
    );
    assert.deepEqual([...options].filter((option) => !taken.includes(option)).sort(), ['--format', '--item', '--version']);
  });

  test('the local check of Checkmk runs, with options that there are', () => {
    const said = join(folder, 'said');
    const program = join(folder, 'rollcall');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${said}'\n`);
    chmodSync(program, 0o755);
    execFileSync(at('packaging/checkmk/rollcall'), { env: { ROLLCALL: program } });
    const lines = readFileSync(said, 'utf8').trim().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.match(line, /^check --format checkmk --item /);
      for (const [option] of line.matchAll(/--[\w-]+/g)) assert.ok(options.has(option), option);
    }
  });
});
