import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { LANGUAGES, type Language, type Texts } from './texts.ts';

const CATALOGUE: Readonly<Record<Language, Texts>> = { en, de };
const KEPT = 'rollcall.language';

interface Spoken {
  readonly language: Language;
  /** For times and numbers: the browser's own variety of the language where it has one ("en-GB"). */
  readonly locale: string;
  readonly texts: Texts;
  readonly speak: (language: Language) => void;
}

const LanguageContext = createContext<Spoken>({ language: 'en', locale: 'en', texts: en, speak: () => undefined });

const isLanguage = (text: string | null): text is Language => LANGUAGES.includes(text as Language);

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** The language of the browser, until the viewer chooses one. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(
    () => ({
      language,
      locale: navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? language,
      texts: CATALOGUE[language],
      speak: (chosen: Language) => {
        localStorage.setItem(KEPT, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <LanguageContext value={spoken}>{children}</LanguageContext>;
}

export const useLanguage = (): Spoken => useContext(LanguageContext);

export const useTexts = (): Texts => useContext(LanguageContext).texts;
