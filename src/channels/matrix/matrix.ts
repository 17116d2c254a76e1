import { z } from 'zod';
import type { Delivery, JsonObject, Message } from '../../core/index.ts';
import { judgeAnswer } from '../exchange/judge.ts';
import type { Answer, ExchangeRequest } from '../exchange/request.ts';
import { channelKind, type Refused } from '../kind.ts';
import { text, webUrl } from '../options.ts';
import { fieldsOf, laterBy, objectOf, replaceable, wordOf } from '../words/answered.ts';
import { cutText, inJson } from '../words/cut.ts';
import { below, pageTo } from '../words/page-to.ts';
import { still } from '../words/still.ts';
import { toldBy } from '../words/told.ts';

const schema = z.strictObject({
  server: webUrl('write the URL of the homeserver, like https://matrix.example.org'),
  room: text('write the id of the room, like !abc:example.org (room settings, Advanced): an alias with # may come to mean another room', {
    like: /^![\x21-\x7e]{1,254}$/,
  }),
  token: text('write the access token of the account that is to write', { like: /^[\x21-\x7e]+$/ }),
});

/** An event may have 64 KB; an edit holds the text twice. */
const MOST = 20_000;
const REMEDIES = {
  401: 'write a fresh access token: this one was logged out, or is mistyped',
  403: 'invite the account into the room, and let it write there',
  404: 'check the server: write the URL where its client API answers, which may differ from the name of the server',
};

export const matrix = channelKind({
  kind: 'matrix',
  what: 'a message in a Matrix room',
  edits: true,
  schema,
  secrets: ['token'],
  urls: ['server'],
  create({ server, room, token }, world) {
    const url = below(server, `_matrix/client/v3/rooms/${encodeURIComponent(room)}`);
    const headers = { Authorization: `Bearer ${token}` };
    return {
      name: `matrix room ${room}`,
      async send(message, signal, overhear) {
        const call = (request: ExchangeRequest) => world.exchange(request, { signal, overhear });
        const wanted = message.alert?.replaces?.startsWith('$') ? message.alert.replaces : null;
        const found = wanted === null ? null : await call({ method: 'GET', url: `${url}/event/${encodeURIComponent(wanted)}`, headers });
        const old = found === null || isGone(found) ? null : wanted;
        // The server makes one event of one transaction, however often it hears of it.
        const to = `${url}/send/m.room.message/${encodeURIComponent(message.id)}`;
        return judged(await call(pageTo(to, contentOf(message, old), { method: 'PUT', headers })), old);
      },
    };
  },
});

/** Plain text, and said to call nobody: neither by a name in it nor by @room. */
function contentOf(message: Message, old: string | null): JsonObject {
  const body = cutText(toldBy(message).whole, { most: MOST, measure: inJson, as: still });
  const content = { msgtype: message.alert?.urgency === 'low' ? 'm.notice' : 'm.text', body, 'm.mentions': {} };
  if (old === null) return content;
  return { ...content, body: `* ${body}`, 'm.new_content': content, 'm.relates_to': { rel_type: 'm.replace', event_id: old } };
}

/** A server takes edits of what is not there any more, too, and nobody ever sees them. Of what was removed an event without words is left. */
function isGone(answer: Answer | Refused): boolean {
  if (!('status' in answer) || answer.cut) return false;
  if (answer.status === 404) return fieldsOf(answer)['errcode'] === 'M_NOT_FOUND';
  const { content } = fieldsOf(answer);
  return answer.status === 200 && content !== undefined && objectOf(content)['body'] === undefined;
}

function judged(answer: Answer | Refused, old: string | null): Delivery {
  const delivery = judgeAnswer(answer, REMEDIES);
  if ('outcome' in answer) return delivery;
  const { event_id, retry_after_ms } = fieldsOf(answer);
  if (delivery.outcome === 'refused') return laterBy(delivery, retry_after_ms, 1);
  const id = wordOf(event_id);
  // An edit of an edit is one of the first event.
  return replaceable(id === '' ? '' : (old ?? id), answer, 'Matrix');
}
