"""languages.py LANGUAGE PROGRAM: runs a test of windows in a language.

The catalogue of a language of po/ is compiled as it is.  That of "pseudo" is made here, out
of what the sources mark for translation: each message in brackets, with accents, and longer,
so that whatever shows without brackets was never translated and whatever is cut has too
little room.  The program is told where the catalogues are (DRA_LOCALE_DIR) and what they can
say (DRA_MESSAGES, a message a line).  Dates are the language's own where its locale can be
compiled (LOCPATH); where it cannot and the C library of today says English in the locale C,
whatever LANGUAGE is, there is nothing to test.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'project'))
import tap  # noqa: E402,F401
import catalogue  # noqa: E402

SOURCE = os.environ['DRAMATIS_SOURCE_ROOT']
WORK = os.environ['DRA_TEST_DIR']
LOCALES = {'de': 'de_DE', 'es': 'es_ES', 'fr': 'fr_FR', 'pt_BR': 'pt_BR', 'pseudo': 'en_US'}
# Whose words show in our windows too.
FRIENDS = ['gtk40', 'libadwaita']

ACCENTS = str.maketrans('AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz',
                        'ÅåÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž')
# What is not words: formats, markup, entities, and the letter that a mnemonic is on.
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0'’]*\d*(?:\.\d+)?l*[a-zA-Z%]|<[^>]*>|&[a-z#0-9]+;|\\.")


def accented(message):
    """message in brackets, accented and two fifths longer."""
    parts = []
    position = 0
    for kept in KEPT.finditer(message):
        parts += [message[position:kept.start()].translate(ACCENTS), kept.group()]
        position = kept.end()
    parts.append(message[position:].translate(ACCENTS))
    words = ''.join(parts)
    body = words.rstrip('\n')
    return '[' + body + '~' * max(1, len(body) * 2 // 5) + ']' + words[len(body):]


def pseudo(entry):
    """The pseudo-translations of one entry of a catalogue."""
    if entry.context in ('language tag of this translation', 'direction of this translation'):
        return [entry.message]
    if re.fullmatch(r'(?:%-?[a-zA-Z]|[ ,.:/-])+', entry.message) and '%u' not in entry.message \
            and '%s' not in entry.message:
        return [entry.message]  # a date format: all data
    if entry.message.startswith('default:'):  # GTK's direction of text
        return [entry.message]
    messages = [entry.message] if entry.plural is None else [entry.message, entry.plural]
    return [accented(message) for message in messages]


def compile_catalogue(path, domain, language):
    folder = os.path.join(WORK, 'locale', language, 'LC_MESSAGES')
    os.makedirs(folder, exist_ok=True)
    subprocess.run(['msgfmt', '-o', os.path.join(folder, domain + '.mo'), path], check=True)


def make_pseudo():
    """Catalogues of a language that nobody speaks; what they can say."""
    template = os.path.join(WORK, 'dramatis.pot')
    catalogue.extract(SOURCE, template)
    templates = {'dramatis': template}
    for domain in FRIENDS:
        theirs = f'/usr/share/locale/de/LC_MESSAGES/{domain}.mo'
        if os.path.exists(theirs):
            templates[domain] = os.path.join(WORK, domain + '.pot')
            subprocess.run(['msgunfmt', '-o', templates[domain], theirs], check=True)
    said = []
    for domain, path in templates.items():
        entries = catalogue.read(path)
        for entry in entries:
            entry.translations = pseudo(entry)
            said += entry.translations if domain == 'dramatis' else []
        made = os.path.join(WORK, domain + '.po')
        catalogue.write(made, entries, 'Language: pseudo\n'
                        'Content-Type: text/plain; charset=UTF-8\n'
                        'Plural-Forms: nplurals=2; plural=(n != 1);\n')
        compile_catalogue(made, domain, 'pseudo')
    return said


def make_locale(name):
    """The locale with this language's dates, or None where it cannot be compiled."""
    if shutil.which('localedef') is None:
        return None
    folder = os.path.join(WORK, 'locales')
    os.makedirs(folder, exist_ok=True)
    subprocess.run(['localedef', '--no-archive', '-i', name, '-f', 'UTF-8',
                    os.path.join(folder, name + '.UTF-8')],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return folder if os.path.isdir(os.path.join(folder, name + '.UTF-8')) else None


def is_heard():
    """Whether the catalogue is read in the locale of this process."""
    said = subprocess.run(['gettext', '-d', 'dramatis', 'People'], capture_output=True, text=True, check=True,
                          env=dict(os.environ, TEXTDOMAINDIR=os.environ['DRA_LOCALE_DIR']))
    return said.stdout != 'People'


def main():
    language, program = sys.argv[1:3]
    missing = [name for name in ('xgettext', 'msgfmt', 'msgunfmt') if not shutil.which(name)]
    if missing:
        print('1..0 # SKIP not installed: ' + ', '.join(missing))
        return
    if language == 'pseudo':
        said = make_pseudo()
    else:
        path = os.path.join(SOURCE, 'po', language + '.po')
        compile_catalogue(path, 'dramatis', language)
        said = [text for entry in catalogue.read(path) for text in entry.translations]
    os.environ['LANGUAGE'] = language
    os.environ['DRA_LOCALE_DIR'] = os.path.join(WORK, 'locale')
    os.environ['DRA_MESSAGES'] = os.path.join(WORK, 'messages')
    with open(os.environ['DRA_MESSAGES'], 'w', encoding='utf-8') as file:
        for text in said:
            file.write(text.replace('\n', ' ') + '\n')
    locales = make_locale(LOCALES[language])
    if locales is not None:
        os.environ['LOCPATH'] = locales
        os.environ['LC_ALL'] = LOCALES[language] + '.UTF-8'
    elif not is_heard():
        print('1..0 # SKIP not installed: locales')
        return
    os.execv(program, [program, *sys.argv[3:]])


main()
