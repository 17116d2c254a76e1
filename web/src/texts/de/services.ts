import type { Texts } from '../texts.ts';

export const services: Texts['services'] = {
  title: 'Dienste',
  by: 'Geordnet',
  ways: { port: 'Nach Port', product: 'Nach Produkt', certificate: 'Nach Zertifikat' },
  ofDevices: 'Nur von Geräten',
  none: {
    port: 'Kein offener Port ist bekannt. Ein Scan der Ports findet sie.',
    product: 'Kein Produkt ist bekannt. Ein Scan der Dienste fragt, was dient.',
    certificate: 'Kein Zertifikat ist bekannt. Ein Scan der Dienste fragt danach.',
  },
  who: 'Wer es anbietet',
  unknownProduct: 'niemand weiß, was dient',
  shown: (n, total) => `${n} von ${total} werden gezeigt`,
  more: 'Mehr zeigen',
  asDevices: 'Als Geräte ansehen',
  selfSigned: 'von sich selbst signiert',
  issuedBy: (issuer) => `ausgestellt von ${issuer}`,
  ends: (ending, days) =>
    ending === 'unknown'
      ? 'nennt kein Ende'
      : ending === 'over'
        ? 'ist abgelaufen'
        : days === 1
          ? 'endet in 1 Tag'
          : `endet in ${days} Tagen`,
};
