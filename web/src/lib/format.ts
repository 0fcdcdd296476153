// Numbers, units, periods and dates as people read them. Pure.
import { LARGE, UNITS } from '../i18n/units';
import type { Text } from '../api/types';
import type { Lang } from './url';

const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' };
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(lang: Lang, digits: number): Intl.NumberFormat {
  const key = `${lang}:${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits });
    formats.set(key, format);
  }
  return format;
}

/** A published figure with every digit it has; a computed one, whose digits never end, with those that mean something. */
export function number(value: number, lang: Lang): string {
  const size = Math.abs(value);
  // The shortest decimal that is this very double: published figures have few decimals, computed ones some fifteen.
  const decimals = String(value).split('.')[1] ?? '';
  // The same as in the sentences of the reasons.
  const digits = /^\d{0,6}$/.test(decimals) ? 6 : size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
  return numberFormat(lang, digits).format(value);
}

export function percent(share: number | null, lang: Lang): string {
  return share === null ? '–' : `${numberFormat(lang, 0).format(share * 100)}%`;
}

export function unitName(unit: string | null, lang: Lang): string {
  if (unit === null) return '';
  return UNITS[unit]?.[lang] ?? unit;
}

export function withUnit(figure: string, unit: string | null, lang: Lang): string {
  const name = unitName(unit, lang);
  if (name === '') return figure;
  return name === '%' || name === '‰' ? `${figure}${name}` : `${figure} ${name}`;
}

/** English has no words for ten thousands and hundred millions: such figures are turned into millions and billions. */
function large(unit: string | null, lang: Lang): readonly [string, number, string] | undefined {
  return lang === 'en' && unit !== null ? LARGE[unit] : undefined;
}

/** The figure as the language counts, without its unit: for columns and axes that name the unit once, by `scale`. */
export function scaled(value: number, unit: string | null, lang: Lang): string {
  const factor = large(unit, lang)?.[1] ?? 1;
  // Fifteen digits are what a double carries safely.
  return number(factor === 1 ? value : Number((value * factor).toPrecision(15)), lang);
}

/** The unit of scaled figures: CNY billion, million persons, 亿元. */
export function scale(unit: string | null, lang: Lang): string {
  const parts = large(unit, lang);
  return parts ? `${parts[0]}${parts[2].trim()}`.trim() : unitName(unit, lang);
}

/** The unit in which the figures are published, where another one is shown; null where they are the same. */
export function publishedUnit(unit: string | null, lang: Lang): string | null {
  return (large(unit, lang)?.[1] ?? 1) === 1 ? null : unitName(unit, lang).replace(/^× /, '');
}

export function quantity(value: number, unit: string | null, lang: Lang): string {
  const figure = scaled(value, unit, lang);
  const parts = large(unit, lang);
  return parts ? `${parts[0]}${figure}${parts[2]}` : withUnit(figure, unit, lang);
}

interface Bounds {
  value: number;
  low: number | null;
  high: number | null;
}

export type Exactness = 'exact' | 'lower' | 'upper' | 'about' | 'unknown';

export function exactness({ low, high }: Bounds): Exactness {
  if (low === null && high === null) return 'unknown';
  if (high === null) return 'lower';
  if (low === null) return 'upper';
  return low === high ? 'exact' : 'about';
}

const SIGN: Record<Exactness, Text> = {
  exact: { zh: '', en: '' },
  lower: { zh: '≥ ', en: '≥ ' },
  upper: { zh: '≤ ', en: '≤ ' },
  about: { zh: '约 ', en: 'about ' },
  unknown: { zh: '范围不详 ', en: 'unknown range ' },
};

/** An observation the way it was published: ≥ for "more than", about for a rounded figure. */
export function observed(bounds: Bounds, unit: string | null, lang: Lang): string {
  const kind = exactness(bounds);
  const shown = kind === 'lower' ? bounds.low : kind === 'upper' ? bounds.high : bounds.value;
  return SIGN[kind][lang] + quantity(shown ?? bounds.value, unit, lang);
}

/** The interval itself, with ∞ where it is open. */
export function interval(
  { low, high }: { low: number | null; high: number | null },
  lang: Lang,
  unit: string | null = null,
): string {
  const left = low === null ? '(−∞' : `[${scaled(low, unit, lang)}`;
  const right = high === null ? '∞)' : `${scaled(high, unit, lang)}]`;
  return `${left}, ${right}`;
}

/** 2025 → 2025年; 2025-H1, 2025-Q3, 2025-06, 2025-06-30 likewise. */
export function period(code: string, lang: Lang): string {
  const half = /^(\d{4})-H([12])$/.exec(code);
  if (half) {
    const first = half[2] === '1';
    return lang === 'zh' ? `${half[1]}年${first ? '上' : '下'}半年` : `H${half[2]} ${half[1]}`;
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(code);
  if (quarter) {
    return lang === 'zh' ? `${quarter[1]}年第${quarter[2]}季度` : `Q${quarter[2]} ${quarter[1]}`;
  }
  const month = /^(\d{4})-(\d{2})$/.exec(code);
  if (month) {
    return lang === 'zh' ? `${month[1]}年${Number(month[2])}月` : code;
  }
  if (/^\d{4}$/.test(code)) return lang === 'zh' ? `${code}年` : code;
  return code;
}

export function bytes(count: number, lang: Lang): string {
  if (count < 1024) return `${count} B`;
  const kilo = count / 1024;
  if (kilo < 1024) return `${numberFormat(lang, 1).format(kilo)} KiB`;
  return `${numberFormat(lang, 1).format(kilo / 1024)} MiB`;
}

/** Points of the path, signed towards "behind". */
export function points(value: number, lang: Lang): string {
  return numberFormat(lang, 1).format(Math.abs(value));
}

/** False while a date is being typed: a field gives the year 2 before it gives 2026. */
export function plausible(day: string): boolean {
  return /^(19[5-9]|[2-9]\d)\d\d?-\d\d-\d\d$/.test(day) && day.length === 10;
}
