"""test_ci.py: .ci/setup and .ci/summary, tried on machines and logs made up for it.

The machine is a folder of stub programs put first on PATH: what dpkg-query answers is
chosen, what apt-get is asked is recorded, and nothing is installed.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import re
import shutil
import subprocess
import tempfile

import tap

SETUP = os.path.join(tap.ROOT, '.ci', 'setup')
SUMMARY = os.path.join(tap.ROOT, '.ci', 'summary')


def packages(*groups):
    done = subprocess.run([SETUP, '--list', *groups], capture_output=True, text=True, check=True)
    return done.stdout.split()


def setup(missing=(), user=0, sudo=None, broken=(), arguments=(), debian=True):
    """Run setup on a made-up machine; gives the process and the apt-get calls."""
    with tempfile.TemporaryDirectory(prefix='dramatis-test-') as folder:
        calls = os.path.join(folder, 'calls')
        stubs = {
            'id': f'echo {user}',
            # As the real one: a line for each package, an error for one never heard of.
            'dpkg-query': 'rc=0; shift 2\nfor p in "$@"; do case " $MISSING " in\n'
                          '*" $p "*) echo "no packages found matching $p" >&2; rc=1 ;;\n'
                          '*) echo "ii :$p" ;; esac; done; exit $rc',
            'apt-get': f'echo "$DEBIAN_FRONTEND $*" >>{calls}\n'
                       'for w in "$@"; do case " $BROKEN " in *" $w "*) exit 100;; esac; done',
        }
        if not debian:
            del stubs['dpkg-query']
        if sudo is not None:
            stubs['sudo'] = f'[ "$1" = -n ] && shift; {sudo}; exec "$@"'
        for name, text in stubs.items():
            path = os.path.join(folder, name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(f'#!/bin/sh\n{text}\n')
            os.chmod(path, 0o755)
        for name in ('sh', 'env', 'true'):
            os.symlink(shutil.which(name), os.path.join(folder, name))
        done = subprocess.run(
            [SETUP, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, timeout=60,
            env={'PATH': folder, 'MISSING': ' '.join(missing), 'BROKEN': ' '.join(broken)})
        asked = []
        if os.path.exists(calls):
            with open(calls, encoding='utf-8') as file:
                asked = file.read().splitlines()
        return done, asked


def setup_does_nothing_where_all_is_there():
    done, asked = setup()
    assert done.returncode == 0 and not asked, (done, asked)
    assert done.stdout == done.stderr == '', done
    done, asked = setup(user=1000)
    assert done.returncode == 0 and not asked, (done, asked)


def setup_installs_what_is_missing():
    done, asked = setup(missing=['librsvg2-common', 'meson'])
    assert done.returncode == 0, done
    assert len(asked) == 2 and all(call.startswith('noninteractive ') for call in asked), asked
    assert asked[0].split()[-1] == 'update', asked
    words = asked[1].split()
    assert 'install' in words and '--yes' in words, asked
    assert words[-2:] == ['meson', 'librsvg2-common'], asked


def setup_asks_for_one_group_only():
    done, asked = setup(missing=['xvfb'], arguments=['build', 'look'])
    assert done.returncode == 0 and not asked, (done, asked)
    done, asked = setup(missing=['xvfb'], arguments=['display'])
    assert done.returncode == 0 and asked[-1].endswith(' xvfb'), (done, asked)
    done, asked = setup(arguments=['everything'])
    assert done.returncode == 2 and 'everything' in done.stderr, done


def setup_goes_on_without_new_lists():
    done, asked = setup(missing=['gcc'], broken=['update'])
    assert done.returncode == 0 and len(asked) == 2, (done, asked)
    done, asked = setup(missing=['gcc'], broken=['install'])
    assert done.returncode == 1 and 'could not be installed: gcc' in done.stderr, done


def setup_uses_sudo_or_says_why_not():
    done, asked = setup(missing=['gcc'], user=1000, sudo='true')
    assert done.returncode == 0 and len(asked) == 2, (done, asked)
    assert asked[1].startswith('noninteractive '), asked
    done, asked = setup(missing=['gcc'], user=1000, sudo='exit 1')
    assert done.returncode == 1 and not asked, (done, asked)
    assert 'apt-get install gcc' in done.stderr, done
    done, asked = setup(missing=['gcc'], user=1000)
    assert done.returncode == 1 and not asked and 'no sudo' in done.stderr, (done, asked)
    assert len(done.stderr.splitlines()) == 1, done


def setup_says_so_where_it_is_not_debian():
    done, asked = setup(debian=False)
    assert done.returncode == 0 and not asked and 'not Debian' in done.stderr, (done, asked)


def each_package_is_listed_once():
    listed = packages()
    assert len(listed) == len(set(listed)) and 'libgtk-4-dev' in listed, listed
    parts = [p for group in ('build', 'look', 'display', 'test') for p in packages(group)]
    assert sorted(parts) == sorted(listed), 'the groups do not add up to the whole'


def each_dependency_has_its_package():
    """What meson.build looks for and what .ci/setup installs are one list."""
    files = {'glib-2.0': 'libglib2.0-dev', 'gobject-2.0': 'libglib2.0-dev',
             'gio-2.0': 'libglib2.0-dev', 'gio-unix-2.0': 'libglib2.0-dev',
             'gtk4': 'libgtk-4-dev', 'libadwaita-1': 'libadwaita-1-dev',
             'sqlite3': 'libsqlite3-dev', 'json-glib-1.0': 'libjson-glib-dev',
             'uchardet': 'libuchardet-dev', 'libxml-2.0': 'libxml2-dev',
             'libseccomp': 'libseccomp-dev', 'libarchive': 'libarchive-dev',
             'libcmark-gfm': 'libcmark-gfm-dev', 'gmime-3.0': 'libgmime-3.0-dev',
             'poppler-glib': 'libpoppler-glib-dev',
             'pangocairo': 'libpango1.0-dev', 'cairo-pdf': 'libcairo2-dev',
             'gdk-pixbuf-2.0': 'libgdk-pixbuf-2.0-dev',
             'speech-dispatcher': 'libspeechd-dev', 'dl': 'libc6-dev'}
    build = packages('build')
    names = re.findall(r"\bdependency\('([^']+)'", tap.read('meson.build'))
    assert names, 'meson.build names no dependency'
    for name in names:
        assert name in files, f'{name}: which package of .ci/setup is it from?'
        assert files[name] in build, f'{name}: .ci/setup does not install {files[name]}'


def summary(*arguments, logs=()):
    """Run summary on logs given as lists of (result, output); gives code, last line, all."""
    with tempfile.TemporaryDirectory(prefix='dramatis-test-') as folder:
        paths = []
        for number, entries in enumerate(logs):
            paths.append(os.path.join(folder, f'{number}.json'))
            with open(paths[-1], 'w', encoding='utf-8') as file:
                for result, output in entries:
                    json.dump({'name': 'dramatis:x / x', 'result': result, 'stdout': output}, file)
                    file.write('\n')
        done = subprocess.run([SUMMARY, *arguments, *paths], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stdout.splitlines()[-1], done.stdout


def summary_counts():
    flat = 'TAP version 13\n# random seed: x\n1..3\nok 1 /a/b\nok 2 /a/c # SKIP no shared data\n'
    nested = ('TAP version 14\n# Subtest: a\n    # Subtest: b\n        ok 1 one\n        ok 2 two\n'
              '        1..2\n    ok 1 b\n    ok 2 three\n    1..2\nok 1 a\nok 2 four\n1..2\n')
    cases = [
        ([[('OK', flat + 'ok 3 /a/d\n')]], '2 passed, 0 failed, 1 skipped', 0),
        ([[('FAIL', flat + 'not ok 3 /a/d\n')]], '1 passed, 1 failed, 1 skipped', 1),
        ([[('OK', nested)]], '4 passed, 0 failed, 0 skipped', 0),
        ([[('FAIL', nested.replace('ok 2 two', 'not ok 2 two')
            .replace('ok 1 b', 'not ok 1 b').replace('ok 1 a', 'not ok 1 a'))]],
         '3 passed, 1 failed, 0 skipped', 1),
        ([[('OK', 'plain program')]], '1 passed, 0 failed, 0 skipped', 0),
        ([[('FAIL', 'ok 1 is not TAP without a plan')]], '0 passed, 1 failed, 0 skipped', 1),
        # A crash or a leak after all cases passed is a failure all the same.
        ([[('ERROR', flat + 'ok 3 /a/d\n')]], '2 passed, 1 failed, 1 skipped', 1),
        ([[('TIMEOUT', '')]], '0 passed, 1 failed, 0 skipped', 1),
        ([[('SKIP', '')]], '0 passed, 0 failed, 1 skipped', 1),
        ([[('OK', '')], [('OK', ''), ('FAIL', '')]], '2 passed, 1 failed, 0 skipped', 1),
        ([[]], '0 passed, 1 failed, 0 skipped', 1),
    ]
    for logs, line, code in cases:
        got = summary(logs=logs)
        assert got[:2] == (code, line), f'{logs} gave {got}'


def summary_counts_what_never_ran():
    code, line, text = summary('--failed', 'build-of-x', logs=[[('OK', '')]])
    assert (code, line) == (1, '1 passed, 1 failed, 0 skipped') and 'build-of-x' in text, text
    code, line, text = summary('/nowhere/testlog.json')
    assert (code, line) == (1, '0 passed, 1 failed, 0 skipped') and '/nowhere' in text, text
    code, line, _ = summary()
    assert (code, line) == (1, '0 passed, 0 failed, 0 skipped'), line
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        file.write('{"name": "x", "result": "OK"}\n{"name": "y", "res')
        file.flush()
        code, line, _ = summary(file.name)
        assert (code, line) == (1, '1 passed, 1 failed, 0 skipped'), line


tap.run(setup_does_nothing_where_all_is_there, setup_installs_what_is_missing,
        setup_asks_for_one_group_only, setup_goes_on_without_new_lists,
        setup_uses_sudo_or_says_why_not, setup_says_so_where_it_is_not_debian,
        each_package_is_listed_once, each_dependency_has_its_package, summary_counts,
        summary_counts_what_never_ran)
