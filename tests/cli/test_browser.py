"""test_browser.py: an annotated copy as a browser shows it, and as HTML Tidy reads it.

Chromium is driven through its DevTools pipe: the page itself may run nothing.  In a wide
window each note stands beside its passage, in a narrow one below the article; nothing is
asked of the network, nothing is said on the console, and it prints.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'project'))
import tap  # noqa: E402

CLI = os.environ['DRAMATIS_CLI']
FOLDER = tempfile.TemporaryDirectory(prefix='dramatis-test-')
COPY = os.path.join(FOLDER.name, 'copy.html')
# Passages of the sample, with what a note on each says; two of them close together.
NOTES = [('resigned on Monday', 'Which **Monday**?\n\n- the 5th\n- the 12th\n\n> before the vote'),
         ('two-sentence letter', 'Get the letter; see [the council](https://example.org/minutes).'),
         ('so that the', ''),
         ('nine empty folders', 'A long remark. ' * 20)]


def make_copy():
    """The annotated copy of a sample, with notes."""
    if os.path.exists(COPY):
        return
    notes = [{'@context': 'http://www.w3.org/ns/anno.jsonld', 'type': 'Annotation',
              'id': f'urn:uuid:00000000-0000-4000-8000-00000000000{i}',
              'body': {'type': 'TextualBody', 'value': body} if body else [],
              'target': {'source': 'urn:x', 'selector': {'type': 'TextQuoteSelector', 'exact': exact}}}
             for i, (exact, body) in enumerate(NOTES)]
    path = os.path.join(FOLDER.name, 'notes.jsonld')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'@graph': notes}, file)
    env = dict(os.environ, XDG_DATA_HOME=os.path.join(FOLDER.name, 'data'))
    subprocess.run([CLI, 'annotate', os.path.join(tap.ROOT, 'data', 'samples', 'harbour.txt'),
                    '--notes', path, '-o', COPY], check=True, env=env)


class Browser:
    """A headless Chromium with one page."""

    def __init__(self, program):
        there, self.writer = os.pipe()
        self.reader, back = os.pipe()
        self.buffer = b''
        self.events = []
        self.number = 0
        self.process = subprocess.Popen(
            ['/bin/sh', '-c', f'exec "$@" 3<&{there} 4>&{back}', 'browser', program, '--headless=new',
             '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
             '--disable-background-networking', '--disable-component-update', '--disable-sync',
             '--remote-debugging-pipe', '--user-data-dir=' + os.path.join(FOLDER.name, 'profile'),
             'about:blank'],
            pass_fds=(there, back), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=FOLDER.name))
        os.close(there)
        os.close(back)
        self.session = None
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(domain + '.enable')

    def receive(self):
        while b'\0' not in self.buffer:
            part = os.read(self.reader, 1 << 16)
            assert part, 'the browser has ended'
            self.buffer += part
        message, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if self.session is not None:
            message['sessionId'] = self.session
        os.write(self.writer, json.dumps(message).encode() + b'\0')
        while True:
            answer = self.receive()
            if answer.get('id') == self.number:
                assert 'error' not in answer, answer['error']
                return answer['result']
            self.events.append(answer)

    def show(self, path, width, height=900):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 500)
        self.events.clear()
        self.call('Page.navigate', url='file://' + path)
        while not any(event.get('method') == 'Page.loadEventFired' for event in self.events):
            self.events.append(self.receive())

    def evaluate(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True)
        assert 'exceptionDetails' not in result, result
        return result['result']['value']

    def said(self):
        """What came on the console, and whatever was asked for but the file itself."""
        found = []
        for event in self.events:
            method = event.get('method')
            if method in ('Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'):
                found.append(json.dumps(event['params']))
            elif method == 'Network.requestWillBeSent':
                url = event['params']['request']['url']
                if url != 'file://' + COPY and not url.startswith('data:'):
                    found.append('asked for ' + url)
        return found

    def stop(self):
        os.close(self.writer)
        self.process.kill()
        self.process.wait()
        os.close(self.reader)


PLACES = '''[...document.querySelectorAll('.side')].map(side => {
  const box = side.getBoundingClientRect();
  const ref = side.previousElementSibling.getBoundingClientRect();
  const text = document.querySelector('article').getBoundingClientRect();
  return {shown: getComputedStyle(side).display !== 'none', top: box.top, bottom: box.bottom, left: box.left,
          right: box.right, ref: ref.top, end: text.right};
})'''
LIST = '''({scroll: document.documentElement.scrollWidth, window: innerWidth,
  article: document.querySelector('article').getBoundingClientRect().bottom,
  notes: [...document.querySelectorAll('#notes li')].map(note => {
    const box = note.getBoundingClientRect();
    return {top: box.top, height: box.height, left: box.left, right: box.right};
  })})'''


def browser():
    program = next((found for found in map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))
                    if found), None)
    if program is None:
        raise tap.Skip('Chromium is not installed')
    make_copy()
    return Browser(program)


def notes_stand_beside_their_passages():
    page = browser()
    try:
        page.show(COPY, 1200)
        sides = page.evaluate(PLACES)
        assert len(sides) == 3, sides  # a highlight without words has no card
        for above, side in zip([None] + sides, sides):
            assert side['shown'] and side['left'] >= side['end'] and side['right'] <= 1200, side
            # Beside the passage, or below the note that is in the way.
            near = abs(side['top'] - side['ref']) < 40
            assert near or (above is not None and side['top'] - above['bottom'] < 40), side
            assert above is None or side['top'] >= above['bottom'], (above, side)
        assert page.evaluate(LIST)['scroll'] <= 1200
        tap.none(page.said())
    finally:
        page.stop()


def notes_stand_below_on_a_telephone():
    page = browser()
    try:
        page.show(COPY, 400)
        assert not any(side['shown'] for side in page.evaluate(PLACES))
        found = page.evaluate(LIST)
        assert found['scroll'] <= found['window'] == 400, found
        shown = [note for note in found['notes'] if note['height'] > 0]
        assert len(shown) == len(NOTES), found
        for note in shown:
            assert note['top'] > found['article'] and note['left'] >= 0 and note['right'] <= 400, note
        tap.none(page.said())
    finally:
        page.stop()


def it_prints():
    page = browser()
    try:
        page.show(COPY, 1200)
        printed = base64.b64decode(page.call('Page.printToPDF')['data'])
        assert printed.startswith(b'%PDF-') and printed.rstrip().endswith(b'%%EOF')
        if shutil.which('pdftotext') is not None:
            text = subprocess.run(['pdftotext', '-', '-'], input=printed, capture_output=True, check=True).stdout
            for words in ('Harbour Chief', 'Which Monday?', 'Get the letter'):
                assert words in text.decode(), words
    finally:
        page.stop()


def tidy_has_nothing_to_say():
    if shutil.which('tidy') is None:
        raise tap.Skip('tidy is not installed')
    make_copy()
    done = subprocess.run(['tidy', '-q', '-e', '-utf8', '--drop-empty-elements', 'no', COPY],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


tap.run(notes_stand_beside_their_passages, notes_stand_below_on_a_telephone, it_prints, tidy_has_nothing_to_say)
