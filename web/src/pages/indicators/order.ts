// Orders of the indicator list. Pure.
import type { IndicatorRow } from '../../api/types';
import { pick } from '../../lib/verdict';
import type { Lang } from '../../lib/url';

export const ORDERS = ['id', 'name', 'last', 'targets'] as const;
export type Order = (typeof ORDERS)[number];

/** The last year of a period, and its end within the year: 2025 stands with 2025-Q4 and 2025-12. */
function end(period: string | null): number {
  const [, year, kind = '', part = ''] = /^(\d{4})(?:-([HQ]?)(\d+))?/.exec(period ?? '') ?? [];
  if (year === undefined) return 0;
  const months = kind === 'H' ? 6 : kind === 'Q' ? 3 : 1;
  return Number(year) * 12 + (part === '' ? 12 : Number(part) * months);
}

/** Names from the first letter on, periods from the newest, targets from the most; the id decides between equals. */
export function sorted(rows: readonly IndicatorRow[], order: Order, lang: Lang): IndicatorRow[] {
  const before = (a: IndicatorRow, b: IndicatorRow): number => {
    switch (order) {
      case 'name':
        return pick(a.name, lang).localeCompare(pick(b.name, lang), lang);
      case 'last':
        return end(b.last) - end(a.last);
      case 'targets':
        return b.targets.length - a.targets.length;
      case 'id':
        return 0;
    }
  };
  return [...rows].sort((a, b) => before(a, b) || (a.id < b.id ? -1 : 1));
}
