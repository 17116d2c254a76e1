/** What nmap and arp-scan print, as they print it. */
export const SWEEP = `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:40 UTC
Nmap scan report for host(1).lan (10.77.0.5)
Host is up (0.00033s latency).
MAC Address: 00:50:56:11:22:33 (VMware (Virtual) Inc.)
Nmap scan report for 10.77.0.9
Host is up (0.00040s latency).
MAC Address: 22:4F:D6:60:1B:DD (Unknown)
Nmap scan report for 10.77.0.1
Host is up.
Nmap done: 256 IP addresses (3 hosts up) scanned in 2.42 seconds
`;

export const PORTS = `# Nmap 7.94 scan initiated Sat Nov 21 03:40:12 2026 as: nmap -sV -e va -oN out.txt 10.77.0.0/29
Nmap scan report for nas.lan (10.77.0.5)
Host is up (0.0010s latency).
rDNS record for 10.77.0.5: nas.home.lan
Not shown: 995 closed tcp ports (reset), 1 filtered tcp port (no-response)
PORT     STATE         SERVICE     VERSION
22/tcp   open          ssh         OpenSSH 9.2p1 Debian 2 (protocol 2.0)
443/tcp  open          ssl/http    nginx 1.22.1
8080/tcp open|filtered http-proxy?
161/udp  open          snmp        net-snmp
|_script: 10/tcp open not a row
Service Info: OS: Linux
OS details: Linux 4.15 - 5.8
Skipping line that nobody knows

Nmap scan report for 10.77.0.6
Host is up (0.0010s latency).
Skipping host 10.77.0.6 due to host timeout
Nmap scan report for fd77::7
Host is up (0.0010s latency).
# Nmap done at Sat Nov 21 03:41:12 2026 -- 8 IP addresses (3 hosts up) scanned in 60.10 seconds
`;

export const ARP = `Interface: va, type: EN10MB, MAC: b2:9e:d5:a4:25:d1, IPv4: 10.77.0.1
Starting arp-scan 1.10.0 with 256 hosts (https://github.com/royhills/arp-scan)
10.77.0.2\t22:4f:d6:60:1b:dd\t(Unknown: locally administered)
10.77.0.5\t00:50:56:11:22:33\tVMware, Inc.
10.77.0.5\t00:50:56:11:22:34\tVMware, Inc. (DUP: 2)
10.77.0.7\t00:00:00:00:00:01\t(Unknown)

4 packets received by filter, 0 packets dropped by kernel
Ending arp-scan 1.10.0: 256 hosts scanned in 1.456 seconds (5.49 hosts/sec). 4 responded
`;

export const XML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sS -p 22,80 -oX - 10.77.0.0/30" start="1795232398" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="2" services="22,80"/>
<host endtime="1795232399"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.77.0.2" addrtype="ipv4"/><address addr="00:50:56:11:22:33" addrtype="mac"/>
<hostnames><hostname name="&lt;b&gt;x.lan" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="ssh" method="table" conf="3"/></port></ports>
</host>
<runstats><finished time="1795232400" exit="success"/><hosts up="1" down="3" total="4"/></runstats>
</nmaprun>
`;
