import type { Texts } from '../texts.ts';

export const map: Texts['map'] = {
  about: 'Karte des Netzes. Pfeiltasten führen von einem zum nächsten, die Eingabetaste wählt.',
  by: 'Zusammen nach',
  groupings: { group: 'Gruppe', type: 'Art', owner: 'Besitzer' },
  closer: 'Näher',
  farther: 'Weiter weg',
  whole: 'Alles',
  empty: 'Vor dem ersten Blick ins Netz ist nichts auf der Karte.',
  watch: 'Wählen, was beobachtet wird',
  segment: 'Segment',
  group: 'Gruppe',
  gateway: 'Router',
  others: 'übrige',
  elsewhere: 'anderswo',
  blind: 'niemand kann gerade hineinsehen',
  hereOf: (here, all) => `${here} von ${all} da`,
  details: 'Was gewählt ist',
  choose: 'Wähle etwas auf der Karte, um zu sehen, was es ist.',
  collapsed: 'Es sind mehr als 500 Geräte: Gruppen stehen für sie. Wähle eine, um zu sehen, wer darin ist.',
};
