"""Answers for names as a device does: responder.py ADDRESS NAME GROUP MODEL [how].

how: "fine", or "hostile" (a flood of wrong packets before the right one), "liar" (only wrong ones). Prints "ready", then a line per question.
"""
import os, socket, struct, sys, threading

address, name, group, model, how = sys.argv[1:6]

def told(what):
    # One write: several threads tell, and their lines must not run into each other.
    os.write(1, f'{what}\n'.encode())

def labels(text):
    return b''.join(bytes([len(part)]) + part for part in (p.encode() for p in text.split('.'))) + b'\0'

def end_of_name(packet, at=12):
    while packet[at]:
        at += packet[at] + 1
    return at + 1

def dns_answer(packet, multicast):
    end = end_of_name(packet)
    asked, kind, klass = packet[12:end], *struct.unpack('>HH', packet[end:end + 4])
    if multicast and not klass & 0x8000:
        return None
    if kind == 12 and asked == labels('.'.join(reversed(address.split('.'))) + '.in-addr.arpa'):
        content = labels(name + ('.local' if multicast else ''))
    elif kind == 16 and asked == labels(name + '._device-info._tcp.local'):
        text = ('model=' + model).encode()
        content = bytes([len(text)]) + text
    else:
        return None
    record = struct.pack('>HHIH', kind, 1, 10, len(content)) + content
    # A record of a kind no library reads, as real answers have them.
    extra = b'\xc0\x0c' + struct.pack('>HHIH', 47, 0x8001, 10, 3) + b'\xff\xff\xff'
    return packet[:2] + struct.pack('>HHHHH', 0x8400, 1, 1, 0, 1) + packet[12:end + 4] + b'\xc0\x0c' + record + extra

def status_answer(packet):
    entries = [(name.upper(), 0, 0x0400), (group, 0, 0x8400), (name.upper(), 0x20, 0x0400), (group, 0x1e, 0x8400)]
    body = bytes([len(entries)]) + b''.join(text.encode().ljust(15) + struct.pack('>BH', kind, flags) for text, kind, flags in entries) + bytes(46)
    return packet[:2] + struct.pack('>HHHHH', 0x8400, 0, 1, 0, 0) + packet[12:46] + struct.pack('>HHIH', 0x21, 1, 0, len(body)) + body

def wrong(answer):
    other = bytes([answer[0] ^ 1]) + answer[1:]
    return [other, answer[:len(answer) // 2], b'\0' * 12, answer[:2] + b'\x84\0\0\1\0\1\0\0\0\0' + b'\xc0\x0c' * 20]

def serve(port, make):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, port))
    def loop():
        while True:
            packet, who = server.recvfrom(4096)
            told(port)
            answer = make(packet)
            if answer is None:
                continue
            for other in wrong(answer) * (3 if how == 'hostile' else 2500 if how == 'liar' else 0):
                server.sendto(other, who)
            if how != 'liar':
                server.sendto(answer, who)
    threading.Thread(target=loop, daemon=True).start()

def serve_tcp(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, port))
    server.listen()
    while True:
        peer, _ = server.accept()
        told(port)
        length, = struct.unpack('>H', peer.recv(2, socket.MSG_WAITALL))
        answer = dns_answer(peer.recv(length, socket.MSG_WAITALL), False)
        if answer and how != 'liar':
            whole = struct.pack('>H', len(answer)) + answer
            peer.sendall(whole[:5])
            peer.sendall(whole[5:])
        elif how == 'liar':
            peer.sendall(b'\xff\xff' * 4000)
        peer.close()

serve(5353, lambda packet: dns_answer(packet, True))
serve(137, status_answer)
threading.Thread(target=serve_tcp, args=(5355,), daemon=True).start()
told('ready')
sys.stdin.read()
