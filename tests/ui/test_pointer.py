"""test_pointer.py: the real pointer over the text: ticks, names, links.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import subprocess
import sys
import time

import desktop
from desktop import wait_for
import tap

from gi.repository import Atspi

DRAMATIS = sys.argv[1]


def write(name, content):
    path = os.path.join(desktop.WORK, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(content)
    return path


def article():
    filler = ''.join(f'Paragraph {i} is about ropes, cranes and the price of ice, and it is '
                     'as long as such a paragraph has to be.\n\n' for i in range(120))
    return ('Harbour Chief Steps Down\n\nBy Nora Whitlock\n\n'
            'Tobias Renwick, who has led the Ellery Harbour Authority since 2017, said that he '
            f'was leaving at once.\n\n{filler}'
            'President Delphine Okonjo said that Tobias Renwick had served the port well.\n\n'
            f'{filler}Tobias Renwick did not answer questions.\n')


def click(x, y):
    subprocess.run(['xdotool', 'mousemove', str(x), str(y)], check=True)
    time.sleep(0.3)
    subprocess.run(['xdotool', 'click', '1'], check=True)
    time.sleep(0.2)


def ticks():
    """Selects a name and clicks down the strip until the walk stands on its second mention."""
    program = desktop.Program(write('pointer.txt', article()), command=DRAMATIS)
    try:
        program.wait('Harbour Chief Steps Down', 'frame')
        program.wait('Tobias Renwick…', 'list item')
        desktop.key('alt+1')
        desktop.key('ctrl+l')
        desktop.text('Tobias')
        desktop.key('Return')
        program.wait('1 of 3', 'label')
        text = program.wait('Article text')
        place = text.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        # From 4.10 on GTK counts from the inside of the window's border.
        frame = program.find('Harbour Chief Steps Down', 'frame')
        frame = frame.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        right = place.x - frame.x + place.width - 5
        middle = place.y - frame.y + place.height // 2
        # Its place to a few pixels; a miss is a click on the scroll bar, so go back first.
        found = False
        for offset in range(-18, 19, 3):
            desktop.key('ctrl+Home')
            click(right, middle + offset)
            if program.find('2 of 3', 'label'):
                found = True
                break
        assert found, 'no click beside the scroll bar went to the second mention'
        desktop.key('ctrl+q')
        program.finish()
    finally:
        program.stop()


desktop.need('xdotool')
tap.run(ticks)
