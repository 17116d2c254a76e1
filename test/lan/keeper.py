"""Keeps one test LAN: its listening services, and its end.

Started as `keeper.py PREFIX`. Orders come as JSON lines on standard input, answers leave on standard output.
When the input ends, however the test process died, every process in a namespace called PREFIX* is killed and the
namespace removed. Namespaces of test processes that are no longer alive are removed at the start.
"""

import ctypes
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time

NETNS = "/run/netns"
CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def enter(fd):
    if libc.setns(fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "entering a network namespace")


def socket_in(namespace, kind):
    """A socket stays in the namespace it was made in, so one process can serve them all."""
    fd = os.open(f"{NETNS}/{namespace}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        enter(fd)
        return socket.socket(socket.AF_INET, kind)
    finally:
        enter(home)
        os.close(fd)


class Services:
    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.listening = {}

    def open(self, namespace, port, banner):
        listener = socket_in(namespace, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("0.0.0.0", port))
        listener.listen(64)
        listener.setblocking(False)
        self.listening[namespace, port] = listener
        self.selector.register(listener, selectors.EVENT_READ, lambda: self.accept(listener, banner.encode()))

    def close(self, namespace, port):
        listener = self.listening.pop((namespace, port))
        self.selector.unregister(listener)
        listener.close()

    def close_all(self, namespace):
        for name, port in [key for key in self.listening if key[0] == namespace]:
            self.close(name, port)

    def accept(self, listener, banner):
        try:
            talk, _ = listener.accept()
        except OSError:
            return  # A SYN scan hangs up before we answer.
        talk.setblocking(False)
        # Who serves the web waits to be asked; everybody else greets.
        waits = banner.startswith(b"HTTP/")
        if not waits:
            send(talk, banner)
        self.selector.register(talk, selectors.EVENT_READ, lambda: self.hear(talk, banner, waits))

    def hear(self, talk, banner, waits):
        try:
            heard = talk.recv(65536)
        except OSError:
            heard = b""
        if heard and not waits:
            send(talk, refusal_by(banner))
            return
        if heard:
            send(talk, banner)
        self.selector.unregister(talk)
        talk.close()


def refusal_by(banner):
    """What FTP, SMTP, POP and IMAP servers say to words they do not know; others keep silent."""
    for greeting, refusal in ((b"220", b"500 what?\r\n"), (b"+OK", b"-ERR what?\r\n"), (b"* OK", b"* BAD what?\r\n")):
        if banner.startswith(greeting):
            return refusal
    return b""


def send(talk, text):
    try:
        talk.send(text)
    except OSError:
        pass  # The other side has gone.


def inode_of(path):
    try:
        return os.stat(path).st_ino
    except OSError:
        return None


def processes_in(names):
    inodes = {inode_of(f"{NETNS}/{name}") for name in names} - {None}
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    return [pid for pid in pids if inode_of(f"/proc/{pid}/ns/net") in inodes]


def remove(names):
    """Kills what runs in the namespaces and deletes them. Says what would not go."""
    deadline = time.monotonic() + 5
    while names and (left := processes_in(names)):
        if time.monotonic() > deadline:
            return f"processes {left} would not die"
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.02)
    batch = "".join(f"netns del {name}\n" for name in names)
    subprocess.run(["ip", "-force", "-batch", "-"], input=batch, text=True, stderr=subprocess.DEVNULL, check=False)
    left = [name for name in names if os.path.exists(f"{NETNS}/{name}")]
    return f"namespaces {left} would not go" if left else None


def namespaces():
    return os.listdir(NETNS) if os.path.isdir(NETNS) else []


def of_the_dead():
    owners = [(name, re.match(r"rc(\d+)-", name)) for name in namespaces()]
    return [name for name, owner in owners if owner and not os.path.exists(f"/proc/{owner[1]}")]


def obey(services, order):
    if order["do"] == "open":
        services.open(order["namespace"], order["port"], order["banner"])
    elif order["do"] == "close":
        services.close(order["namespace"], order["port"])
    elif order["do"] == "close-all":
        services.close_all(order["namespace"])
    else:
        raise ValueError(f"unknown order {order['do']}")


def answer(services, line):
    order = json.loads(line)
    try:
        obey(services, order)
        fault = None
    except (OSError, KeyError, ValueError) as reason:
        fault = f"{type(reason).__name__}: {reason}"
    print(json.dumps({"id": order["id"], "fault": fault}), flush=True)


def serve():
    services = Services()
    orders = {"text": b"", "ended": False}

    def read():
        chunk = os.read(0, 65536)
        orders["ended"] = chunk == b""
        *lines, orders["text"] = (orders["text"] + chunk).split(b"\n")
        for line in lines:
            answer(services, line)

    services.selector.register(0, selectors.EVENT_READ, read)
    while not orders["ended"]:
        for key, _ in services.selector.select():
            key.data()


def main():
    prefix = sys.argv[1]
    # Ctrl-C is for the test process; we end when it does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["PATH"] = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    remove(of_the_dead())
    print(json.dumps({"id": 0, "fault": None}), flush=True)
    try:
        serve()
    finally:
        trouble = remove([name for name in namespaces() if name.startswith(prefix)])
    if trouble:
        sys.exit(trouble)


main()
