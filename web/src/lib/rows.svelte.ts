// From a file and row number to the page that shows that row.
import { api } from '../api/client';
import { Resource } from '../api/resource.svelte';
import type { TableInfo } from '../api/types';
import { nav } from './nav.svelte';

const bare = (path: string): string => path.replace(/^data\//, '');

export class RowLinks {
  #tables = new Resource<TableInfo[]>(() => api.tables());
  #byPath = $derived(new Map((this.#tables.data ?? []).map((table) => [bare(table.path), table.table])));

  /** Address of the row in its table's page; null when the file is no table of the manifest. */
  link(file: string, row: number | null): string | null {
    const table = this.#byPath.get(bare(file));
    if (!table) return null;
    return nav.to(`/data/${encodeURIComponent(table)}`, { row: row === null ? null : String(row) });
  }
}
