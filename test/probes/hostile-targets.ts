/** S1: what nmap, a shell or libc would take for something else than one plain target. Parted by broken bars. */

/** Options, files and shell syntax. */
const OPTIONS = `-iL /etc/passwd¦-iL¦-iR 10¦--script=vuln¦--script¦-oN /etc/cron.d/x¦-oX¦--resume¦--datadir /tmp¦-A¦-sS¦--¦-¦-6¦\
--interactive¦--exclude 10.0.0.1¦-e eth0¦-D RND:10¦-S 10.0.0.1¦--proxies http://x¦−iL¦–script¦—oX¦‐sS¦‑A¦$(id)¦\`id\`¦\
; id¦| id¦&& id¦> /tmp/x¦10.0.0.1;id¦10.0.0.1 -oN x¦10.0.0.1\n-oN x¦10.0.0.1\t-A¦10.0.0.1\0-A¦"10.0.0.1"¦'10.0.0.1'¦\
../../etc/passwd¦/etc/passwd¦file:///etc/passwd¦http://10.0.0.1/¦10.0.0.1:80¦@10.0.0.1¦user@10.0.0.1¦%n%s¦\
\${jndi:ldap://x}¦{{7*7}}`;

/** Numbers that name other addresses than they seem to. */
const NUMBERS = `0/0¦0.0.0.0/0¦10.77.0.1/0¦::/0¦1¦10¦10.1¦10.1.1¦0x0a4d0001¦0x0a.0x4d.0.1¦010.077.0.1¦012.0.0.1¦10.77.0,1.1¦10.77.0.0/33¦\
10.77.0.0/024¦10.77.0.0/-1¦10.77.0.0/+8¦10.77.0.0/8/8¦10.77.0.5/24¦10.77.*.1¦10.77.0-255.1¦10.77.0.-¦10.77.0.1-¦\
-10.77.0.1¦10.77.0.9-10.77.0.1¦256.1.1.1¦1.2.3.4.5¦1..2.3¦.1.2.3¦1.2.3.¦2130706433¦017700000001¦0b1010¦１０.０.０.１¦\
10。0。0。1¦10.0.0.1 ¦ 10.0.0.1¦10.0.0.1%eth0¦fe80::1%eth0¦[::1]¦::1::¦:::¦1:2:3:4:5:6:7:8:9¦FE80::1¦::ffff:10.0.0.1¦\
::10.0.0.1¦0:0:0:0:0:0:0:1¦fd77::/129¦fd77::1/64¦g::1¦00::1¦1:2`;

/** Names that are none. */
const NAMES = `¦ ¦.¦..¦-host¦host-¦a..b¦.lan¦lan.¦_dmarc.lan¦ho st¦host\u202egnp¦hоst.lan¦xn--¦host/24¦host:80¦*.lan¦0x0a4d0001.lan¦\
10.0.0.1.¦123¦1e3¦NaN¦null¦undefined¦__proto__¦constructor¦host\u0000.lan¦host\r\n.lan¦host\u200b.lan¦ＨＯＳＴ¦\ufeffhost¦\
<b>¦a'b¦a"b`;

/** At least 500 strings: the ones above, alone and around a good target. */
export function hostileTargets(): string[] {
  const bare = [OPTIONS, NUMBERS, NAMES].flatMap((list) => list.split('¦')).concat('', 'a'.repeat(64), `${'a.'.repeat(130)}lan`);
  const around = bare.flatMap((text) => [`10.77.0.0/24 ${text}`, `${text},10.77.0.0/24`, `${text}\n10.77.0.2`]);
  return [...new Set([...bare, ...around])];
}
