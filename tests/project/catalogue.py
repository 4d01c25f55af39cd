"""catalogue.py: reads and writes gettext catalogues, and makes a template of the sources.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import subprocess

FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")$')
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3', 'ngettext:1,2']


class Entry:
    """One message with its translations: one, or one a plural form."""

    def __init__(self):
        self.context = None
        self.message = None
        self.plural = None
        self.translations = []
        self.comments = []

    @property
    def is_fuzzy(self):
        return any(line.startswith('#,') and 'fuzzy' in line for line in self.comments)


def unquoted(text):
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m.group(1), m.group(1)),
                  text[1:-1])


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') \
        .replace('\t', '\\t') + '"'


def read(path):
    """Every entry but the head."""
    entries = []
    entry = Entry()
    field = None

    def finish():
        nonlocal entry, field
        if entry.message:
            entries.append(entry)
        entry, field = Entry(), None

    def add(text):
        if field.startswith('msgstr'):
            entry.translations[-1] += text
        else:
            name = {'msgctxt': 'context', 'msgid': 'message', 'msgid_plural': 'plural'}[field]
            setattr(entry, name, (getattr(entry, name) or '') + text)

    with open(path, encoding='utf-8') as file:
        for line in file:
            line = line.strip()
            start = FIELD.match(line)
            if not line:
                finish()
            elif line.startswith('#'):
                if not line.startswith('#~'):
                    entry.comments.append(line)
            elif start:
                field = start.group(1)
                if field.startswith('msgstr'):
                    entry.translations.append('')
                add(unquoted(start.group(2)))
            else:
                add(unquoted(line))
    finish()
    return entries


def write(path, entries, head):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'msgid ""\nmsgstr {quoted(head)}\n')
        for entry in entries:
            file.write('\n')
            if entry.context is not None:
                file.write(f'msgctxt {quoted(entry.context)}\n')
            file.write(f'msgid {quoted(entry.message)}\n')
            if entry.plural is None:
                file.write(f'msgstr {quoted(entry.translations[0])}\n')
                continue
            file.write(f'msgid_plural {quoted(entry.plural)}\n')
            for i, text in enumerate(entry.translations):
                file.write(f'msgstr[{i}] {quoted(text)}\n')


def extract(source, path):
    """Writes all that the sources mark for translation to path."""
    subprocess.run(['xgettext', '--from-code=UTF-8', '--directory=' + source,
                    '--files-from=' + os.path.join(source, 'po', 'POTFILES.in'),
                    '--output=' + path, *['--keyword=' + word for word in KEYWORDS]],
                   check=True, stderr=subprocess.DEVNULL)
