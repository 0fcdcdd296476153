// What the cockpit knows about verdicts: their order, their colour family, what one can do about each.
import type { StatusTarget, Summary, Text, VerdictCode } from '../api/types';
import type { Lang } from './url';

/** From "done" to "nobody can tell": the order of every list and bar. */
export const VERDICTS: readonly VerdictCode[] = [
  'met',
  'met_early',
  'on_track',
  'slipping',
  'off_track',
  'missed',
  'undecidable',
  'stale',
  'unmeasured',
];

export const DECIDED: ReadonlySet<VerdictCode> = new Set([
  'met',
  'met_early',
  'on_track',
  'slipping',
  'off_track',
  'missed',
]);

/** Verdicts that ask somebody to act on the matter itself. */
export const BEHIND: ReadonlySet<VerdictCode> = new Set(['slipping', 'off_track', 'missed']);

export function emptySummary(): Summary {
  return {
    met: 0,
    met_early: 0,
    on_track: 0,
    slipping: 0,
    off_track: 0,
    missed: 0,
    undecidable: 0,
    stale: 0,
    unmeasured: 0,
  };
}

export function summarise(targets: readonly { verdict: VerdictCode }[]): Summary {
  const summary = emptySummary();
  for (const target of targets) summary[target.verdict] += 1;
  return summary;
}

export const total = (summary: Summary): number =>
  VERDICTS.reduce((sum, code) => sum + summary[code], 0);

export const decided = (summary: Summary): number =>
  VERDICTS.reduce((sum, code) => sum + (DECIDED.has(code) ? summary[code] : 0), 0);

/** The text in the reader's language, or the other one when it is not written. */
export function pick(text: Text | null | undefined, lang: Lang): string {
  if (!text) return '';
  return text[lang] || text.zh || text.en;
}

interface Titled {
  id: string;
  title: string;
  title_en: string;
}
export function titleOf(item: Titled, lang: Lang): string {
  return (lang === 'en' ? item.title_en || item.title : item.title || item.title_en) || item.id;
}

interface Reasoned {
  because: string[];
  because_en: string[];
}
export function reasons(item: Reasoned, lang: Lang): string[] {
  const wanted = lang === 'en' ? item.because_en : item.because;
  return wanted.length > 0 ? wanted : item.because;
}

/** The target furthest behind, by a verdict that still holds and a lag that is known, the plan's own before others. */
export function furthestBehind(targets: readonly StatusTarget[]): StatusTarget | null {
  const lag = (target: StatusTarget): number => target.path?.lag_pp ?? 0;
  const rank = (target: StatusTarget): number => (target.own ? 1000 : 0) + lag(target);
  const behind = targets.filter((target) => BEHIND.has(target.verdict) && lag(target) > 0);
  return behind.reduce<StatusTarget | null>(
    (worst, target) => (worst && rank(worst) >= rank(target) ? worst : target),
    null,
  );
}
