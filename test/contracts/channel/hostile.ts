import type { Message } from '../../../src/core/index.ts';
import { alert, device, line, message } from '../../channels/sinks/opened.ts';

/** What somebody may call a device. Each must arrive as nothing but a name. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'x\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1\r\n',
  'x\nBcc: thief@example.org',
  '\u001b[31mred\u001b]0;title\u0007',
  'photo\u202egnp.exe\u2066',
  '@everyone @here <!channel> <!here> <@U12345> <@&99> @room',
  '*bold* _it_ `code` ~~gone~~ ||spoiler|| [click](https://evil.example) ![x](https://evil.example/x.png) # head',
  'https://evil.example/track?me=1 evil.example <https://evil.example|good.example>',
  'A'.repeat(10_000),
  '\u{1f5a8}\ufe0f\u{1f469}\u200d\u{1f469}'.repeat(100),
  '{{id}} {{constructor}} ${process.env.HOME} #{7*7} <%= 7*7 %> %s%n',
  '__proto__',
  '"]}\\", "evil": true, \'; DROP TABLE x; --',
  '%0d%0aX-Evil: 1&evil=1;evil=2',
  'half \ud800 a character \udc00',
  '\0nul\0',
  'a\u2028b\u2029c\u0085d',
  '=cmd|calc!A0',
  '] [evil@1 x="y"] \ufeff',
];

/** A message that calls everything so. */
export const calledSo = (name: string): Message =>
  message({
    subject: `${name} left`,
    text: `${name} left, last seen 00:58\n${name}\n`,
    alert: alert({
      lines: [
        line({
          text: `${name} left, last seen 00:58`,
          device: device({ name, vendor: name, type: name, owner: name, groups: [name], tags: [name] }),
          before: { [name]: name },
          after: { deep: { names: [name] } },
        }),
        line({ seq: 42, device: null, place: name, text: name }),
      ],
    }),
  });
