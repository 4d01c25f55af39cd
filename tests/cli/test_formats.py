"""test_formats.py: what dramatis-cli writes of a cast, read by other programs' readers.

JSON by Python's, CSV by Python's in its strict mode, TEI by a RELAX NG schema of the part of
P5 that we write, brat by the grammar of its standoff format.  All four must name the same
mentions, at offsets where the text that `dramatis-cli text` prints has them.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import csv
import glob
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'project'))
import tap  # noqa: E402

CLI = os.environ['DRAMATIS_CLI']
TEI = '{http://www.tei-c.org/ns/1.0}'
XML_ID = '{http://www.w3.org/XML/1998/namespace}id'
KINDS = {'person': ('Person', 'persName'), 'organization': ('Organization', 'orgName'),
         'place': ('Place', 'placeName')}
FOLDER = tempfile.TemporaryDirectory(prefix='dramatis-test-')
COLUMNS = ['file', 'id', 'kind', 'name', 'role', 'confidence', 'start', 'end', 'text']

# Names with what each format must take care of: quotes, commas, ampersands, characters of two
# to four bytes, a line break inside a paragraph.
AWKWARD = (
    'The "Harbour" & Other Names\n\n'
    'Oona "Kit" Halloran, the mayor of Port Ellen, told Crane & Vane Ltd. on Monday that she was glad. '
    '\U0001F6A2 Zoë O’Brien of the Børge <Bell> Company, Inc. agreed, and so did Li Wei of AT&T.\n\n'
    'Oona Halloran, "Kit" to friends, and Zoë O’Brien met Crane & Vane again in Port Ellen.\n')


def run(*arguments):
    done = subprocess.run([CLI, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode('utf-8')


def articles():
    """Files to try: awkward ones of this test, fixtures in several languages, our samples."""
    path = os.path.join(FOLDER.name, 'awkward, "names" & more.txt')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(AWKWARD)
    found = [path]
    for pattern in ('tests/fixtures/text/*.txt', 'data/samples/*.txt'):
        found += sorted(glob.glob(os.path.join(tap.ROOT, pattern)))
    return found


def cast_of(path):
    """The JSON of one article, as the documented shape has it, and its text in bytes."""
    root = json.loads(run('entities', '-f', 'json', path))
    assert list(root) == ['articles'] and len(root['articles']) == 1
    article = root['articles'][0]
    assert list(article) == ['file', 'title', 'length', 'entities'], list(article)
    text = run('text', path).encode('utf-8')
    assert article['length'] in (len(text), len(text) - 1), 'length is not that of the text'
    return article, text


def mentions_of(article):
    found = [(m['start'], m['end'], m['text'], e) for e in article['entities'] for m in e['mentions']]
    return sorted(found, key=lambda mention: mention[0])


def json_has_the_documented_shape():
    """json"""
    n = 0
    for path in articles():
        article, text = cast_of(path)
        first = -1
        ids = set()
        for entity in article['entities']:
            assert list(entity) == ['id', 'kind', 'name', 'role', 'confidence', 'mentions'], list(entity)
            assert entity['kind'] in KINDS and entity['id'] not in ids and entity['name']
            assert 0 <= entity['confidence'] <= 1
            assert entity['role'] is None or entity['role']
            assert entity['mentions'] and entity['mentions'][0]['start'] > first, 'not by first mention'
            ids.add(entity['id'])
            first = entity['mentions'][0]['start']
        end = 0
        for start, stop, form, _ in mentions_of(article):
            assert end <= start < stop and text[start:stop].decode('utf-8') == form, (path, start, form)
            end = stop
            n += 1
    assert n > 50, f'only {n} mentions to look at'


def csv_is_what_rfc_4180_says():
    """csv; lines end in LF, as RFC 4180 readers and CSV on the Web take them"""
    for path in articles():
        article, _ = cast_of(path)
        output = run('entities', '-f', 'csv', path)
        rows = list(csv.reader(io.StringIO(output, newline=''), strict=True))
        assert rows[0] == COLUMNS and output.endswith('\n')
        assert all(len(row) == len(COLUMNS) for row in rows)
        found = [(int(row[6]), int(row[7]), row[2], row[1], row[3], row[4]) for row in rows[1:]]
        expected = [(start, end, e['kind'], e['id'], e['name'], e['role'] or '')
                    for start, end, _, e in mentions_of(article)]
        assert found == expected, path
        assert all(row[0] == path for row in rows[1:])
        assert all(0 <= float(row[5]) <= 1 for row in rows[1:])


def brat_is_standoff():
    """brat: T, * and # lines, code points, the text of a span beside its offsets"""
    for path in articles():
        article, text = cast_of(path)
        characters = text.decode('utf-8')
        spans = []
        names = set()
        equivalent = set()
        for line in run('entities', '-f', 'brat', path).splitlines():
            span = re.fullmatch(r'(T[1-9]\d*)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]+)', line)
            same = re.fullmatch(r'\*\tEquiv((?: T\d+){2,})', line)
            note = re.fullmatch(r'#[1-9]\d*\tAnnotatorNotes (T\d+)\t([^\t]+)', line)
            assert span or same or note, line
            if span:
                pieces = [tuple(map(int, piece.split())) for piece in span[3].split(';')]
                covered = ' '.join(characters[a:b] for a, b in pieces).replace('\u2028', ' ')
                assert covered == span[4] and span[1] not in names, line
                names.add(span[1])
                spans.append((len(characters[:pieces[0][0]].encode()), span[2]))
            elif same:
                assert not equivalent & set(same[1].split()), line
                equivalent |= set(same[1].split())
                assert equivalent <= names, line
            else:
                assert note[1] in names, line
        assert spans == [(start, KINDS[e['kind']][0]) for start, _, _, e in mentions_of(article)], path


def tei_is_valid():
    """tei"""
    xmllint = shutil.which('xmllint')
    if xmllint is None:
        raise tap.Skip('xmllint is not here')
    schema = os.path.join(tap.ROOT, 'tests', 'cli', 'tei-entities.rng')
    for arguments in [[path] for path in articles()] + [articles()[:6]]:
        output = run('entities', '-f', 'tei', *arguments)
        done = subprocess.run([xmllint, '--nonet', '--noout', '--relaxng', schema, '-'],
                              input=output.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        root = ElementTree.fromstring(output)
        ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
        assert len(ids) == len(set(ids))
        for element in root.iter():
            if element.get('ref'):
                assert element.get('ref')[1:] in ids, element.get('ref')
        if len(arguments) > 1:
            continue
        article, text = cast_of(arguments[0])
        named = [element for body in root.iter(TEI + 'body') for element in body.iter()
                 if element.get('ref')]
        assert [(e.tag, e.get('ref')) for e in named] == [
            (TEI + KINDS[e['kind']][1], '#' + e['id']) for _, _, _, e in mentions_of(article)]
        lines = [''.join(p.itertext()) for body in root.iter(TEI + 'body') for p in body]
        # <lb/> stands for a line break inside a block.
        assert '\n'.join(lines).strip() == text.decode().replace('\u2028', '').strip(), arguments


if __name__ == '__main__':
    tap.run(json_has_the_documented_shape, csv_is_what_rfc_4180_says, brat_is_standoff, tei_is_valid)
