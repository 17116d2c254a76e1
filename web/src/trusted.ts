/**
 * The first thing the page loads. Mantine and React write style sheets through innerHTML; a style sheet holds no "<" and markup does.
 * So this policy, the only one the page may have, lets no text become markup, wherever it comes from.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;

trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('writing markup: this page makes none out of text');
    return text;
  },
});
