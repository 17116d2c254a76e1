export const services = {
  title: 'Services',
  by: 'Put together by',
  ways: { port: 'By port', product: 'By product', certificate: 'By certificate' },
  ofDevices: 'Only of devices',
  none: {
    port: 'No open port is known. A scan of ports finds them.',
    product: 'No product is known. A scan of services asks what serves.',
    certificate: 'No certificate is known. A scan of services asks for them.',
  },
  who: 'Who serves it',
  unknownProduct: 'nobody knows what serves',
  shown: (n: number, total: number) => `${n} of ${total} are shown`,
  more: 'Show more',
  asDevices: 'See them as devices',
  selfSigned: 'signed by itself',
  issuedBy: (issuer: string) => `issued by ${issuer}`,
  ends: (ending: 'over' | 'soon' | 'later' | 'unknown', days: number) =>
    ending === 'unknown' ? 'says no end' : ending === 'over' ? 'has ended' : days === 1 ? 'ends in 1 day' : `ends in ${days} days`,
};
