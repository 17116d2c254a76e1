"""Answers ARP, ping and TCP SYN for hosts that do not exist, as badly as told.

Started as `responder.py IFACE` in a namespace of its own. Knobs come as JSON objects, one a line, on standard input;
each replaces the ones it names. Ends when the input does. The knobs and their meaning: responder.ts.
"""

import json
import os
import random
import select
import socket
import struct
import sys
import time

ARP, IPV4, ICMP, TCP = 0x0806, 0x0800, 1, 6
knobs = {"hosts": {}, "open": {}, "loss": 0.0, "awake": 1, "of": 1, "every": 1.0, "churn": False, "proxy": None, "real": [], "seed": 1}
dice = random.Random(1)
started = time.monotonic()
counted = {"asked": 0, "answered": 0}


def mac_bytes(text):
    return bytes.fromhex(text.replace(":", ""))


def card_of(address):
    """The MAC that answers for an address, or None when nobody has it."""
    mac = knobs["hosts"].get(address) or knobs["proxy"]
    if mac is None or address in knobs["real"]:
        return None
    if knobs["churn"]:
        # Locally administered, unicast, and new each time.
        return bytes([(dice.randrange(256) & 0xFC) | 2]) + dice.randbytes(5)
    return mac_bytes(mac)


def answers():
    """Whether a reply gets through: the host is awake, and the packet is not lost."""
    slot = int((time.monotonic() - started) / knobs["every"]) % knobs["of"]
    return slot < knobs["awake"] and dice.random() >= knobs["loss"]


def arp_reply(frame):
    kind, mac, sender, target = struct.unpack("!H6s4s6x4s", frame[20:42])
    card = card_of(socket.inet_ntoa(target))
    if kind != 1 or card is None or sender == target:
        return None
    head = mac + card + struct.pack("!HHHBBH", ARP, 1, IPV4, 6, 4, 2)
    return head + card + target + mac + sender


def checksum(octets):
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def padded(body):
    return body + b"\0" * (len(body) % 2)


def ip_reply(frame):
    total = struct.unpack("!H", frame[16:18])[0]
    packet = frame[14 : 14 + total]
    source, target = packet[12:16], packet[16:20]
    if card_of(socket.inet_ntoa(target)) is None:
        return None
    body = packet[(frame[14] & 15) * 4 :]
    answer = {ICMP: pong, TCP: hand}.get(packet[9], lambda *_: None)(body, target, source)
    if answer is None:
        return None
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(answer), 0, 0, 64, packet[9], 0) + target + source
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    # The frame comes from the card it was sent to, whatever the churn.
    return frame[6:12] + frame[0:6] + struct.pack("!H", IPV4) + head + answer


def pong(body, *_):
    if len(body) < 8 or body[0] != 8:
        return None
    body = b"\0\0\0\0" + body[4:]
    return body[:2] + struct.pack("!H", checksum(padded(body))) + body[4:]


def hand(body, own, theirs):
    """SYN+ACK from an open port, RST+ACK from any other; nothing more is ever said."""
    if len(body) < 20 or body[13] & 0x3F != 0x02:
        return None
    sender, port, sequence = struct.unpack("!HHI", body[:8])
    flags = 0x12 if port in knobs["open"].get(socket.inet_ntoa(own), []) else 0x14
    segment = struct.pack("!HHIIBBHHH", port, sender, 1 if flags == 0x12 else 0, sequence + 1 & 0xFFFFFFFF, 0x50, flags, 1024, 0, 0)
    total = checksum(own + theirs + struct.pack("!BBH", 0, TCP, len(segment)) + segment)
    return segment[:16] + struct.pack("!H", total) + segment[18:]


def hear(link):
    frame, sender = link.recvfrom(65536)
    if sender[2] == socket.PACKET_OUTGOING or len(frame) < 34:
        return
    kind = struct.unpack("!H", frame[12:14])[0]
    reply = arp_reply(frame) if kind == ARP and len(frame) >= 42 else ip_reply(frame) if kind == IPV4 else None
    if reply is None:
        return
    counted["asked"] += 1
    if answers():
        counted["answered"] += 1
        link.send(reply)


def main():
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
    # SO_RCVBUFFORCE: a sweep of a /16 in half a second must wait its turn, not be lost.
    link.setsockopt(socket.SOL_SOCKET, 33, 1 << 27)
    link.bind((sys.argv[1], 0))
    # Frames for MACs of hosts that do not exist must reach us too.
    membership = struct.pack("iHH8s", socket.if_nametoindex(sys.argv[1]), 1, 0, b"")
    link.setsockopt(263, 1, membership)
    text = b""
    while True:
        ready, _, _ = select.select([link, 0], [], [])
        if link in ready:
            hear(link)
        if 0 in ready:
            chunk = os.read(0, 65536)
            if chunk == b"":
                return
            *lines, text = (text + chunk).split(b"\n")
            for line in lines:
                change = json.loads(line)
                knobs.update(change)
                if "seed" in change:
                    dice.seed(change["seed"])
                print(json.dumps(counted), flush=True)


main()
