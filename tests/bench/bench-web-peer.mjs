// bench-web-peer.mjs: Readability over linkedom on the pages of a folder, timed in the process.
//
//   node bench-web-peer.mjs FOLDER-OF-PACKAGES FOLDER-OF-PAGES
//
// Prints the milliseconds of CPU time a page takes, after one round to warm up.
//
// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [, , packages, folder] = process.argv;
const require = createRequire(resolve(packages, 'x.js'));
const { Readability } = require('@mozilla/readability');
const { parseHTML } = require('linkedom');
const pages = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

function run() {
  let length = 0;
  for (const page of pages) {
    try {
      const article = new Readability(parseHTML(page).document).parse();
      length += article ? article.textContent.length : 0;
    } catch (error) {
      // Pages it cannot read count with the time they took.
    }
  }
  return length;
}

run();
const start = process.cpuUsage();
const length = run();
const used = process.cpuUsage(start);
console.log(`${(used.user + used.system) / 1000 / pages.length} ${length}`);
