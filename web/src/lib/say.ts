// Short phrases about a target put together from its parts. Pure: words and language come in.
import type { StatusTarget } from '../api/types';
import type { Messages } from '../i18n/zh';
import { number, observed, period, quantity } from './format';
import type { Lang } from './url';

/** What a filtered plan still shows. A search may hit milestones or prose only, which is not nothing. */
export function found(
  view: { shown: number; milestones: number; sections: readonly unknown[] },
  all: number,
  t: Messages,
): string {
  if (view.shown > 0) {
    const targets = t.plan.shown(view.shown, all);
    return view.milestones > 0 ? `${targets} · ${t.plan.milestones(view.milestones)}` : targets;
  }
  if (view.milestones > 0) return t.plan.shownMilestones(view.milestones);
  return view.sections.length > 0 ? t.plan.shownText : t.plan.shown(0, all);
}

/** The requirement in one phrase. Thresholds come resolved, so relative forms can show both. */
export function requirement(target: StatusTarget, t: Messages, lang: Lang): string {
  const { threshold, form, unit } = target;
  if (target.unreadable && !form) return t.form.unreadable;
  const stated = target.stated === null ? null : number(target.stated, lang);
  if (Array.isArray(threshold)) {
    return t.form.between(number(threshold[0], lang), quantity(threshold[1], unit, lang));
  }
  const figure = threshold === null ? null : quantity(threshold, unit, lang);
  switch (form) {
    case 'at_least':
    case 'at_most':
    case 'cumulative':
      return figure === null ? t.form.none : t.form[form](figure);
    case 'rank_at_most':
      return threshold === null ? t.form.none : t.form.rank_at_most(number(threshold, lang));
    case 'times_baseline':
      return t.form.times_baseline(stated, figure);
    case 'growth_per_year':
      return t.form.growth_per_year(stated, figure);
    case 'hold':
      return t.form.hold(figure);
    case 'cover_all':
      return t.form.cover_all;
    default:
      return t.form.none;
  }
}

export function deadline(
  target: Pick<StatusTarget, 'deadline' | 'deadline_mode'>,
  t: Messages,
  lang: Lang,
): string {
  if (!target.deadline) return t.deadline.none;
  const when = period(target.deadline, lang);
  if (target.deadline_mode === 'in') return t.deadline.in(when);
  return /^\d{4}-\d{2}-\d{2}$/.test(target.deadline) ? t.deadline.byDay(when) : t.deadline.by(when);
}

/** What to do next, in the words of the card. Where data are out of date it says which figure is wanted. */
export function action(target: StatusTarget, t: Messages, lang: Lang): string {
  const seen = target.observed;
  if (target.verdict !== 'stale' || !seen || target.form === 'cumulative') return t.action[target.verdict];
  const when = period(seen.period, lang);
  // Judged at the deadline by a forecast: only the final figure is missing.
  if (target.was === 'met' || target.was === 'missed') return t.supply.final(when);
  if (target.deadline_mode === 'in' && target.deadline) return t.supply.of(period(target.deadline, lang));
  return t.supply.after(when);
}

/** 2025年 · 预计数 · 第三方转引; the ordinary (final, primary) goes without saying. */
export function circumstances(target: StatusTarget, t: Messages, lang: Lang): string {
  const seen = target.observed;
  if (!seen) return '';
  const parts = [period(seen.period, lang)];
  if (seen.stage !== 'final') parts.push(t.stage[seen.stage]);
  if (seen.trust !== 'primary') parts.push(t.trust[seen.trust]);
  return parts.join(' · ');
}

export function observation(target: StatusTarget, t: Messages, lang: Lang): string {
  const sum = target.form === 'cumulative' ? target.sum : null;
  if (sum) return `${t.card.sum} ${total(sum, target.unit, lang)}`;
  return target.observed ? observed(target.observed, target.unit, lang) : t.card.noObservation;
}

/** A sum so far, as exact as its parts. */
export function total(sum: { low: number | null; high: number | null }, unit: string | null, lang: Lang): string {
  const value = sum.low ?? sum.high;
  return value === null ? '–' : observed({ ...sum, value }, unit, lang);
}

export function start(target: StatusTarget, t: Messages, lang: Lang): string | null {
  const { path } = target;
  if (!path) return null;
  const from = period(path.start, lang);
  const when = path.base_observed ? from : `${from} · ${t.card.startTyped}`;
  const figure = quantity(path.base, target.unit, lang);
  return lang === 'zh' ? `${figure}（${when}）` : `${figure} (${when})`;
}
