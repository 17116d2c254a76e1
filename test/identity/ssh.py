"""An SSH server with a key of its own: ssh.py ADDRESS PORT KEY. Dropbear speaks, and this hands on what it says: first its
greeting, and the rest once the client has greeted. Sent together, as Dropbear does, nmap 7.93 loses what follows the line."""

import socket
import subprocess
import sys
import threading


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def line_of(end):
    line = b""
    while not line.endswith(b"\n") and len(line) < 256:
        data = end.recv(1)
        if not data:
            break
        line += data
    return line


def serve(client, key):
    ours, theirs = socket.socketpair()
    child = subprocess.Popen(["dropbear", "-i", "-r", key], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL)
    theirs.close()
    try:
        client.settimeout(30)
        client.sendall(line_of(ours))
        ours.sendall(line_of(client))
        back = threading.Thread(target=pump, args=(ours, client), daemon=True)
        back.start()
        pump(client, ours)
        back.join()
    except OSError:
        pass
    finally:
        client.close()
        ours.close()
        child.kill()
        child.wait()


def main(address, port, key):
    with socket.create_server((address, int(port)), backlog=64) as server:
        print("ready", flush=True)
        while True:
            client, _ = server.accept()
            threading.Thread(target=serve, args=(client, key), daemon=True).start()


main(*sys.argv[1:])
