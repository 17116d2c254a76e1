import type { Registry } from 'prom-client';
import { breathe, SLICE, typeOf } from '../../api/index.ts';
import { DEVICE_TYPES } from '../../core/index.ts';
import type { Keeper, Meters } from './keeper.ts';
import { counted, gauge } from './meters.ts';

type Devices = ReturnType<Keeper['roll']>['devices'];

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
  const census = new Census(keeper);
  return {
    subject: 'network',
    ask: () => census.take(),
    read() {
      const status = keeper.status();
      const { at, devices: all } = keeper.roll();
      const counts = countsOf(all, ({ presence }) => presence);
      for (const presence of PRESENCES) devices.set(counts.get(presence) ?? 0, { presence });
      for (const type of [...DEVICE_TYPES, 'unknown']) types.set(census.types.get(type) ?? 0, { type });
      changes.set(status.seq);
      commit.set((at ?? 0) / 1000);
      troubles.set(status.troubles.length);
      privileged.set(Number(status.privileged));
      listening(status.heard);
    },
  };
}

function countsOf<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) grow(counts, keyOf(one));
  return counts;
}

const grow = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/**
 * What those are who are here. Each is guessed once, which takes a while for many: no reading waits for those, and tells of the
 * newest roll that was gone through.
 */
class Census {
  readonly #keeper: Keeper;
  #of: Devices = [];
  #taking = false;
  types: ReadonlyMap<string, number> = new Map();

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  async take(): Promise<void> {
    const { devices } = this.#keeper.roll();
    if (this.#taking || devices === this.#of) return;
    const taken = this.#take(devices);
    if (devices.length <= SLICE) await taken;
  }

  async #take(devices: Devices): Promise<void> {
    this.#taking = true;
    const types = new Map<string, number>();
    for (const [i, device] of devices.entries()) {
      if (i > 0 && i % SLICE === 0) await breathe();
      if (device.presence === 'present') grow(types, typeOf(device) ?? 'unknown');
    }
    this.#of = devices;
    this.types = types;
    this.#taking = false;
  }
}

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
