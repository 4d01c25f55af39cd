// bench-peer.mjs: what compromise makes of a text, for bench-recognizer.
//
// node bench-peer.mjs FOLDER FILE REPEATS: FOLDER holds node_modules.  Prints the milliseconds
// of processor time of one pass over the text of FILE to its people and organizations, and how
// many mentions there were.
//
// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, file, repeats] = process.argv.slice(2);
const nlp = createRequire(resolve(folder, 'x.js'))('compromise');
const text = readFileSync(file, 'utf8');
let found = 0;

nlp('Maria Delgado works for Acme.').people().json(); // what is made at first use
const start = process.cpuUsage();
for (let i = 0; i < Number(repeats); i++) {
  const doc = nlp(text);

  found = doc.people().length + doc.organizations().length;
}
const used = process.cpuUsage(start);
console.log(`${((used.user + used.system) / 1000 / Number(repeats)).toFixed(2)} ${found}`);
