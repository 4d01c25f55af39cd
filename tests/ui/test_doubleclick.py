"""test_doubleclick.py: a file opened from the desktop, as a double click does.

Installs into a prefix of its own inside the build folder (a second build, because the
prefix is compiled in), then opens files through `gio open` and through the bus, with
dramatis running and not running, and looks for their windows.

    test_doubleclick.py SOURCE BUILD RUN-UI     installs, then runs itself under run-ui

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import desktop
from desktop import wait_for
import tap

APP = 'io.github.dramatis.Dramatis'
PATH = '/' + APP.replace('.', '/')


def install(source, build):
    """Build and install into BUILD/prefix; later runs only compile what changed."""
    here = os.path.join(build, 'tests', 'ui')
    second, prefix = os.path.join(here, 'doubleclick-build'), os.path.join(here, 'prefix')
    os.makedirs(here, exist_ok=True)

    def run(*command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)
        if done.returncode != 0:
            print('1..1\nnot ok 1 install')
            print(f'{" ".join(command)}:\n{done.stdout}', file=sys.stderr)
            sys.exit(1)
        return done.stdout

    if not os.path.exists(os.path.join(second, 'build.ninja')):
        shutil.rmtree(second, ignore_errors=True)
        run('meson', 'setup', second, source, f'--prefix={prefix}', '-Dbuildtype=debug')
    run('ninja', '-C', second, 'build.ninja')  # what was added since
    targets = json.loads(run('meson', 'introspect', '--targets', second))
    wanted = [os.path.relpath(name, second) for target in targets if target['installed']
              for name in target['filename']]
    run('ninja', '-C', second, *wanted)
    shutil.rmtree(prefix, ignore_errors=True)
    run('meson', 'install', '-C', second, '--no-rebuild')
    return prefix


class Activated(desktop.Program):
    """The dramatis that the bus started."""

    def __init__(self):  # pylint: disable=super-init-not-called
        pass

    def application(self):
        tree = desktop.Atspi.get_desktop(0)
        for i in range(tree.get_child_count()):
            child = tree.get_child_at_index(i)
            if child is not None and child.get_name() == 'dramatis' and child.get_child_count():
                return child
        return None

    def windows(self):
        application = self.application()
        if application is None:
            return []
        return sorted(application.get_child_at_index(i).get_name()
                      for i in range(application.get_child_count()))


def write(title):
    path = os.path.join(desktop.WORK, title.replace(' ', '-') + '.txt')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'{title}\n\nThe mayor, Delphine Okonjo, spoke to the BBC on Monday.\n')
    return path


def write_packed(name, entries):
    path = os.path.join(desktop.WORK, name)
    with zipfile.ZipFile(path, 'w') as package:
        for entry, content in entries.items():
            package.writestr(entry, content, zipfile.ZIP_STORED if entry == 'mimetype'
                             else zipfile.ZIP_DEFLATED)
    return path


def write_docx(title, body):
    word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
    package = 'http://schemas.openxmlformats.org/package/2006'
    office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
    main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
    return write_packed('letter.docx', {
        '[Content_Types].xml': f'<Types xmlns="{package}/content-types"><Override '
                               f'PartName="/word/document.xml" ContentType="{main}"/></Types>',
        '_rels/.rels':
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}" Target="word/document.xml"/><Relationship Id="r2" '
            f'Type="{package}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        'docProps/core.xml': f'<p:coreProperties xmlns:p="{package}/metadata/core-properties" '
                             'xmlns:dc="http://purl.org/dc/elements/1.1/">'
                             f'<dc:title>{title}</dc:title></p:coreProperties>',
        'word/document.xml': f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{body}'
                             '</w:t></w:r></w:p></w:body></w:document>'})


def write_epub(title, body):
    files = 'rootfiles'
    return write_packed('book.epub', {
        'mimetype': 'application/epub+zip',
        'META-INF/container.xml':
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            f'<{files}><rootfile full-path="book.opf" '
            f'media-type="application/oebps-package+xml"/></{files}></container>',
        'book.opf':
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
            '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="c"/></spine></package>',
        'c.xhtml': '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
                   f'<h1>One</h1><p>{body}</p></body></html>'})


def write_text(name, content):
    path = os.path.join(desktop.WORK, name)
    with open(path, 'w', encoding='ascii') as file:
        file.write(content)
    return path


def write_mail(title, body):
    return write_text('mail.eml', f'From: Maud Ferrant <maud@example.org>\nTo: x@example.org\n'
                                  f'Subject: {title}\nDate: Mon, 3 Nov 2025 10:00:00 +0000\n'
                                  f'Message-ID: <1@example.org>\nMIME-Version: 1.0\n'
                                  f'Content-Type: text/plain\n\n{body}\n')


def write_pdf(title, body):
    shown = (f'BT /F 24 Tf 72 720 Td ({title}) Tj ET '
             f'BT /F 12 Tf 72 660 Td ({body}) Tj ET')
    return write_text('paper.pdf', f"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
  /Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length {len(shown)}>> stream
{shown}
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
6 0 obj <</Title ({title})>> endobj
trailer <</Root 1 0 R /Info 6 0 R>>
%%EOF
""")


def call(*arguments):
    done = subprocess.run(['gdbus', 'call', '--session', *arguments], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def running():
    return 'true' in call('-d', 'org.freedesktop.DBus', '-o', '/org/freedesktop/DBus', '-m',
                          'org.freedesktop.DBus.NameHasOwner', APP)


def process_id():
    return call('-d', 'org.freedesktop.DBus', '-o', '/org/freedesktop/DBus', '-m',
                'org.freedesktop.DBus.GetConnectionUnixProcessID', APP)


def quit_it():
    if running():
        subprocess.run(['gapplication', 'action', APP, 'quit'], check=True)
        wait_for('dramatis to end', lambda: not running())


def gio_open(path):
    subprocess.run(['gio', 'open', path], check=True, timeout=60)


def bus_open(path):
    call('-d', APP, '-o', PATH, '-m', 'org.freedesktop.Application.Open',
         f"['file://{path}']", '{}')


def open_with(opener, name):
    """Not running, then running: a window each time, and one process."""
    quit_it()
    assert not running()
    first, second = write(f'{name} first'), write(f'{name} second')
    program = Activated()

    opener(first)
    wait_for('the first window', lambda: program.windows() == [f'{name} first'])
    # What was installed is complete: names are found with the installed model.
    program.wait('Delphine Okonjo…', 'list item')
    pid = process_id()

    opener(second)
    wait_for('the second window',
             lambda: program.windows() == [f'{name} first', f'{name} second'])
    assert process_id() == pid, 'a second process was started'

    opener(first)
    desktop.never('the same file was opened twice', lambda: len(program.windows()) != 2)


def gio_open_gives_a_window():
    """`gio open`, which is what file managers do."""
    open_with(gio_open, 'Gio')


def the_bus_gives_a_window():
    """org.freedesktop.Application.Open, which is what gio and GNOME Shell call."""
    open_with(bus_open, 'Bus')


def activation_gives_an_empty_window():
    """Started from the menu, and quit."""
    quit_it()
    call('-d', APP, '-o', PATH, '-m', 'org.freedesktop.Application.Activate', '{}')
    wait_for('the empty window', lambda: Activated().windows() == ['Dramatis'])
    quit_it()


def a_command_line_reaches_the_running_one():
    """`dramatis FILE` in a terminal, while one runs."""
    quit_it()
    bus_open(write('From the bus'))
    program = Activated()
    wait_for('the first window', lambda: program.windows() == ['From the bus'])
    subprocess.run(['dramatis', os.path.relpath(write('From a terminal'), desktop.WORK)],
                   cwd=desktop.WORK, check=True, timeout=60)
    wait_for('the second window',
             lambda: program.windows() == ['From a terminal', 'From the bus'])
    subprocess.run(['dramatis', '--new-window'], check=True, timeout=60)
    wait_for('a new window',
             lambda: program.windows() == ['Dramatis', 'From a terminal', 'From the bus'])
    quit_it()


def ask(method, *arguments):
    return call('-d', APP, '-o', PATH + '/SearchProvider', '-m', 'org.gnome.Shell.SearchProvider2.' + method,
                *arguments)


def the_search_of_the_desktop_finds_notes():
    """What GNOME Shell asks, of a program that is not running."""
    quit_it()
    article = write('Searched for')
    notes, copy = os.path.join(desktop.WORK, 'notes.jsonld'), os.path.join(desktop.WORK, 'searched.html')
    uuid = '00000000-0000-4000-8000-000000000007'
    with open(notes, 'w', encoding='utf-8') as file:
        json.dump({'@context': 'http://www.w3.org/ns/anno.jsonld', 'type': 'Annotation', 'id': 'urn:uuid:' + uuid,
                   'body': {'type': 'TextualBody', 'value': 'Ask the **Zeppelin** company'},
                   'target': {'source': 'urn:x', 'selector': {'type': 'TextQuoteSelector', 'exact': 'the BBC'}}}, file)
    subprocess.run(['dramatis-cli', 'annotate', article, '--notes', notes, '-o', copy], check=True)
    # Opening the copy brings its note into the library.
    bus_open(copy)
    program = Activated()
    wait_for('the copy', lambda: program.windows() == ['Searched for'])
    program.wait('Delphine Okonjo…', 'list item')
    quit_it()

    assert ask('GetInitialResultSet', "['z']") == '(@as [],)\n'
    assert ask('GetInitialResultSet', "['nothing', 'like', 'it']") == '(@as [],)\n'
    found = ask('GetInitialResultSet', "['zeppelin', 'comp']")
    assert uuid in found and found.count("'") == 2, found
    assert ask('GetSubsearchResultSet', found[1:-3], "['zeppelin', 'company']") == found
    metas = ask('GetResultMetas', found[1:-3])
    for part in ("'name': <'Searched for'>", "'description': <'Ask the Zeppelin company'>", "'icon'"):
        assert part in metas, metas
    assert ask('GetResultMetas', "['made up', 'note\x1fhalf']") == '(@aa{sv} [],)\n'
    assert not program.windows(), 'searching has opened a window'

    ask('ActivateResult', "'made up'", "['zeppelin']", '0')
    ask('ActivateResult', found[2:-4], "['zeppelin']", '0')
    wait_for('the article', lambda: program.windows() == ['Searched for'])
    ask('LaunchSearch', "['zeppelin']", '0')
    wait_for('all notes', lambda: len(program.windows()) == 2)
    quit_it()


def other_formats_open():
    """Books, documents and mail: read by the installed worker, which is confined."""
    body = 'The mayor, Delphine Okonjo, spoke to the BBC on Monday.'
    program = Activated()
    for write_it in (write_docx, write_epub, write_mail, write_pdf):
        title = 'Opened from ' + write_it.__name__[len('write_'):]
        quit_it()
        bus_open(write_it(title, body))
        wait_for(title, lambda title=title: program.windows() == [title])
        program.wait('Delphine Okonjo…', 'list item')
    quit_it()


if len(sys.argv) == 4:
    desktop.need('gio', 'gdbus', 'gapplication', 'meson', 'ninja', 'update-desktop-database')
    installed = install(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
    for variable in ('DRAMATIS_BUILD_ROOT', 'DRAMATIS_MODEL', 'GSETTINGS_SCHEMA_DIR'):
        os.environ.pop(variable, None)
    # The bus reads its service folders when it starts, which run-ui does.
    os.environ['XDG_DATA_DIRS'] = f'{installed}/share:/usr/local/share:/usr/share'
    os.environ['PATH'] = f'{installed}/bin:{os.environ["PATH"]}'
    os.execv(sys.argv[3], [sys.argv[3], sys.executable, '-B', os.path.abspath(__file__)])

subprocess.run(['gio', 'mime', 'text/plain', APP + '.desktop'], check=True,
               stdout=subprocess.DEVNULL)
tap.run(gio_open_gives_a_window, the_bus_gives_a_window, activation_gives_an_empty_window,
        the_search_of_the_desktop_finds_notes, other_formats_open, a_command_line_reaches_the_running_one)
