// Days as people type them → yyyy-mm-dd. Pure.

/** The first day anybody asks for. */
const FIRST = '1949-01-01';

/** `2026-11-23`, `2026/11/23`, `20261123` and `2026年11月23日` are the same day; null for anything that is no whole day. */
export function dayOf(text: string, max: string | null = null): string | null {
  const parts =
    /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$/.exec(text) ??
    /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', date = ''] = parts;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const known = new Date(`${day}T00:00:00Z`);
  // The 31st of June is a day of July to the browser.
  if (Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== day) return null;
  return day >= FIRST && (max === null || day <= max) ? day : null;
}
