// The only place that talks to the server: paths in, typed JSON out.
import type {
  Changes,
  City,
  IndicatorDetail,
  IndicatorRow,
  MapData,
  Outlines,
  PlanDocument,
  Problem,
  ProblemDocument,
  SourceFile,
  Status,
  TableInfo,
  TablePage,
  TargetDetail,
} from './types';

/** A path under /api with the type of what it answers. */
export interface Request<T> {
  readonly url: string;
  readonly answers?: T;
}

type Params = Record<string, string | number | null | undefined>;

function request<T>(path: string, params: Params = {}): Request<T> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
  }
  const tail = query.toString();
  return { url: `/api/${path}${tail ? `?${tail}` : ''}` };
}

const seg = encodeURIComponent;

export const api = {
  city: () => request<City>('city'),
  plan: () => request<PlanDocument[]>('plan'),
  status: (as_of: string | null) => request<Status>('status', { as_of }),
  changes: (since: string, as_of: string | null) => request<Changes>('changes', { since, as_of }),
  target: (id: string, as_of: string | null) =>
    request<TargetDetail>(`targets/${seg(id)}`, { as_of }),
  indicators: () => request<IndicatorRow[]>('indicators'),
  indicator: (id: string, as_of: string | null) =>
    request<IndicatorDetail>(`indicators/${seg(id)}`, { as_of }),
  map: (indicator: string, period: string | null, as_of: string | null) =>
    request<MapData>('map', { indicator, period, as_of }),
  outlines: () => request<Outlines>('outlines'),
  tables: () => request<TableInfo[]>('tables'),
  table: (table: string, offset: number, limit: number) =>
    request<TablePage>(`tables/${seg(table)}`, { offset, limit }),
  problems: () => request<Problem[]>('problems'),
  source: (file: string) => request<SourceFile>('source', { file }),
};

/** Address of a raw data file, for download links. */
export function fileUrl(path: string): string {
  return `/api/files/${path.split('/').map(seg).join('/')}`;
}

/** A failed request: the server's own words when it sent a problem document. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, title: string, detail: string) {
    super(detail ? `${title}: ${detail}` : title);
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
  return new ApiError(response.status, `HTTP ${response.status}`, response.statusText);
}

export async function load<T>(wanted: Request<T>, signal?: AbortSignal): Promise<T> {
  const response = await fetch(wanted.url, {
    headers: { accept: 'application/json' },
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await failure(response);
  return (await response.json()) as T;
}
