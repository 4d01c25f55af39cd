"""test_keyboard.py: the whole path of an article by keyboard alone.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import sys

import desktop
from desktop import key, text, wait_for
import tap

DRAMATIS = sys.argv[1]
ARTICLE = '''Harbour Chief Steps Down

By Nora Whitlock

The director of the Ellery Harbour Authority resigned on Monday. Tobias Renwick, who has led the Ellery Harbour Authority (EHA) since 2017, said that he was leaving at once.

President Delphine Okonjo said that Renwick had served the port well. "I thank Tobias Renwick," Okonjo told the council. The EHA did not answer questions.
'''


def write(name, content):
    path = os.path.join(desktop.WORK, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(content)
    return path


def is_row(item):
    return item.get_role_name() in ('list item', 'table row')


def the_whole_path():
    """Opens, walks, filters, finds, writes a note, undoes, saves, quits, opens the copy."""
    source = write('harbour.txt', ARTICLE)
    copy = os.path.join(desktop.WORK, 'by keyboard.html')
    program = desktop.Program(source, command=DRAMATIS)
    try:
        program.wait('Harbour Chief Steps Down', 'frame')
        program.wait('Tobias Renwick…', 'list item')

        # The sidebar goes and comes.
        program.wait_pressed('Show sidebar', True)
        key('F9')
        program.wait_pressed('Show sidebar', False)
        key('F9')
        program.wait_pressed('Show sidebar', True)

        # Into the list, down it, and from mention to mention.
        key('alt+1')
        program.wait_focus('a row of the list', is_row)
        row = None
        for _ in range(6):
            row = program.wait_focus('a row of the list', is_row)
            if row.get_name().startswith('Tobias Renwick'):
                break
            key('Down')
        assert row.get_name().startswith('Tobias Renwick'), row.get_name()
        assert row.get_name().endswith('3 mentions'), row.get_name()
        if not program.find('1 of 3', 'label'):
            key('Return')
        program.wait('1 of 3', 'label')
        key('F4')
        program.wait('2 of 3', 'label')
        key('ctrl+i')
        program.wait('Walk Through the Mentions')
        key('Escape')
        program.wait_gone('Walk Through the Mentions')
        key('ctrl+t')
        program.wait('Close the list')
        key('alt+3')
        program.wait('No Headings')
        key('alt+1')
        key('F4', 'F4')
        program.wait('1 of 3', 'label')
        key('shift+F4')
        program.wait('3 of 3', 'label')
        key('Escape')
        program.wait_gone('3 of 3', 'label')

        # A name by filter, without its accents or case.
        key('ctrl+l')
        text('OKON')
        program.wait_gone('Tobias Renwick…', 'list item')
        key('Return')
        program.wait('1 of 2', 'label')
        key('ctrl+l', 'Escape')
        program.wait('Tobias Renwick…', 'list item')
        key('Escape', 'Escape')
        program.wait_gone('1 of 2', 'label')

        # Find in text.
        key('ctrl+f')
        text('harbour')
        program.wait('1 of 3', 'label')
        key('ctrl+g')
        program.wait('2 of 3', 'label')
        key('ctrl+shift+g', 'ctrl+shift+g')
        program.wait('3 of 3', 'label')
        key('Escape')
        program.wait_gone('3 of 3', 'label')

        # A note on the first words of the title.
        key('ctrl+Home', 'ctrl+shift+Right', 'ctrl+shift+Right', 'ctrl+m')
        program.wait_focus('the note', lambda item: item.get_name() == 'Text of the note')
        text('Written by keyboard')
        key('ctrl+shift+Left', 'ctrl+i')
        key('Escape')
        program.wait_focus('the note no longer',
                           lambda item: item.get_name() != 'Text of the note')
        key('alt+2')
        program.wait('Note on “Harbour Chief”: Written by keyboard', 'list item')
        key('Escape')
        key('ctrl+z')
        program.wait('Highlight: “Harbour Chief”', 'list item')
        key('ctrl+shift+z')
        program.wait('Note on “Harbour Chief”: Written by keyboard', 'list item')

        # A colour by its number, on the last words, and gone again.
        program.wait_gone('Highlight: “answer questions.”', 'list item')
        key('Escape', 'ctrl+End', 'ctrl+shift+Left', 'ctrl+shift+Left', '2')
        program.wait('Highlight: “answer questions.”', 'list item')
        key('ctrl+z')
        program.wait_gone('Highlight: “answer questions.”', 'list item')

        # The copy.
        key('ctrl+s')
        wait_for('the dialog', lambda: (lambda item: item is not None and
                                        item.get_role_name() in ('text', 'entry'))
                 (program.focused()))
        key('ctrl+a')
        text(copy)
        key('Return')
        wait_for('the copy on disk', lambda: os.path.exists(copy))
        with open(copy, encoding='utf-8') as file:
            assert '"Written by *keyboard*"' in file.read()
        program.wait('Saved “by keyboard.html”')
        key('ctrl+q')
        program.finish()
    finally:
        program.stop()

    with open(source, encoding='utf-8') as file:
        assert file.read() == ARTICLE, 'the article was changed'

    program = desktop.Program(copy, command=DRAMATIS)
    try:
        program.wait('Harbour Chief Steps Down', 'frame')
        key('alt+2')
        program.wait('Note on “Harbour Chief”: Written by keyboard', 'list item')
        key('ctrl+w')
        program.finish()
    finally:
        program.stop()


desktop.need('xdotool')
tap.run(the_whole_path)
