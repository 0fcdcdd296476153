// Short phrases about a target put together from its parts. Pure: words and language come in.
import type { StatusTarget } from '../api/types';
import type { Messages } from '../i18n/zh';
import { number, observed, period, quantity, withUnit } from './format';
import type { Lang } from './url';

export function requirement(target: StatusTarget, t: Messages, lang: Lang): string {
  const { threshold, form, unit } = target;
  if (Array.isArray(threshold)) {
    return t.form.between(number(threshold[0], lang), quantity(threshold[1], unit, lang));
  }
  const figure = threshold === null ? '' : number(threshold, lang);
  switch (form) {
    case 'at_least':
    case 'at_most':
    case 'cumulative':
      return t.form[form](withUnit(figure, unit, lang));
    case 'times_baseline':
    case 'growth_per_year':
    case 'rank_at_most':
      return threshold === null ? t.form.none : t.form[form](figure);
    case 'hold':
    case 'cover_all':
      return t.form[form];
    default:
      return t.form.none;
  }
}

export function deadline(target: StatusTarget, t: Messages, lang: Lang): string {
  if (!target.deadline) return t.deadline.none;
  const when = period(target.deadline, lang);
  return target.deadline_mode === 'in' ? t.deadline.in(when) : t.deadline.by(when);
}

/** 2025 年 · 预计数 · 二手转引; the ordinary (final, primary) goes without saying. */
export function circumstances(target: StatusTarget, t: Messages, lang: Lang): string {
  const seen = target.observed;
  if (!seen) return '';
  const parts = [period(seen.period, lang)];
  if (seen.stage !== 'final') parts.push(t.stage[seen.stage]);
  if (seen.trust !== 'primary') parts.push(t.trust[seen.trust]);
  return parts.join(' · ');
}

export function observation(target: StatusTarget, t: Messages, lang: Lang): string {
  return target.observed ? observed(target.observed, target.unit, lang) : t.card.noObservation;
}

export function start(target: StatusTarget, t: Messages, lang: Lang): string | null {
  const { path } = target;
  if (!path) return null;
  const when = path.base_observed ? path.start : `${path.start} · ${t.card.startTyped}`;
  const figure = quantity(path.base, target.unit, lang);
  return lang === 'zh' ? `${figure}（${when}）` : `${figure} (${when})`;
}
