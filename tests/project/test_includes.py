"""test_includes.py: who may include whom below src/.

Folders stand in a fixed order; a file includes only from its own folder and from those
before it, cli and app leave each other alone, and only app sees the toolkit.  That keeps
the core free of a display and every stage testable by itself.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import tempfile

import tap

ORDER = ['article', 'recognizer', 'notes', 'readers', 'library', 'writers', 'worker',
         'cli', 'app']
TOOLKIT = re.compile(r'<(gtk|gdk(?!-pixbuf)|gsk|adwaita|libadwaita|gtksourceview|graphene)\b')
# Made by the build, so they have no folder below src/.
GENERATED = re.compile(r'^dra[\w-]*-(resources|enums|enum-types)\.h$')
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<][^">]+[">])', re.MULTILINE)


def violations(src):
    """Sentences, one for each include below src that breaks a rule, and how many were read."""
    problems, seen = [], 0
    for path in tap.files(src):
        if not path.endswith(('.c', '.h')):
            continue
        folder = path.split(os.sep)[0]
        if folder not in ORDER:
            problems.append(f'{path}: src/{folder}/ has no place in the order of folders')
            continue
        with open(os.path.join(src, path), encoding='utf-8') as file:
            text = file.read()
        for match in INCLUDE.finditer(text):
            seen += 1
            what = match.group(1)
            problem = judge(src, folder, what)
            if problem:
                line = text.count('\n', 0, match.start(1)) + 1
                problems.append(f'{path}:{line}: {what}: {problem}')
    return problems, seen


def judge(src, folder, what):
    """What is wrong with an include of `what` in a file of `folder`, or None."""
    name = what[1:-1]
    if what[0] == '<':
        if TOOLKIT.match(what) and folder != 'app':
            return 'only app/ may include the toolkit'
        return None
    if GENERATED.match(name):
        return None
    if not os.path.exists(os.path.join(src, name)):
        return 'not a path below src/'
    target = name.split('/')[0]
    if target not in ORDER or '..' in name.split('/'):
        return 'not a path below src/'
    if {target, folder} == {'cli', 'app'}:
        return 'cli/ and app/ do not include each other'
    if ORDER.index(target) > ORDER.index(folder):
        return f'{target}/ comes after {folder}/'
    return None


def the_tree():
    problems, seen = violations(os.path.join(tap.ROOT, 'src'))
    tap.none(problems)
    assert seen > 20, f'only {seen} includes found: is this the source tree?'


def bad_trees_are_refused():
    good = {
        'article/dra-a.h': '#include <glib.h>\n',
        'notes/dra-n.h': '#include "article/dra-a.h"\n',
        'writers/dra-w.h': '#include "notes/dra-n.h"\n',
        'cli/main.c': '#include "writers/dra-w.h"\n',
        'cli/dra-c.h': '',
        'app/dra-x.h': '#include <adwaita.h>\n#include "article/dra-a.h"\n'
                       '#include "dra-resources.h"\n',
    }
    bad = [
        ('article/dra-b.c', '#include "notes/dra-n.h"\n', 'comes after'),
        ('notes/dra-m.c', '# include  "writers/dra-w.h"\n', 'comes after'),
        ('article/dra-b.h', '#include <gtk/gtk.h>\n', 'toolkit'),
        ('cli/dra-d.c', '#include <adwaita.h>\n', 'toolkit'),
        ('cli/dra-d.c', '#include <gdk/gdk.h>\n', 'toolkit'),
        ('cli/dra-d.c', '#include "app/dra-x.h"\n', 'each other'),
        ('app/dra-y.c', '#include "cli/dra-c.h"\n', 'each other'),
        ('notes/dra-m.c', '#include "dra-n.h"\n', 'not a path'),
        ('notes/dra-m.c', '#include "../article/dra-a.h"\n', 'not a path'),
        ('notes/dra-m.c', '#include "article/../writers/dra-w.h"\n', 'not a path'),
        ('misc/dra-z.c', '#include <glib.h>\n', 'no place'),
    ]
    assert trial(good) == [], f'a good tree was refused: {trial(good)}'
    for path, text, word in bad:
        problems = trial({**good, path: text})
        assert len(problems) == 1 and word in problems[0] and path in problems[0], \
            f'{path} with {text!r} gave {problems}'


def trial(tree):
    """The violations of a small tree given as {path: text}."""
    with tempfile.TemporaryDirectory(prefix='dramatis-test-') as top:
        for path, text in tree.items():
            full = os.path.join(top, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'w', encoding='utf-8') as file:
                file.write(text)
        return violations(top)[0]


tap.run(the_tree, bad_trees_are_refused)
