// Measures what the first page needs (index.html → its scripts and styles, imports followed) and fails above the limit.
// Lazy chunks (charts, map, other pages) are listed but do not count.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 300;
const dist = new URL('../dist/', import.meta.url).pathname;
const gz = (path) => gzipSync(readFileSync(path), { level: 9 }).length / 1000;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** Static imports only: `import(…)` is lazy by definition. */
function closure(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  if (!entry.endsWith('.js')) return seen;
  const text = readFileSync(entry, 'utf8');
  for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    closure(join(entry, '..', match[1]), seen);
  }
  return seen;
}

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const first = new Set();
for (const match of html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)) {
  closure(join(dist, match[1]), first);
}
let sum = 0;
for (const path of [...first].sort()) {
  const size = gz(path);
  sum += size;
  console.log(`first  ${size.toFixed(1).padStart(7)} kB  ${relative(dist, path)}`);
}
for (const path of files(dist).filter((path) => /\.(m?js|css)$/.test(path) && !first.has(path))) {
  console.log(`lazy   ${gz(path).toFixed(1).padStart(7)} kB  ${relative(dist, path)}`);
}
console.log(`first view: ${sum.toFixed(1)} kB gzip of ${LIMIT_KB} kB allowed`);
if (first.size === 0 || sum > LIMIT_KB) {
  console.error(first.size === 0 ? 'no scripts found in dist/index.html' : 'the first view is too large');
  process.exit(1);
}
