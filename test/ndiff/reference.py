"""Runs Debian's Ndiff many times: each job in a fork of a process that has it loaded already.

A fork is as good as a process of its own (globals, buffers, time zone, descriptors, exit code) and takes a few
milliseconds instead of ninety. Jobs come as JSON lines on standard input: {"id", "argv", "argv0", "tz"}. Answers leave
as JSON lines: {"id", "by", "code", "stdout", "stderr", "traceback"}, the two texts in base64. Where the stock program
dies of one of its two known TypeErrors, the repaired one answers, and "by" says so.
"""
import base64
import gc
import json
import os
import runpy
import sys
import time
import traceback

sys.path.append('/usr/lib/python3/dist-packages')
import ndiff as stock  # noqa: E402

repaired = runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'repaired-ndiff.py'))['repaired']()

KNOWN_CRASHES = (
    b"TypeError: '<' not supported between instances of 'ScriptResult' and 'ScriptResult'",
    b"TypeError: '>' not supported between instances of 'list' and 'int'",
)


def exit_code(end):
    if end.code is None:
        return 0
    return end.code if isinstance(end.code, int) else 1


def act(module, job):
    """What the program does in a process of its own, up to its exit code."""
    if job.get('tz') is not None:
        os.environ['TZ'] = job['tz']
        time.tzset()
    sys.argv = [job.get('argv0', '/usr/bin/ndiff'), *job['argv']]
    try:
        code = module.main()
    except SystemExit as end:
        code = exit_code(end)
    except BaseException:
        traceback.print_exc()
        code = 2
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def run(module, job):
    files = [os.memfd_create(name) for name in ('stdout', 'stderr')]
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            os.dup2(files[0], 1)
            os.dup2(files[1], 2)
            code = act(module, job)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, *[contents(file) for file in files]


def contents(file):
    with os.fdopen(file, 'rb') as stream:
        stream.seek(0)
        return stream.read()


def answer(job):
    by, (code, stdout, stderr) = 'stock', run(stock, job)
    if stderr.rstrip().endswith(KNOWN_CRASHES):
        by, (code, stdout, stderr) = 'repaired', run(repaired, job)
    return {
        'id': job['id'],
        'by': by,
        'code': code,
        'stdout': base64.b64encode(stdout).decode(),
        'stderr': base64.b64encode(stderr).decode(),
        'traceback': b'Traceback (most recent call last):\n' in stderr,
    }


if __name__ == '__main__':
    gc.freeze()
    # Answers have a descriptor of their own: what Ndiff prints must never stand among them.
    answers = os.fdopen(os.dup(1), 'w')
    for line in iter(sys.stdin.readline, ''):
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)
