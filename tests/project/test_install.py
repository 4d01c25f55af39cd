"""test_install.py: what the build hands to the system, and what its programs rely on.

Reads what meson says of the build and what the linker wrote into the programs; installs
nothing.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import re
import subprocess

import tap

BUILD = os.environ['DRAMATIS_BUILD_ROOT']
APP = 'io.github.dramatis.Dramatis'
PROMISED = [
    'bin/dramatis',
    'bin/dramatis-cli',
    f'share/applications/{APP}.desktop',
    f'share/dbus-1/services/{APP}.service',
    f'share/glib-2.0/schemas/{APP}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{APP}.svg',
    f'share/icons/hicolor/symbolic/apps/{APP}-symbolic.svg',
    f'share/metainfo/{APP}.metainfo.xml',
    'share/dramatis/model/english.model',
    'share/dramatis/model/ATTRIBUTION',
    'share/dramatis/help/en.md',
    'share/dramatis/help/sample.md',
    'share/man/man1/dramatis.1',
    'share/man/man1/dramatis-cli.1',
    'libexec/dramatis/dramatis-worker',
    'libexec/dramatis/dramatis-worker-all',
]
# Pango and cairo set the pages of a PDF, which needs none.
TOOLKIT = re.compile(r'^lib(gtk|gdk|gsk|adwaita|X11|wayland)')
# What parses files belongs into the worker.
PARSERS = re.compile(r'^lib(xml2|archive|gmime|cmark|poppler)')
# Whatever could open a connection.  Links the reader clicks go to the browser.
NETWORK = re.compile(r'^(socket|connect|bind|listen|sendto|getaddrinfo|gethostbyname\w*|res_\w+|'
                     r'g_socket_\w+|g_tcp_\w+|g_resolver_\w+|g_network_\w+|g_tls_\w+|'
                     r'g_inet_\w+|soup_\w+|curl_\w+|webkit_\w+|'
                     # These of libxml2 fetch what an address names.
                     r'xmlNanoHTTP\w*|xmlNanoFTP\w*|(xml|html)ReadFile|(xml|html)ParseFile|'
                     r'xmlNewTextReaderFilename)$')


def described(what):
    """One of meson's descriptions of the build."""
    with open(os.path.join(BUILD, 'meson-info', f'intro-{what}.json'), encoding='utf-8') as file:
        return json.load(file)


def programs():
    """{name: path} of the programs that are installed."""
    found = {t['name']: t['filename'][0] for t in described('targets')
             if t['type'] == 'executable' and t['installed']}
    assert {'dramatis', 'dramatis-cli'} <= set(found), f'programs installed: {sorted(found)}'
    return found


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def everything_promised_is_installed():
    # Multiarch and other prefixes only change what stands before these.
    places = list(described('installed').values())
    tap.none([f'{path} is not installed' for path in PROMISED
              if not any(place.endswith('/' + path) for place in places)])


def nothing_else_is_installed():
    """Training, tests and internal libraries stay in the build folder."""
    places = described('installed').values()
    tap.none([f'{place} is installed' for place in places
              if re.search(r'/(lib[^/]*\.a|test-|bench-|fuzz-|[^/]*train[^/]*$|include/)', place)])


def libraries_of(path):
    """What a program asks for itself: a toolkit may load whatever it likes."""
    return re.findall(r'\(NEEDED\).*\[(.*?)\]', output('readelf', '-d', path))


def command_line_needs_no_toolkit():
    needed = libraries_of(programs()['dramatis-cli'])
    assert any(name.startswith('libglib-2.0') for name in needed), f'unlikely list: {needed}'
    tap.none([f'dramatis-cli is linked to {name}' for name in needed if TOOLKIT.match(name)])


def only_the_worker_parses():
    problems = []
    for name, path in programs().items():
        libraries = libraries_of(path)
        found = [library for library in libraries if PARSERS.match(library)]
        if name.startswith('dramatis-worker'):
            assert found, f'{name} is linked to no parser: {libraries}'
        else:
            problems += [f'{name} loads {library}' for library in found]
    tap.none(problems)


def nothing_is_taken_from_others():
    """All types can be opened with Dramatis, and it is the default for none of them."""
    desktop = tap.read(f'data/{APP}.desktop.in')
    assert 'InitialPreference' not in desktop
    types = re.search(r'^MimeType=(.*);$', desktop, re.MULTILINE).group(1).split(';')
    rows = tap.read('src/readers/dra-reader-rows.c') + tap.read('src/readers/dra-text-reader.c')
    read = set(re.findall(r'"((?:text|application|multipart|message)/[^"]+)"', rows))
    assert len(read) > 20, f'only {len(read)} types found'
    tap.none([f'{name} is not in the desktop entry' for name in sorted(read - set(types))])
    tap.none([f'{place} sets defaults' for place in described('installed').values()
              if re.search(r'mimeapps\.list|defaults\.list|mimeinfo\.cache', place)])


def no_program_can_use_the_network():
    problems = []
    for name, path in programs().items():
        symbols = [line.split()[-1].split('@')[0]
                   for line in output('nm', '-D', '--undefined-only', path).splitlines()]
        assert 'g_object_unref' in symbols or 'g_free' in symbols, f'{name}: no symbols read'
        problems += [f'{name} calls {symbol}' for symbol in symbols if NETWORK.match(symbol)]
    tap.none(problems)


tap.run(everything_promised_is_installed, nothing_else_is_installed,
        command_line_needs_no_toolkit, only_the_worker_parses, nothing_is_taken_from_others,
        no_program_can_use_the_network)
