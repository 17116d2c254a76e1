import { ASSEMBLY, ROOMS, type Room } from './rooms.ts';
import type { Import, SourceFile } from './source.ts';

/** Sentences about imports that go where the table has no arrow. */
export function wrongArrows(files: readonly SourceFile[], rooms: Readonly<Record<string, Room>> = ROOMS): string[] {
  return sourcesOf(files).flatMap((file) =>
    file.imports.flatMap((one) => judgeImport(file, one, rooms).map((text) => at(file, one, text))),
  );
}

const sourcesOf = (files: readonly SourceFile[]): SourceFile[] =>
  files.filter(({ path, isTest }) => /^(?:src|web)\//.test(path) && !isTest);
const at = ({ path, room }: SourceFile, { line, specifier }: Import, text: string): string =>
  `${path}:${line} (${room || 'assembly'}) imports ${specifier}: ${text}`;

function judgeImport(file: SourceFile, one: Import, rooms: Readonly<Record<string, Room>>): string[] {
  const room = rooms[file.room];
  if (one.path === undefined) return judgePackage(one, room);
  if (file.room === 'web' && one.path.startsWith('web/')) return [];
  if (!one.path.startsWith('src/')) return ['source never leans on what lies outside src'];
  const other = one.path.split('/')[1] as string;
  if (other === file.room) return judgeSiblings(file, one, room);
  if (ASSEMBLY.includes(one.path) && ASSEMBLY.includes(file.path)) return [];
  if (ASSEMBLY.includes(one.path)) return ['only the program itself starts there; a room that asks for it would know every other'];
  if (!(other in rooms) && file.room !== '') return [`no room is called ${other}`];
  const wrong = [];
  if (room && !room.mayImport.includes(other))
    wrong.push(`${file.room} may import ${room.mayImport.join(', ') || 'nothing'}, because ${room.why}`);
  if (other in rooms && one.path !== `src/${other}/index.ts`)
    wrong.push(`a room is entered by its door, src/${other}/index.ts, so that the rest can change`);
  return wrong;
}

function judgePackage({ specifier }: Import, room: Room | undefined): string[] {
  if (room?.packages === undefined) return [];
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (room.packages.includes(name)) return [];
  return [`this room names ${room.packages.join(' and ') || 'nothing'} from outside, because ${room.why}`];
}

function judgeSiblings(file: SourceFile, one: Import, room: Room | undefined): string[] {
  const [from, to] = [file.path.split('/')[2], one.path?.split('/')[2]];
  const adapters = room?.adapters ?? [];
  if (from === to || !from || !to || !adapters.includes(from) || !adapters.includes(to)) return [];
  return [`${from} and ${to} are adapters of one port; what both need belongs beside them in src/${file.room}/`];
}

/** Circles of imports among source files, each told once. Loading on demand closes no circle. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const next = new Map(
    sourcesOf(files).map(({ path, imports }) => [path, imports.filter((one) => !one.dynamic).map((one) => one.path ?? '')]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path);
    if (seen >= 0) circles.push([...trail.slice(seen), path].join(' -> '));
    if (seen >= 0 || done.has(path)) return;
    for (const other of next.get(path) ?? []) walk(other, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) walk(path, []);
  return circles;
}
