"""test_translations.py: every language of po/ is sound, complete in itself and as it is written.

What shows in the windows is tried by tests/ui/test-languages.c.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import catalogue
import tap

PO = os.path.join(tap.ROOT, 'po')
APP = os.path.join(tap.ROOT, 'src', 'app')
KEY = re.compile(r'_(\w)')


def languages():
    with open(os.path.join(PO, 'LINGUAS'), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def read(language):
    return catalogue.read(os.path.join(PO, language + '.po'))


def formats_fit():
    """msgfmt finds every %s of a message in its translation."""
    if shutil.which('msgfmt') is None:
        raise tap.Skip('msgfmt is not installed')
    for language in languages():
        done = subprocess.run(['msgfmt', '-c', '-o', os.devnull,
                               os.path.join(PO, language + '.po')],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0 and not done.stderr, f'{language}: {done.stderr}'


def nothing_is_left_open():
    """No message without its translation, and none that waits to be looked at."""
    for language in languages():
        entries = read(language)
        bad = [entry.message for entry in entries if entry.is_fuzzy or not all(entry.translations)]
        assert entries and not bad, f'{language}: {bad}'


def as_it_is_written():
    """French has its narrow spaces and quotes, Spanish its opening marks; ends are alike."""
    for language in languages():
        for entry in read(language):
            for text in entry.translations:
                said = f'{language}: {text}'
                assert '...' not in text, said
                assert entry.message.endswith('…') == text.endswith('…'), said
                assert entry.message.endswith('\n') == text.endswith('\n'), said
                assert ('_' in entry.message) == ('_' in text), said
                if language == 'fr' and entry.message.count(';') < 3:  # not a list of keywords
                    assert not re.search(r'[^\u202f\s:][;!?»](?!\w)| [:;!?»]|«[^\u202f]', text), said
                    assert not re.search(r'[^\u202f\s]:(?=\s|$)', text), said
                    assert "'" not in text.replace("%'", '') and '“' not in text, said
                if language == 'es':
                    assert text.count('?') == text.count('¿'), said
                    assert text.count('!') == text.count('¡'), said
                    assert '“' not in text, said


def labels(section):
    """The labels of a menu that show at the same time."""
    for child in section:
        if child.tag == 'section':
            yield from labels(child)
        elif child.tag in ('item', 'submenu'):
            for attribute in child.findall('attribute'):
                if attribute.get('name') == 'label':
                    yield attribute.text


def menus():
    """Every menu and submenu of the windows: where it is, and its labels."""
    for name in sorted(os.listdir(APP)):
        if name.endswith('.ui'):
            root = ET.parse(os.path.join(APP, name)).getroot()
            for menu in list(root.iter('menu')) + list(root.iter('submenu')):
                yield name, [text for text in labels(menu) if text]


def clashes(found, translated):
    """Menus in which one key stands for two items."""
    for name, texts in found:
        keys = {}
        for text in texts:
            key = KEY.search(translated.get(text, text))
            if key is None:
                yield f'{name}: “{translated.get(text, text)}” has no key'
            elif key.group(1).lower() in keys:
                yield f'{name}: “{translated.get(text, text)}” has the key of ' \
                      f'“{keys[key.group(1).lower()]}”'
            else:
                keys[key.group(1).lower()] = translated.get(text, text)


def keys_of_menus():
    """Each item of a menu has a letter of its own, in each language."""
    assert list(clashes([('a.ui', ['_One', '_Other'])], {}))
    assert not list(clashes([('a.ui', ['_One', 'O_ther'])], {}))
    found = list(menus())
    assert len(found) > 5, found
    bad = [f'en: {line}' for line in clashes(found, {})]
    for language in languages():
        translated = {entry.message: entry.translations[0] for entry in read(language)}
        bad += [f'{language}: {line}' for line in clashes(found, translated)]
    assert not bad, '\n'.join(bad)


def help_in_each_language():
    """The help of each language has the parts of the English one and names the same keys."""
    with open(os.path.join(APP, 'gtk', 'help-overlay.ui'), encoding='utf-8') as file:
        known = ' '.join(re.findall(r'name="accelerator">(.*?)<', file.read())).lower()
    english = None
    for language in ['en'] + languages():
        with open(os.path.join(tap.ROOT, 'data', 'help', language + '.md'), encoding='utf-8') as file:
            text = file.read()
        keys = re.findall(r'`(.*?)`', text)
        shape = ([re.match(r'#*', line).group() for line in text.splitlines()
                  if line.startswith('#')], text.count('\n\n'), text.count('\n- '))
        english = english or (keys, shape)
        names = {'Strg': 'Ctrl', 'Umschalt': 'Shift', 'Mayús': 'Shift', 'Maj': 'Shift',
                 'Esc': 'Escape', 'Échap': 'Escape',
                 'Runter': 'Down', 'Abajo': 'Down', 'Bas': 'Down', 'Abaixo': 'Down',
                 'Hoch': 'Up', 'Arriba': 'Up', 'Haut': 'Up', 'Acima': 'Up'}  # as they stand on the keyboards there
        plain = ['+'.join(names.get(part, part) for part in key.split('+')) for key in keys]
        assert plain == english[0], f'{language}.md: {plain}'
        assert shape == english[1], f'{language}.md: {shape} is not {english[1]}'
    for key in english[0]:
        last = {'+': 'plus', '−': 'minus', ',': 'comma', '?': 'question'}.get(key[-1], None)
        name = last or key.split('+')[-1].lower()
        assert re.search(rf'(^|[ ;]){re.escape(name)}( |$)', known), f'{key} is no key of Dramatis'


tap.run(formats_fit, nothing_is_left_open, as_it_is_written, keys_of_menus, help_in_each_language)
