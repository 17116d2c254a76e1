"""Debian's own Ndiff with its two crashes repaired: the judge where the stock program dies.

Scripts are ordered by id and output (Python 3 has no order for them), and a list is asked whether it is
empty instead of being compared with a number. Nothing else differs. Arguments as for ndiff.
"""
import sys
import types

PATH = '/usr/lib/python3/dist-packages/ndiff.py'


def repaired():
    """The module, repaired."""
    with open(PATH, encoding='utf-8') as file:
        source = file.read()
    crash = 'self.script_result_diffs > 0'
    assert source.count(crash) == 1, 'this is not the Ndiff we know'
    module = types.ModuleType('ndiff')
    exec(compile(source.replace(crash, 'self.script_result_diffs'), PATH, 'exec'), module.__dict__)
    module.ScriptResult.__lt__ = lambda self, other: (self.id, self.output) < (other.id, other.output)
    return module


if __name__ == '__main__':
    ndiff = repaired()
    sys.argv[0] = '/usr/bin/ndiff'
    sys.excepthook = ndiff.excepthook
    sys.exit(ndiff.main())
