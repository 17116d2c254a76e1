import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What most bodies are full of, so that each is kept in a fifth of its length. It must stay as it is for ever: what was
 * packed with it can be read only with it. What is frequent stands near the end.
 */
const USUAL = Buffer.from(
  [
    '"reason":"joined","reason":"enriched","reason":"resolved","reason":"disabled","reason":"device","reason":"party","reason":"time",',
    '"reason":"approved","reason":"muted","reason":"cooldown","reason":"edited","reason":"broken","kind":"port.opened","kind":"port.closed",',
    '"kind":"service.changed","kind":"device.left","kind":"device.returned","kind":"device.readdressed","kind":"identity.changed",',
    '"kind":"vantage.blind","kind":"vantage.restored","kind":"gateway.changed","kind":"certificate.expiring","kind":"person.arrived",',
    '"before":{"protocol":"tcp","port":,"state":"open","service":{"name":"http","product":"","version":"","extra":"","tunnel":"ssl"}},',
    '"after":{"presence":"away","lastSeen":"2026-11-21T08:26:00.000Z"},"before":{"presence":"present","addresses":["192.168.1.',
    '"kind":"joined","kind":"edit","kind":"resolved","kind":"reminder","kind":"escalation","kind":"digest","kind":"fallback","kind":"test",',
    '"urgency":"low","urgency":"high","urgency":"critical","presence":"away","presence":"unknown","state":"waiting","state":"dead",',
    '"state":"folded","because":"quiet hours until ","closedBy":"calm","closedBy":"acknowledged","acknowledged":{"at":1767225600000,"by":"',
    '{"rule":"important-device-left","verdict":"quiet","reason":"unasked","text":"","incident":null}',
    '[{"rule":"new-device","verdict":"tell","reason":"first","text":"","incident":1}]',
    '{"id":1,"site":"home","rule":"new-device","urgency":"normal","to":["*"],"title":"","subjects":[{"key":"device:7","over":false}],',
    '"firstSeq":1,"lastSeq":1,"count":1,"openedAt":1767225600000,"changedAt":1767225600000,"closedAt":1767225600000,"closedBy":"over",',
    '"acknowledged":null,"remindAt":null,"escalateAt":null}',
    '{"id":1,"key":"","site":"home","channel":"mail","kind":"opened","rule":"new-device","incident":1,"urgency":"normal","title":"",',
    '"lines":[{"seq":1,"at":1767225600000,"kind":"device.appeared","text":" appeared at 192.168.1.","device":{"id":1,"name":"',
    '.lan","address":"192.168.1.","mac":"","vendor":null,"type":null,"owner":null,"groups":[],"tags":[],"presence":"present",',
    '"ports":[{"protocol":"tcp","port":22},{"protocol":"tcp","port":80},{"protocol":"tcp","port":443}]},"place":null,"before":null,',
    '"after":{"name":null,"macs":[""],"addresses":["192.168.1."],"vendor":null,"randomizedMac":false,"ports":[]}}],"more":0,',
    '"madeAt":1767225600000,"dueAt":1767225600000,"because":null,"state":"delivered","attempts":1,"endedAt":1767225600000,',
    '"receipt":"200 OK","handle":null,"instead":null}',
  ].join(''),
);

/** JSON of any text, hostile too: bytes hold what text columns of PostgreSQL cannot. */
export const packed = (body: unknown): Uint8Array => packedText(JSON.stringify(body));

export const packedText = (json: string): Uint8Array => deflateRawSync(json, { dictionary: USUAL });

export const unpacked = (body: Uint8Array): unknown => JSON.parse(inflateRawSync(body, { dictionary: USUAL }).toString());
