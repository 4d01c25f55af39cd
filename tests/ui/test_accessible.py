"""test_accessible.py PROGRAM: what a screen reader finds in every state of the windows.

PROGRAM is test-reach with --show, which shows the states one by one.  In each the AT-SPI tree
is walked: every control has a name that people gave it, and takes the keyboard.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import subprocess
import sys

import desktop
from desktop import Atspi, GLib, wait_for
import tap

PROGRAM = sys.argv[1]
# What can be acted on; GTK 4.18 has other names for some.
CONTROLS = {'push button', 'button', 'toggle button', 'check box', 'radio button', 'combo box',
            'entry', 'text', 'spin button', 'slider', 'menu item', 'check menu item',
            'radio menu item', 'list item', 'page tab', 'switch', 'link'}
# Windows that GTK and libadwaita fill by themselves, in 4.8 without names.
TOOLKIT = ('shortcuts', 'about')
# Shown already, with other words in them or other sizes; a walk takes seconds.
ALIKE = ('all notes, narrow', 'preferences, narrow', 'no results', 'named together',
         'empty, menus', 'all notes, menus', 'passage selected')
TYPE = re.compile(r'^(Gtk|Adw|Dra|Gdk)[A-Z]\w+$')


class States:
    """The program that shows the states; each as the root that AT-SPI has of it."""

    def __init__(self):
        env = dict(os.environ, GTK_A11Y='atspi')
        if 'ASAN_OPTIONS' in env:
            env['ASAN_OPTIONS'] += ':detect_leaks=0'
        self.process = subprocess.Popen([PROGRAM, '--show'], env=env, text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __iter__(self):
        for line in self.process.stdout:
            if line.startswith('STATE '):
                yield line[6:].strip()
                self.process.stdin.write('\n')
                self.process.stdin.flush()

    def application(self):
        root = Atspi.get_desktop(0)
        for i in range(root.get_child_count()):
            child = root.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def said_by_label(item):
    """What the label that names item says: how GTK 4.18 names the lines of menus."""
    for relation in item.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            label = relation.get_target(0)
            return Atspi.Text.get_text(label, 0, Atspi.Text.get_character_count(label))
    return ''


def problems(item, above, state, found, counts):
    """Walks the tree below item; above is whether what it stands in takes the keyboard."""
    try:
        role, name, states = item.get_role_name(), item.get_name() or '', item.get_state_set()
        count = item.get_child_count()
    except GLib.Error:  # gone meanwhile
        return
    if role not in ('application', 'frame') and not states.contains(Atspi.StateType.VISIBLE):
        return
    focusable = states.contains(Atspi.StateType.FOCUSABLE)
    if role in CONTROLS and desktop.on_screen(item):
        counts[role] = counts.get(role, 0) + 1
        name = name or said_by_label(item)
        if not name.strip() or TYPE.match(name):
            found.setdefault(f'{role} “{name}” has no name', state)
        if states.contains(Atspi.StateType.SENSITIVE) and not (above or focusable or below(item)):
            found.setdefault(f'{role} “{name}” does not take the keyboard', state)
    # A row says all that is in it; the text of the article holds no controls but the notes.
    # A combo box shows its choice as a list of one, which is no control.
    whole = role in ('list item', 'push button', 'menu item') or name and role == 'combo box'
    for i in range(0 if whole else count):
        child = item.get_child_at_index(i)
        if child is not None:
            problems(child, above or (focusable and role in CONTROLS), state, found, counts)


def below(item, depth=3):
    """Whether a part of item takes the keyboard for it."""
    for i in range(item.get_child_count() if depth else 0):
        child = item.get_child_at_index(i)
        if child is not None and (child.get_state_set().contains(Atspi.StateType.FOCUSABLE)
                                  or below(child, depth - 1)):
            return True
    return False


def every_control_has_a_name_and_keys():
    found, counts, seen = {}, {}, set()
    states = States()
    try:
        for state in states:
            application = wait_for('the program in the registry', states.application)
            if state in TOOLKIT or state in ALIKE or state in seen:
                continue
            seen.add(state)
            problems(application, False, state, found, counts)
    finally:
        states.stop()
    print(f'# {len(seen)} states: {counts}')
    assert states.process.returncode == 0, f'the program ended with {states.process.returncode}'
    assert len(seen) > 15 and sum(counts.values()) > 200, (seen, counts)
    tap.none([f'{problem} ({state})' for problem, state in found.items()])


desktop.need()
tap.run(every_control_has_a_name_and_keys)
