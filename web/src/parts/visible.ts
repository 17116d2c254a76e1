/** What is not seen, or turns what is seen around. As the terminal has it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from the network with every unseen sign shown as its number (S6): "abc\u202egpj" becomes "abc⟨202E⟩gpj". */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (sign) => `⟨${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
