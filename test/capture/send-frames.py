"""Sends frames from a namespace of its own in the test LAN.

Started as `send-frames.py IFACE`. Orders come as JSON lines on standard input: {"frames": [hex, ...]} is answered with
the moments they left (epoch ms), {"flood": {"rate", "seconds"}} with how many were sent. Ends when the input does.
"""

import json
import random
import socket
import struct
import sys
import time

SOL_PACKET, PACKET_QDISC_BYPASS = 263, 20
# Frames are made before the flood, or making them would be all of it.
MADE = 60_000
BATCH = 1000


def open_link(iface):
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    link.setsockopt(SOL_PACKET, PACKET_QDISC_BYPASS, 1)
    link.bind((iface, 0))
    return link


def send(link, frame):
    while True:
        try:
            return link.send(frame)
        except OSError as reason:
            if reason.errno != 105:  # ENOBUFS: the other side is full for a moment.
                raise


def send_all(link, frames):
    moments = []
    for frame in frames:
        moments.append(time.time() * 1000)
        send(link, bytes.fromhex(frame))
    return moments


def stranger(dice):
    return bytes([(dice.randrange(256) & 0xFC) | 2]) + dice.randbytes(5)


def arp(dice):
    card, address = stranger(dice), bytes([10, 77, dice.randrange(256), dice.randrange(1, 255)])
    body = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + card + address + bytes(6) + address
    return b"\xff" * 6 + card + b"\x08\x06" + body + bytes(18)


def flood(link, rate, seconds):
    dice = random.Random(1)
    frames = [arp(dice) for _ in range(MADE)]
    begun, sent, total = time.monotonic(), 0, int(rate * seconds)
    while sent < total and time.monotonic() - begun < seconds + 5:
        due = int((time.monotonic() - begun) * rate)
        if due <= sent:
            time.sleep(0.0002)
        for _ in range(min(BATCH, max(0, due - sent), total - sent)):
            send(link, frames[sent % MADE])
            sent += 1
        if time.monotonic() - begun >= seconds:
            break
    return sent


def main():
    link = open_link(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        answer = flood(link, **order["flood"]) if "flood" in order else send_all(link, order["frames"])
        print(json.dumps(answer), flush=True)


main()
