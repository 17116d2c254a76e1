import type { Texts } from '../texts.ts';

export const entry: Texts['entry'] = {
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  name: 'Name',
  password: 'Passwort',
  passwordAbout: 'Mindestens 8 Zeichen, die niemand errät',
  again: 'Passwort, noch einmal',
  differs: 'Die beiden unterscheiden sich',
  elsewhere: 'Mit einem Konto anderswo anmelden',
  setup: 'Willkommen',
  setupAbout: 'Wähle Namen und Passwort, mit denen du dich anmeldest. Es gibt kein anderes Konto und keinen anderen Weg hinein.',
  noLink:
    'Noch hat niemand ein Konto. Öffne den Link, der beim Start von Rollcall im Terminal stand; er gilt eine halbe Stunde. Einen neuen druckt:',
  orTyped: 'Oder lege das erste Konto dort an:',
  begin: 'Anfangen',
  owner: 'Besitzer dieses Rechners',
  roles: { viewer: 'darf ansehen', operator: 'darf bedienen', admin: 'darf alles' },
  change: 'Passwort ändern',
  oldPassword: 'Passwort von heute',
  newPassword: 'Neues Passwort',
};
