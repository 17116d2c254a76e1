// Shares the machine: it measures nothing, and waits for nmap.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type BrokerDouble, mosquitto, type Subscriber } from '../make/mosquitto.ts';
import { needs } from '../needs.ts';
import { type Daemon, newProgram, type Program, until } from './program.ts';

const ROOT = 'rollcall/home';

describe('S1.7: a daemon shows this machine to a broker, as Home Assistant finds it', needs('nmap', 'root', 'mosquitto'), () => {
  let broker: BrokerDouble;
  let program: Program;
  let daemon: Daemon;
  let home: Subscriber;
  before(async () => {
    broker = await mosquitto({ password: 'canary-secret' });
    program = await newProgram();
    const secret = join(program.data, '..', 'mqtt-url');
    await writeFile(secret, `${broker.url}\n`, { mode: 0o600 });
    await writeConfig(`[mqtt]\nurl_file = "${secret}"\n`);
    home = await broker.subscriber(`${ROOT}/#`, 'homeassistant/#');
    daemon = await program.daemon();
  });
  after(async () => {
    await program.end();
    await broker.stop();
  });

  async function writeConfig(more: string): Promise<void> {
    await writeFile(program.config, `[http]\nport = ${program.port}\n[names]\ndns = false\n${more}`);
  }

  const device = async (): Promise<{ id: number }> => (await program.json('devices'))[0];
  /** One message comes after another, and none of them first by right. */
  const told = async (topic: string): Promise<string> => {
    await until(topic, () => home.board.has(topic));
    return home.board.get(topic) as string;
  };

  test('this machine is home, with what is known of it', async () => {
    await until('this machine to be home', () =>
      [...home.board].some(([topic, text]) => /\/device\/\d+\/state$/.test(topic) && text === 'home'),
    );
    const { id } = await device();
    assert.equal(await told(`${ROOT}/device/${id}/state`), 'home');
    const facts = JSON.parse(await told(`${ROOT}/device/${id}/attributes`));
    assert.deepEqual([facts.ip, facts.rollcall_id, facts.in_zones], ['127.0.0.1', id, ['zone.home']]);
    const config = JSON.parse(await told(`homeassistant/device_tracker/rollcall_home/device_${id}/config`));
    assert.deepEqual([config.source_type, config.json_attributes_topic], ['router', `${ROOT}/device/${id}/attributes`]);
    await until('it to be online', () => home.board.get(`${ROOT}/status`) === 'online');
    assert.equal(await told(`${ROOT}/count/present/state`), '1');
  });

  test('what a person says of it is seen at once, also who comes home with it', async () => {
    const { id } = await device();
    const given = await program.run('person', 'give', 'Anna', String(id));
    assert.equal(given.code, 0, given.stderr);
    await until('Anna to be home', () => home.board.get(`${ROOT}/person/anna/state`) === 'home');
    assert.match(await told('homeassistant/device_tracker/rollcall_home/person_anna/config'), /"name":"Anna"/);
    assert.equal((await program.run('person', 'take', String(id))).code, 0);
    await until('Anna to be gone', () => ![...home.board.keys()].some((topic) => topic.includes('anna')));
  });

  test('a scan is ordered by a button, is done, and is not ordered twice in a moment', async () => {
    const scans = async (): Promise<number> =>
      (await program.json('scans')).filter(({ plan }: { plan: string }) => plan === 'sweep').length;
    const button = JSON.parse(await told('homeassistant/button/rollcall_home/scan/config'));
    const before = await scans();
    await home.send(button.command_topic, button.payload_press);
    await until('the answer', () => /began scan \d+ of 127\.0\.0\.1/.test(home.board.get(`${ROOT}/answer`) ?? ''));
    await until('the scan', async () => (await scans()) > before);
    await home.send(button.command_topic, button.payload_press);
    await until('the refusal', () => JSON.parse(home.board.get(`${ROOT}/answer`) ?? '{}').done === false);
    await home.send(button.command_topic, 'scan 192.168.77.0/24');
    await until('another refusal', () => /it is not watched/.test(home.board.get(`${ROOT}/answer`) ?? ''));
    assert.ok(
      (await program.json('scans')).every(
        ({ target }: { target: string | null }) => target === null || target === '127.0.0.1' || !/192/.test(target),
      ),
    );
  });

  test('a broker that goes is a trouble that status tells, and the scans go on; when it is back, so are we', async () => {
    await broker.halt('SIGKILL');
    await until('the trouble', async () => JSON.stringify(await program.json('status')).includes('MQTT broker'));
    const scan = await program.json('scan', '127.0.0.1', '--plan', 'sweep');
    assert.equal(scan.scan.outcome, 'complete');
    await broker.start();
    await until('what is kept', async () => (await broker.kept(`${ROOT}/#`)).get(`${ROOT}/status`) === 'online');
    await until('no trouble', async () => !JSON.stringify(await program.json('status')).includes('MQTT broker'));
  });

  test('S24: the password of the broker is nowhere in log, status or config', async () => {
    const shown = await Promise.all([program.run('status'), program.run('config', 'show'), program.run('doctor')]);
    const all = [daemon.output(), ...shown.flatMap(({ stdout, stderr }) => [stdout, stderr])].join('\n');
    assert.match(all, /MQTT broker 127\.0\.0\.1:\d+ shows what there is/);
    assert.doesNotMatch(all, /canary-secret/);
  });

  test('SIGHUP takes over [mqtt]: all of it stands at the new place, and nothing is left at the old one', async () => {
    const secret = join(program.data, '..', 'mqtt-url');
    const reload = async (more: string): Promise<void> => {
      await writeConfig(`[mqtt]\nurl_file = "${secret}"\n${more}`);
      process.kill(daemon.pid, 'SIGHUP');
    };
    await reload('topic = "moved"\n');
    await until('the new place', async () => (await broker.kept('moved/#')).get('moved/home/status') === 'online');
    assert.deepEqual([...(await broker.kept(`${ROOT}/#`)), ...(await broker.kept('homeassistant/+/rollcall_home/#'))], []);
    const { id } = await device();
    await until('the device', async () => (await broker.kept('moved/#')).get(`moved/home/device/${id}/state`) === 'home');
    await reload('');
    await until('to be back', async () => (await broker.kept(`${ROOT}/status`)).get(`${ROOT}/status`) === 'online');
    assert.deepEqual([...(await broker.kept('moved/#'))], []);
  });

  test('a daemon that stops is offline, and what went meanwhile is gone after the next start', async () => {
    const { id } = await device();
    await daemon.stop();
    assert.equal((await broker.kept(`${ROOT}/status`)).get(`${ROOT}/status`), 'offline');
    assert.ok((await broker.kept(`${ROOT}/device/#`)).has(`${ROOT}/device/${id}/state`));
    assert.equal((await program.run('forget', String(id), '--yes')).code, 0);
    await writeConfig(`[self]\nwatch = false\n[mqtt]\nurl_file = "${join(program.data, '..', 'mqtt-url')}"\n`);
    assert.equal((await program.run('unwatch', '127.0.0.1')).code, 0);
    daemon = await program.daemon();
    await until('it to be online', async () => (await broker.kept(`${ROOT}/status`)).get(`${ROOT}/status`) === 'online');
    const kept = new Map([...(await broker.kept(`${ROOT}/#`)), ...(await broker.kept('homeassistant/+/rollcall_home/#'))]);
    assert.deepEqual(
      [...kept.keys()].filter((topic) => topic.includes(`device/${id}/`) || topic.includes(`device_${id}/`)),
      [],
    );
  });
});
