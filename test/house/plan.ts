import { ASSEMBLY, ROOMS, type Room } from './rooms.ts';
import type { SourceFile } from './source.ts';

/** Sentences about rooms that are on the plan and not in the house, or the other way round. */
export function wrongRooms(files: readonly SourceFile[], rooms: Readonly<Record<string, Room>> = ROOMS): string[] {
  const sources = files.filter(({ path }) => /^(?:src|web)\//.test(path));
  const built = new Set(sources.map(({ room }) => room).filter(Boolean));
  const strangers = [...built]
    .filter((room) => !(room in rooms))
    .map((room) => `src/${room}/ is not in the table of test/house/rooms.ts: every room says what it is for`);
  const strays = sources
    .filter(({ path, room, isTest }) => room === '' && !isTest && !ASSEMBLY.includes(path))
    .map(({ path }) => `${path} lies beside the rooms: only ${ASSEMBLY.join(' and ')} do, for only they know every room`);
  return [...strangers, ...strays, ...Object.entries(rooms).flatMap(([name, room]) => judgeRoom(name, room, sources))];
}

function judgeRoom(name: string, room: Room, sources: readonly SourceFile[]): string[] {
  const own = sources.filter((file) => file.room === name);
  if (room.planned) return own.length > 0 ? [`src/${name}/ exists but is marked as planned: take the mark away`] : [];
  if (own.length === 0) return [`src/${name}/ is in the table but does not exist: the plan must be true`];
  const missing = (room.adapters ?? []).filter((adapter) => !own.some(({ path }) => path.startsWith(`src/${name}/${adapter}/`)));
  return [
    ...missing.map((adapter) => `src/${name}/${adapter}/ is in the table but does not exist: the plan must be true`),
    ...judgeDoor(name, room.entrance ?? `src/${name}/index.ts`, own),
  ];
}

/** A door has a sign: what the room is for, and what it never does. */
function judgeDoor(name: string, path: string, own: readonly SourceFile[]): string[] {
  const door = own.find((file) => file.path === path);
  if (!door) return [`${name} has no ${path}: a room is entered by its door`];
  const sign = door.comments[0];
  const lines = sign?.text.split('\n').filter((line) => /\w/.test(line)).length ?? 0;
  const fine = sign?.line === 1 && sign.text.startsWith('/**') && lines >= 2 && lines <= 5 && /\bnever\b/i.test(sign.text);
  return fine ? [] : [`${path}:1 (${name}) has no sign: begin with two to five lines on what the room is for and what it never does`];
}
