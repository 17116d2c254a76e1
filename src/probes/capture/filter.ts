const DHCP_AND_MDNS = 'port 67 or port 68 or port 5353';
/** Router and neighbour solicitations and advertisements. */
const NDP = 'icmp6 and ip6[40] >= 133 and ip6[40] <= 136';
const LLDP = 'ether proto 0x88cc';
const CDP = 'ether dst 01:00:0c:cc:cc:cc';

const WANTED = `arp or (udp and (${DHCP_AND_MDNS})) or (${NDP}) or ${LLDP}`;

/**
 * Lets the kernel pass on only what is read here, with up to two VLAN tags. "vlan" moves all that comes after it by
 * one tag, which is why it stands last; under a second tag the filter is coarse, and the frames are few.
 */
export const FILTER = `${WANTED} or ${CDP} or (vlan and (${WANTED} or (vlan and (arp or udp or ${LLDP} or icmp6))))`;
