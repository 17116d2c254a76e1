/** The filter language, for --help. */
export const FILTER_HELP = `Words of a filter must all fit; "-" in front negates, "," in a value means or, quotes keep spaces
(and a shell takes them, so type 'owner:"Anna B"'):
  group: tag: owner: type: importance:   what people say (* for any)
  name: vendor: os: mac: ip:             what was found (ip: takes blocks and ranges)
  service: product:                      what answers on its open ports, and the model it says it is
  cert:letsencrypt expires:30d title:     certificate (expires: within that time), title of a web page
  key:SHA256:nv2Bz81Y                    SSH host key, or how it begins
  port:23 port:udp/53 port:1-1024        open ports
  presence:away,unknown new:7d seen:>1h  here or not, and since when
  approved:no drift:yes                  not approved; different from what is (docs/baseline.md)
  carried:yes probe:no random:yes id:7   and any other word: part of a name, MAC, address or vendor`;
