// The address bar is the state. Pure functions between addresses and places; no DOM here.

export type Lang = 'zh' | 'en';

export type PageName =
  | 'plan'
  | 'overview'
  | 'target'
  | 'indicators'
  | 'indicator'
  | 'map'
  | 'data'
  | 'table'
  | 'problems'
  | 'source'
  | 'absent';

export interface Place {
  page: PageName;
  /** The id in the path, where the page has one. */
  id: string | null;
  path: string;
  query: Readonly<Record<string, string>>;
  hash: string;
}

/** Keys that follow the reader from page to page. */
const KEPT = ['lang', 'as_of'] as const;

const PLAIN: Readonly<Record<string, PageName>> = {
  '/': 'plan',
  '/overview': 'overview',
  '/indicators': 'indicators',
  '/map': 'map',
  '/data': 'data',
  '/problems': 'problems',
  '/source': 'source',
};

const WITH_ID: Readonly<Record<string, PageName>> = {
  target: 'target',
  indicator: 'indicator',
  data: 'table',
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parse(pathname: string, search: string, hash = ''): Place {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') || '/' : '/';
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(search)) query[key] = value;
  const base = { path, query, hash: decode(hash.replace(/^#/, '')) };
  const plain = PLAIN[path];
  if (plain) return { ...base, page: plain, id: null };
  const [, head = '', ...rest] = path.split('/');
  const page = WITH_ID[head];
  if (page && rest.length > 0) return { ...base, page, id: decode(rest.join('/')) };
  return { ...base, page: 'absent', id: null };
}

export type Patch = Readonly<Record<string, string | null | undefined>>;

function withQuery(path: string, query: Record<string, string>, hash: string): string {
  const params = new URLSearchParams();
  for (const key of Object.keys(query).sort()) {
    const value = query[key];
    if (value !== undefined && value !== '') params.set(key, value);
  }
  const tail = params.toString();
  return `${path}${tail ? `?${tail}` : ''}${hash ? `#${encodeURIComponent(hash)}` : ''}`;
}

/** The same page with some query keys changed; null or '' takes a key out. */
export function patched(place: Place, patch: Patch, hash = ''): string {
  const query: Record<string, string> = { ...place.query };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined || value === '') delete query[key];
    else query[key] = value;
  }
  return withQuery(place.path, query, hash);
}

/** Another page; language and as-of date come along. */
export function elsewhere(place: Place, path: string, patch: Patch = {}, hash = ''): string {
  const query: Record<string, string> = {};
  for (const key of KEPT) {
    const value = place.query[key];
    if (value !== undefined) query[key] = value;
  }
  for (const [key, value] of Object.entries(patch)) {
    if (value !== null && value !== undefined && value !== '') query[key] = value;
  }
  return withQuery(path, query, hash);
}

export function langOf(place: Place): Lang {
  return place.query.lang === 'en' ? 'en' : 'zh';
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The as-of date in the address, or null for "today"; nonsense counts as absent. */
export function asOfOf(place: Place): string | null {
  const value = place.query.as_of;
  return value && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}

export const list = (value: string | undefined): string[] =>
  value ? value.split(',').filter((part) => part !== '') : [];

/** A comma list with one entry put in or taken out. */
export function toggled(value: string | undefined, entry: string): string {
  const parts = list(value);
  return (
    parts.includes(entry) ? parts.filter((part) => part !== entry) : [...parts, entry]
  ).join(',');
}
