"""Records what Python's difflib makes of pairs of lists, for src/ndiff/matcher.test.ts.

    python3 test/ndiff/record-matcher.py > test/ndiff/fixtures/matcher.json

A list is a text, each character an entry. A result is its opcodes with their lengths: "e5 d3 i2 r3.2" keeps five entries,
deletes three, inserts two and replaces three by two. With --live, pairs come as JSON on standard input instead, and
results leave as JSON on standard output.
"""
import difflib
import json
import random
import sys

SIGNS = [chr(code) for code in range(0x21, 0x17F) if chr(code) not in '"\\' and chr(code).isprintable()]


def told(a, b):
    opcodes = difflib.SequenceMatcher(None, a, b).get_opcodes()
    return ' '.join(
        f'r{a2 - a1}.{b2 - b1}' if tag == 'replace' else f'{tag[0]}{max(a2 - a1, b2 - b1)}' for tag, a1, a2, b1, b2 in opcodes
    )


def short(draw):
    """Few different entries: ties everywhere."""
    signs = SIGNS[: draw.randint(1, 4)]
    return [''.join(draw.choice(signs) for _ in range(draw.randint(0, 14))) for _ in 'ab']


def edited(draw, text, signs):
    """The same list a day later."""
    entries = list(text)
    for _ in range(draw.randint(1, 25)):
        at = draw.randrange(len(entries) + 1)
        entries[at : at + draw.randint(0, 4)] = draw.choices(signs, k=draw.randint(0, 4))
    return ''.join(entries)


def long(draw):
    """Around the length from which entries that stand everywhere start no match."""
    signs = SIGNS[: draw.choice([2, 5, 20, 60, 120, 300])]
    weights = [draw.choice([1, 1, 1, 8, 40]) for _ in signs]
    a = ''.join(draw.choices(signs, weights, k=draw.choice([150, 199, 200, 201, 240, 300, 301, 420])))
    if draw.random() < 0.6:
        return a, edited(draw, a, signs)
    return a, ''.join(draw.choices(signs, weights, k=draw.choice([120, 199, 200, 205, 260, 399, 400])))


def pairs():
    draw = random.Random(8)
    everywhere = [('x' * a, 'x' * b) for a, b in ((199, 199), (200, 200), (250, 260), (260, 199), (0, 200), (200, 0))]
    at_the_start = [('x' * 3 + 'a', 'x' * 205 + 'b'), ('ax' + 'x' * 220, 'bx' + 'x' * 230), ('xxaxx' * 50, 'xxaxxb' * 50)]
    return [('', '')] + everywhere + at_the_start + [short(draw) for _ in range(500)] + [long(draw) for _ in range(120)]


if __name__ == '__main__':
    if sys.argv[1:] == ['--live']:
        json.dump([told(a, b) for a, b in json.load(sys.stdin)], sys.stdout)
    else:
        print('[\n' + ',\n'.join(json.dumps([a, b, told(a, b)], ensure_ascii=False) for a, b in pairs()) + '\n]')
