"""Lets devices that do not exist announce themselves.

Started as `talker.py IFACE` in a namespace at the switch. Each line on standard input, "MAC ADDRESS", sends one gratuitous
ARP as a device with that card and address would on arrival, and is answered with the moment of sending (Unix time, ns).
"""

import socket
import struct
import sys
import time

link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
link.bind((sys.argv[1], 0))
for line in sys.stdin:
    mac, address = line.split()
    card, place = bytes.fromhex(mac.replace(":", "")), socket.inet_aton(address)
    head = b"\xff" * 6 + card + struct.pack("!HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1)
    frame = head + card + place + b"\0" * 6 + place
    sent = time.time_ns()
    link.send(frame.ljust(60, b"\0"))
    print(sent, flush=True)
