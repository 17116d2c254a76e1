import type { Registry } from 'prom-client';
import { breathe, SLICE, typeOf } from '../../api/index.ts';
import { DEVICE_TYPES } from '../../core/index.ts';
import type { Keeper, Meters } from './keeper.ts';
import { counted, gauge } from './meters.ts';

type Devices = ReturnType<Keeper['roll']>['devices'];

/** Counts of one roll: the same as long as the roll is. */
interface Census {
  readonly of: Devices;
  readonly presence: ReadonlyMap<string, number>;
  /** Of those that are here. */
  readonly types: ReadonlyMap<string, number>;
}

const PRESENCES = ['present', 'away', 'unknown'] as const;

/** Who is here, and how we stand to see it. */
export function networkMeters(registry: Registry, keeper: Keeper): Meters {
  const devices = gauge(registry, { name: 'rollcall_devices', help: 'Devices by presence.', labels: ['presence'] });
  const types = gauge(registry, { name: 'rollcall_devices_present', help: 'Devices that are here, by what they are.', labels: ['type'] });
  const changes = gauge(registry, { name: 'rollcall_last_change_sequence', help: 'Number of the newest change.' });
  const commit = gauge(registry, { name: 'rollcall_last_commit_timestamp_seconds', help: 'When the newest look that was kept ended.' });
  const troubles = gauge(registry, { name: 'rollcall_troubles', help: 'Things that need a person, as rollcall status tells them.' });
  const privileged = gauge(registry, {
    name: 'rollcall_privileged',
    help: 'Whether raw packets may be sent (1), or only connections (0).',
  });
  const listening = listenerMeters(registry);
  let census: Census = { of: [], presence: new Map(), types: new Map() };
  return {
    subject: 'network',
    async ask() {
      const { devices: all } = keeper.roll();
      if (census.of !== all) census = await censusOf(all);
    },
    read() {
      const status = keeper.status();
      const { at } = keeper.roll();
      for (const presence of PRESENCES) devices.set(census.presence.get(presence) ?? 0, { presence });
      for (const type of [...DEVICE_TYPES, 'unknown']) types.set(census.types.get(type) ?? 0, { type });
      changes.set(status.seq);
      commit.reset();
      commit.set(at === null ? 0 : at / 1000);
      troubles.set(status.troubles.length);
      privileged.set(Number(status.privileged));
      listening(status.heard);
    },
  };
}

/** Gives way between slices: what a device is takes a guess, the first time. */
async function censusOf(devices: Devices): Promise<Census> {
  const [presence, types] = [new Map<string, number>(), new Map<string, number>()];
  for (const [i, device] of devices.entries()) {
    if (i > 0 && i % SLICE === 0) await breathe();
    grow(presence, device.presence);
    if (device.presence === 'present') grow(types, typeOf(device) ?? 'unknown');
  }
  return { of: devices, presence, types };
}

const grow = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** What became of the frames on the wires. */
function listenerMeters(registry: Registry): (heard: ReturnType<Keeper['status']>['heard']) => void {
  const ifaces = gauge(registry, { name: 'rollcall_listener_interfaces', help: 'Interfaces that are listened to.' });
  const meters = {
    heard: counted(registry, { name: 'rollcall_listener_frames_total', help: 'Frames that arrived.' }),
    told: counted(registry, { name: 'rollcall_listener_sightings_total', help: 'Sightings made of frames.' }),
    passed: counted(registry, {
      name: 'rollcall_listener_passed_frames_total',
      help: 'Frames that said nothing new, or came too many at once.',
    }),
    malformed: counted(registry, { name: 'rollcall_listener_malformed_frames_total', help: 'Frames that could not be read.' }),
    dropped: counted(registry, { name: 'rollcall_listener_dropped_frames_total', help: 'Frames lost before they were read.' }),
  };
  return (heard) => {
    ifaces.set(heard?.ifaces.length ?? 0);
    for (const [key, meter] of Object.entries(meters)) meter.set(heard?.[key as keyof typeof meters] ?? 0);
  };
}
