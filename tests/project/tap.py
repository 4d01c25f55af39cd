"""tap.py: the few lines of TAP that the project's own tests need.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import sys
import traceback

ROOT = os.environ.get('DRAMATIS_SOURCE_ROOT') or os.path.abspath(
    os.path.join(os.path.dirname(__file__), '..', '..'))


class Skip(Exception):
    """Raised by a case that cannot run here; the text says why."""


def run(*cases):
    """Run functions as TAP cases: the name is the function's, the word its docstring."""
    print(f'1..{len(cases)}')
    failed = False
    for number, case in enumerate(cases, 1):
        name = case.__name__.replace('_', '-')
        try:
            case()
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}')
        except Exception as error:
            failed = True
            text = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            for line in (text or 'assertion failed').splitlines():
                print(f'{case.__name__}: {line}', file=sys.stderr)
            print(f'not ok {number} {name}')
        else:
            print(f'ok {number} {name}')
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def none(problems):
    """Fail with every problem, one a line."""
    assert not problems, '\n'.join(problems)


def read(path):
    """The text of a file below the source root."""
    with open(os.path.join(ROOT, path), encoding='utf-8') as file:
        return file.read()


def files(root=ROOT):
    """Every file of the source tree, relative to root, leaving out what is not source."""
    found = []
    for top, folders, names in os.walk(root):
        relative = os.path.relpath(top, root)
        folders[:] = sorted(f for f in folders
                            if f not in ('.git', '__pycache__', '.flatpak-builder')
                            and not (relative == '.' and f.startswith(('build', '_build'))))
        for name in sorted(names):
            path = os.path.normpath(os.path.join(relative, name))
            # In a worktree .git is a file; editors and Python leave the rest.
            if path == '.git' or name.endswith(('~', '.pyc', '.pot')):
                continue
            if not os.path.islink(os.path.join(root, path)):
                found.append(path)
    return found
