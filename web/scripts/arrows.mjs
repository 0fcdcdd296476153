// Which folder of src/ may import which. Arrows go down only; this script fails on any other import.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ALLOWED = {
  api: ['api'],
  i18n: ['api', 'i18n', 'lib'],
  lib: ['api', 'i18n', 'lib'],
  charts: ['api', 'i18n', 'lib', 'charts'],
  map: ['api', 'i18n', 'lib', 'map'],
  parts: ['api', 'i18n', 'lib', 'charts', 'parts'],
  pages: ['api', 'i18n', 'lib', 'charts', 'map', 'parts', 'pages'],
};
const LINES = 300;
const src = new URL('../src/', import.meta.url).pathname;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const wrong = [];
for (const path of files(src).filter((path) => /\.(ts|svelte)$/.test(path))) {
  const name = relative(src, path);
  const text = readFileSync(path, 'utf8');
  // One file each for the words of a language and for the shapes of the API, however long they get.
  const generatedOrWords = /^api\/(schema|types)\.ts$/.test(name) || /^i18n\/(zh|en)\.ts$/.test(name);
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  if (!generatedOrWords && lines > LINES) wrong.push(`${name}: ${lines} lines, over ${LINES}`);
  const folder = name.split('/')[0];
  const allowed = ALLOWED[folder];
  if (!allowed) continue;
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    const target = relative(src, resolve(dirname(path), match[1])).split('/')[0];
    if (!allowed.includes(target)) wrong.push(`${name}: may not import ${match[1]}`);
  }
}
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exit(1);
