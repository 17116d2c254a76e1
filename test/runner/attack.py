"""What code that has taken over the daemon would try: each line says what, and whether it was refused. Only what its arguments name, if there are any."""
import ctypes
import os
import socket
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)


def called(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def write(path):
    open(path, "a").close()


def run(*words):
    # What it prints may hold anything; a scan without raw sockets ends with a code.
    if subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode != 0:
        raise OSError("refused")


TRIES = {
    "a raw socket of Ethernet": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3),
    "a raw socket of IPv4": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
    "a raw socket of IPv6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58),
    "a SYN scan": lambda: run("nmap", "--privileged", "-n", "-sS", "-p1", "127.0.0.1"),
    "a ping by the capability of its file": lambda: run("ping", "-c1", "-W1", "127.0.0.1"),
    "a user namespace": lambda: called(libc.unshare(0x10000000)),
    "a network namespace": lambda: called(libc.unshare(0x40000000)),
    "to be root": lambda: os.setuid(0),
    "to mount": lambda: called(libc.mount(b"x", b"/mnt", b"tmpfs", 0, None)),
    "a file of /etc": lambda: write("/etc/rollcall/x"),
    "the program itself": lambda: write("/opt/rollcall/src/main.ts"),
    "a kernel setting": lambda: write("/proc/sys/net/ipv4/ip_forward"),
    "to trace": lambda: called(libc.ptrace(16, 1, 0, 0)),
    "a signal to another process": lambda: os.kill(1, 15),
    "a file with setuid": lambda: os.chmod(os.path.join(os.environ["STATE_DIRECTORY"], "store.db"), 0o4755),
}

for name, attempt in TRIES.items():
    if len(sys.argv) > 1 and name not in sys.argv:
        continue
    try:
        attempt()
        print("OPEN", name)
    except (OSError, subprocess.SubprocessError):
        print("refused", name)
