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
        a_command_line_reaches_the_running_one)
