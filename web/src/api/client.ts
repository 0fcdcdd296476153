// The only place that talks to the server: paths in, typed JSON out. Paths, parameters and answers are those of
// schema.ts, so a route that changes does not compile here until it is followed.
import type { paths } from './schema';
import type { ProblemDocument } from './types';

/** A path with the type of what it answers. */
export interface Request<T> {
  readonly url: string;
  readonly answers?: T;
}

type Route = {
  [P in keyof paths]: paths[P]['get'] extends {
    responses: { 200: { content: { 'application/json': unknown } } };
  }
    ? P
    : never;
}[keyof paths];
type Answer<P extends Route> = paths[P]['get'] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;
type Parameters<P extends Route, Kind extends 'path' | 'query'> = paths[P]['get'] extends {
  parameters: { [K in Kind]?: infer T };
}
  ? NonNullable<T>
  : never;
/** `null` leaves a parameter out. */
type Optional<T> = { [K in keyof T]: T[K] | null };

function request<P extends Route>(
  path: P,
  given: { path?: Parameters<P, 'path'>; query?: Optional<Parameters<P, 'query'>> } = {},
): Request<Answer<P>> {
  const parts = (given.path ?? {}) as Record<string, string>;
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(given.query ?? {})) {
    if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
  }
  const tail = query.toString();
  return { url: tail ? `${url}?${tail}` : url };
}

export const api = {
  city: () => request('/api/city'),
  plan: () => request('/api/plan'),
  status: (as_of: string | null) => request('/api/status', { query: { as_of } }),
  changes: (since: string, as_of: string | null) =>
    request('/api/changes', { query: { since, as_of } }),
  target: (id: string, as_of: string | null) =>
    request('/api/targets/{id}', { path: { id }, query: { as_of } }),
  indicators: (as_of: string | null) => request('/api/indicators', { query: { as_of } }),
  indicator: (id: string, as_of: string | null) =>
    request('/api/indicators/{id}', { path: { id }, query: { as_of } }),
  map: (indicator: string, period: string | null, as_of: string | null) =>
    request('/api/map', { query: { indicator, period, as_of } }),
  outlines: () => request('/api/outlines'),
  tables: () => request('/api/tables'),
  table: (table: string, offset: number, limit: number) =>
    request('/api/tables/{table}', { path: { table }, query: { offset, limit } }),
  problems: () => request('/api/problems'),
  source: (file: string) => request('/api/source', { query: { file } }),
};

/** Address of a raw data file, for download links. */
export function fileUrl(path: string): string {
  const route: keyof paths = '/api/files/{path}';
  return route.replace('{path}', path.split('/').map(encodeURIComponent).join('/'));
}

/** A failed request: the server's own words, `中文 / English`, when it sent a problem document; no words when it gave no answer. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, title: string, detail: string) {
    super(detail || title);
    this.name = 'ApiError';
    this.status = status;
  }
}

async function failure(response: Response): Promise<ApiError> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    const problem = (await response.json().catch(() => ({}))) as Partial<ProblemDocument>;
    return new ApiError(
      response.status,
      problem.title ?? response.statusText,
      problem.detail ?? '',
    );
  }
  // What stands between browser and server speaks of itself; the reader is told that there was no answer.
  return new ApiError(response.status, response.status >= 500 ? '' : `HTTP ${response.status}`, '');
}

/** The browser's own words for a broken connection are not in the reader's language. */
function noAnswer(): never {
  throw new ApiError(0, '', '');
}

export async function load<T>(wanted: Request<T>, signal?: AbortSignal): Promise<T> {
  const response = await fetch(wanted.url, {
    headers: { accept: 'application/json' },
    ...(signal ? { signal } : {}),
  }).catch(noAnswer);
  if (!response.ok) throw await failure(response);
  return (await response.json().catch(noAnswer)) as T;
}
