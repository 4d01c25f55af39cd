"""desktop.py: the program as the desktop sees it: real keys, and what a screen reader reads.

Keys go through the X server (xdotool), what is on the screen is read through AT-SPI.  Run
under run-ui.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'project'))
import tap  # noqa: E402

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    Atspi = None

WORK = os.environ.get('DRA_TEST_DIR', '')
TIMEOUT = 120  # seconds; a busy machine is slow, a wrong program never gets there


def need(*programs):
    """Skip the whole test where it cannot run."""
    missing = [name for name in programs if shutil.which(name) is None]
    if Atspi is None:
        missing.append('python3-gi with gir1.2-atspi-2.0')
    if missing:
        print('1..0 # SKIP not installed: ' + ', '.join(missing))
        sys.exit(0)


def wait_for(what, check, timeout=TIMEOUT):
    """The first true value of check(), or a failure that says what was waited for."""
    until = time.monotonic() + timeout
    while True:
        try:
            value = check()
        except GLib.Error:  # the object went away while it was being read
            value = None
        if value:
            return value
        if time.monotonic() > until:
            raise AssertionError(f'waited {timeout} s for {what}')
        time.sleep(0.05)


def never(what, check, seconds=0.7):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            assert not check(), what
        except GLib.Error:
            pass
        time.sleep(0.05)


def on_screen(item):
    """GTK 4.8 tells no "showing" state, but what is not on the screen has no width."""
    component = item.get_component_iface()
    return component is not None and component.get_extents(Atspi.CoordType.WINDOW).width > 0


def key(*keys):
    for name in keys:
        subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)
        time.sleep(0.08)


def text(string):
    subprocess.run(['xdotool', 'type', '--delay', '12', string], check=True)
    time.sleep(0.1)


class Program:
    """One running dramatis."""

    process = None  # what is known only of one that was started here

    def __init__(self, *arguments, command='dramatis'):
        self.log = open(os.path.join(WORK, 'stderr.log'), 'w+b')
        # Leaks are looked for in process (test-window, test-article-view): GTK's own can only
        # be told apart here by whole stacks, which make the program too slow to type into.
        env = dict(os.environ)
        if 'ASAN_OPTIONS' in env:
            env['ASAN_OPTIONS'] += ':detect_leaks=0'
        self.process = subprocess.Popen([command, *arguments], stderr=self.log, env=env)

    def application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def walk(self, root=None):
        """Everything on the screen, in tree order."""
        root = root or self.application()
        if root is None:
            return
        stack = [root]
        while stack:
            item = stack.pop()
            try:
                count = item.get_child_count()
                states = item.get_state_set()
            except GLib.Error:
                continue
            if item is not root and item.get_role_name() not in ('application', 'frame') \
                    and not states.contains(Atspi.StateType.VISIBLE):
                continue
            yield item
            for i in range(count - 1, -1, -1):
                child = item.get_child_at_index(i)
                if child is not None:
                    stack.append(child)

    def find(self, name, *roles):
        """What is showing under this name (all of it, or its start with a "…")."""
        for item in self.walk():
            own = item.get_name() or ''
            if roles and item.get_role_name() not in roles:
                continue
            if (own.startswith(name[:-1]) if name.endswith('…') else own == name) \
                    and on_screen(item):
                return item
        return None

    def wait(self, name, *roles):
        def look():
            status = self.process.poll() if self.process is not None else None
            assert status is None, f'dramatis ended with {status} before “{name}” was seen'
            return self.find(name, *roles)
        return wait_for(f'“{name}” on the screen', look)

    def wait_gone(self, name, *roles):
        wait_for(f'“{name}” to go from the screen', lambda: not self.find(name, *roles))

    def wait_pressed(self, name, pressed):
        button = self.wait(name)
        wait_for(f'“{name}” to be {"pressed" if pressed else "released"}',
                 lambda: button.get_state_set().contains(Atspi.StateType.PRESSED) == pressed)

    def focused(self):
        for item in self.walk():
            if item.get_state_set().contains(Atspi.StateType.FOCUSED):
                return item
        return None

    def wait_focus(self, what, check):
        return wait_for(f'the focus on {what}',
                        lambda: (lambda item: item is not None and check(item) and item)
                        (self.focused()))

    def finish(self, timeout=TIMEOUT):
        """Wait for the end; nothing may have been said on stderr that is not harmless."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError('dramatis did not end') from None
        self.log.seek(0)
        said = self.log.read().decode('utf-8', 'replace')
        self.log.close()
        bad = [line for line in said.splitlines()
               if 'CRITICAL' in line or 'WARNING' in line or 'ERROR' in line]
        assert status == 0, f'dramatis ended with {status}: {said}'
        assert not bad, '\n'.join(bad)

    def stop(self):
        """At the end of a test that may have failed: say what the program said."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not self.log.closed:
            self.log.seek(0)
            sys.stderr.write(self.log.read().decode('utf-8', 'replace'))
            self.log.close()
