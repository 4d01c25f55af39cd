"""test_tree.py: the rules every file of the tree keeps.

Licence lines, head comments, no paths of somebody's machine, translations complete and
well formed, scripts that parse, and the README's commands being those that .ci/ runs.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import ast
import html
import os
import re
import subprocess
import tempfile

import tap

SPDX = re.compile(r'SPDX-License-Identifier: (GPL-3\.0-or-later|CC0-1\.0)\b')
SOURCES = ('.c', '.h', '.py', '.sh', '.ui', '.css', '.xml', '.xml.in', '.desktop.in',
           '.service.in', '.svg')
# Paths of the machine a file was written on; in pieces, so as not to find itself.
MACHINE = re.compile(r'(?<![\w./-])/(?:' + '|'.join(('wo' 'rk', 'ro' 'ot', 'Us' 'ers',
                                                     'fa' 'rm', 'tmp/b-')) + r')[/\w]')
TRANSLATED = re.compile(
    r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|g_dpgettext2?)\s*\(\s*[^)\s]*"')
TRANSLATABLE = re.compile(r'translatable="(?:yes|true|1)"')


def is_fixture(path):
    """Test inputs are kept byte for byte and carry no comment of ours."""
    return '/fixtures/' in path or path.startswith(('data/samples/', 'data/model/'))


def is_script(path):
    if os.path.splitext(path)[1] or is_fixture(path):
        return False
    with open(os.path.join(tap.ROOT, path), 'rb') as file:
        return file.read(2) == b'#!'


def sources():
    return [path for path in tap.files()
            if not is_fixture(path) and (path.endswith(SOURCES) or is_script(path))]


def licence(path, text):
    """The licence line stands at the top, where people and tools look for it."""
    head = '\n'.join(text.splitlines()[:40])
    return [] if SPDX.search(head) else [f'{path}: no SPDX-License-Identifier line']


def head_comment(path, text):
    """A C file says its own name and what it is for before anything else."""
    name = os.path.basename(path)
    match = re.match(r'/\* ' + re.escape(name) + r': +\S', text)
    return [] if match else [f'{path}: does not begin with /* {name}: what it is']


def machine_path(path, text):
    return [f'{path}:{text.count(chr(10), 0, m.start()) + 1}: a path of one machine: '
            f'{text[m.start():m.start() + 40].splitlines()[0]}'
            for m in MACHINE.finditer(text)]


def every_file(rule, paths):
    problems = []
    for path in paths:
        problems += rule(path, tap.read(path))
    tap.none(problems)


def licence_in_every_source():
    paths = sources()
    assert len(paths) > 40, f'only {len(paths)} sources found'
    every_file(licence, paths)


def head_comment_in_every_c_file():
    every_file(head_comment, [p for p in sources() if p.endswith(('.c', '.h'))])


def no_machine_paths():
    texts = []
    for path in tap.files():
        with open(os.path.join(tap.ROOT, path), 'rb') as file:
            data = file.read()
        try:
            texts.append((path, data.decode('utf-8')))
        except UnicodeDecodeError:
            continue
    tap.none([problem for path, text in texts for problem in machine_path(path, text)])


def the_rules_refuse():
    """Each rule above, shown to find what it looks for."""
    good = '/* dra-a.c: what it is.\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n'
    assert not licence('a/dra-a.c', good) and not head_comment('a/dra-a.c', good)
    assert licence('a/dra-a.c', '/* dra-a.c: what it is. */\n')
    assert licence('a/dra-a.c', '\n' * 50 + good)
    assert head_comment('a/dra-b.c', good)
    assert head_comment('a/dra-a.c', '#include <glib.h>\n' + good)
    assert machine_path('x', 'see /wo' + 'rk/main/x') and machine_path('x', '"/ro' + 'ot/a"')
    assert not machine_path('x', 'docs/wo' + 'rk/main, file:///ro' + 'ot/x')
    assert missing_from([], ['src/a.c'], {'src/a.c': 'f (_("Hello"));'})
    assert missing_from([], ['src/a.ui'], {'src/a.ui': '<p translatable="yes">x</p>'})
    assert missing_from([], ['src/a.c'], {'src/a.c': 'ngettext ("%u", "%u", n)'})
    assert not missing_from(['src/a.c'], ['src/a.c'], {'src/a.c': '_("Hello")'})
    assert not missing_from([], ['src/a.c'], {'src/a.c': 'call_("x"); _(x)'})


def potfiles():
    return [line for line in tap.read('po/POTFILES.in').splitlines()
            if line and not line.startswith('#')]


def missing_from(listed, paths, texts):
    """Which of paths hold text for translators and are not listed."""
    found = []
    for path in paths:
        pattern = TRANSLATABLE if path.endswith('.ui') else TRANSLATED
        if path not in listed and pattern.search(texts[path]):
            found.append(f'{path}: has translatable text and is not in po/POTFILES.in')
    return found


def potfiles_is_complete():
    listed = potfiles()
    problems = [f'po/POTFILES.in: {path} does not exist' for path in listed
                if not os.path.exists(os.path.join(tap.ROOT, path))]
    problems += [f'po/POTFILES.in: {path} is listed twice' for path in set(listed)
                 if listed.count(path) > 1]
    paths = [p for p in tap.files() if p.startswith('src/') and p.endswith(('.c', '.h', '.ui'))]
    problems += missing_from(listed, paths, {path: tap.read(path) for path in paths})
    tap.none(problems)


def tool(*command, **options):
    """Run a command in the source tree; its output is the message if it fails."""
    done = subprocess.run(command, cwd=tap.ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **options)
    assert done.returncode == 0, f'{" ".join(command)}\n{done.stdout}'
    return done.stdout


def catalogue_builds():
    """xgettext reads every listed file and finds something in each."""
    with tempfile.TemporaryDirectory(prefix='dramatis-test-') as folder:
        pot = os.path.join(folder, 'dramatis.pot')
        output = tool('xgettext', '--from-code=UTF-8', '--add-comments', '--package-name=dramatis',
                      '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
                      '--keyword=g_dngettext:2,3', '--keyword=g_dgettext:2',
                      '--flag=g_strdup_printf:1:c-format', '--flag=N_:1:pass-c-format',
                      '--flag=g_set_error:4:c-format', '--flag=_:1:pass-c-format',
                      '-o', pot, *potfiles())
        tool('msgfmt', '--check-format', '-o', os.path.join(folder, 'x.mo'), pot)
        with open(pot, encoding='utf-8') as file:
            text = file.read()
    warnings = [line for line in output.splitlines() if 'warning' in line]
    problems = warnings + [f'{path}: listed in po/POTFILES.in, but no text was found in it'
                           for path in potfiles() if f'{path}:' not in text
                           and not path.endswith('.gschema.xml')]
    tap.none(problems)


def languages_are_valid():
    languages = [word for line in tap.read('po/LINGUAS').splitlines()
                 if not line.startswith('#') for word in line.split()]
    present = [name[:-3] for name in os.listdir(os.path.join(tap.ROOT, 'po'))
               if name.endswith('.po')]
    assert sorted(languages) == sorted(present), \
        f'po/LINGUAS names {languages}, po/ holds {present}'
    for language in languages:
        tool('msgfmt', '--check', '-o', os.devnull, f'po/{language}.po')


def scripts_parse():
    paths = [p for p in tap.files() if not is_fixture(p)
             and (p.endswith(('.sh', '.py')) or is_script(p))]
    assert '.ci/setup' in paths and '.ci/run' in paths, f'found only {paths}'
    problems = []
    for path in paths:
        text = tap.read(path)
        first = text.splitlines()[0] if text else ''
        try:
            if 'python' in first or path.endswith('.py'):
                ast.parse(text, path)
            else:
                tool('bash' if 'bash' in first else 'sh', '-n', path)
        except (SyntaxError, AssertionError) as error:
            problems.append(f'{path}: {error}')
        if path.startswith('.ci/') and not os.access(os.path.join(tap.ROOT, path), os.X_OK):
            problems.append(f'{path}: not executable')
    tap.none(problems)


def readme_commands():
    """The README's first block holds the two commands, and .ci/run runs the second."""
    block = re.search(r'```sh\n(.*?)```', tap.read('README.md'), re.DOTALL)
    assert block, 'README.md has no block of commands'
    commands = [line.split('#')[0].strip() for line in block.group(1).splitlines()
                if line.strip()]
    assert len(commands) == 2, f'the first block has {commands}'
    for command in commands:
        path = os.path.join(tap.ROOT, command.split()[0])
        assert os.access(path, os.X_OK), f'{command} cannot be run'
    last = tap.read('.ci/run').strip().splitlines()[-1]
    assert last == f'exec {commands[1]}', f'.ci/run ends in {last}, not {commands[1]}'


def readme_keys():
    """Each key the README names is in the shortcuts window and does there what it says."""
    overlay = tap.read('src/app/gtk/help-overlay.ui')
    entries = {}
    for entry in re.findall(r'<object class="GtkShortcutsShortcut">(.*?)</object>', overlay,
                            re.DOTALL):
        title = re.search(r'name="title"[^>]*>(.*?)<', entry).group(1)
        for key in re.search(r'name="accelerator">(.*?)<', entry).group(1).split():
            key = html.unescape(key).replace('<Control>', 'Ctrl+').replace('<Shift>', 'Shift+')
            key = key.replace('<Alt>', 'Alt+').replace('plus', '+').replace('minus', '−')
            # In a note a key may mean something else: what it does in the window comes first.
            entries.setdefault(key.replace('question', '?').replace('comma', ','), title.lower())
    table = re.search(r'## Keys\n(.*?)\n## ', tap.read('README.md'), re.DOTALL).group(1)
    keys = [key for row in re.findall(r'^\| (.*?) \|', table, re.MULTILINE)
            for key in row.split(', ') if row not in ('key', '---')]
    assert len(keys) > 10, f'keys found in README.md: {keys}'
    tap.none([f'README.md: {key} is not in the shortcuts window' for key in keys
              if key not in entries])
    for row, does in re.findall(r'^\| ([^,|]*?) \| (.*?) \|', table, re.MULTILINE):
        if row in entries:
            assert entries[row] == does.lower() or does.lower() in entries[row], \
                f'README.md: {row} is said to {does}, the shortcuts window says {entries[row]}'


def names_agree():
    """Desktop entry, metainfo and icons speak of one program and the same types."""
    app = 'io.github.dramatis.Dramatis'
    desktop = tap.read(f'data/{app}.desktop.in')
    metainfo = tap.read(f'data/{app}.metainfo.xml.in')
    types = re.search(r'^MimeType=(.*);$', desktop, re.MULTILINE).group(1).split(';')
    assert types == re.findall(r'<mediatype>(.*?)</mediatype>', metainfo), \
        'the types of the desktop entry and of the metainfo differ'
    assert f'<launchable type="desktop-id">{app}.desktop</launchable>' in metainfo
    assert f'Icon={app}\n' in desktop
    for icon in (f'scalable/apps/{app}.svg', f'symbolic/apps/{app}-symbolic.svg'):
        assert os.path.exists(os.path.join(tap.ROOT, 'data/icons/hicolor', icon)), icon
    version = re.search(r"version: '([^']+)'", tap.read('meson.build')).group(1)
    release = re.search(r'<release version="([^"]+)"', metainfo).group(1)
    assert version == release, f'version {version}, but the newest release is {release}'


def style_file():
    """Contributors' editors need it; Chromium's or LLVM's defaults would undo our style."""
    text = tap.read('.clang-format')
    assert 'BasedOnStyle: GNU' in text and 'ColumnLimit' in text, '.clang-format is not ours'


TOP = {'COPYING', 'README.md', 'meson.build', 'meson_options.txt', 'data', 'po', 'src', 'tests'}


def nothing_else_on_top():
    """What a tool leaves behind is not committed: hidden names are those of tools we use."""
    top = {path.split('/')[0] for path in tap.files()}
    tap.none([f'{name} is on top of the tree' for name in sorted(top - TOP)
              if not name.startswith('.')])


tap.run(nothing_else_on_top, licence_in_every_source, head_comment_in_every_c_file, no_machine_paths,
        the_rules_refuse, potfiles_is_complete, catalogue_builds, languages_are_valid,
        scripts_parse, readme_commands, readme_keys, names_agree, style_file)
