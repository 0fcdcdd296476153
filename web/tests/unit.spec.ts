// The pure parts, without a browser.
import { expect, test } from '@playwright/test';
import type {
  Block, ChainNode, IndicatorRow, Observation, Problem, Severity, Status, StatusMilestone, StatusTarget, VerdictCode,
} from '../src/api/types';
import { BOX, fit, layout, wrap } from '../src/charts/chain';
import { breaking, hasGaps, seriesOption, yearOf } from '../src/charts/series';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { dayOf } from '../src/lib/day';
import * as format from '../src/lib/format';
import { action, deadline, found, requirement } from '../src/lib/say';
import { trackOf } from '../src/lib/track';
import { asOfOf, elsewhere, langOf, parse, patched, toggled } from '../src/lib/url';
import { emptySummary, furthestBehind, summarise, total } from '../src/lib/verdict';
import { classify, classOf } from '../src/map/classes';
import { apart } from '../src/map/geometry';
import { sorted } from '../src/pages/indicators/order';
import { arrange, type Filters } from '../src/pages/plan/arrange';
import { grouped, titled } from '../src/pages/problems/group';

const base: StatusTarget = {
  id: 'a', target_id: 'a', title: '甲', title_en: 'A', measure: 'm', programme: 'p', goals: ['g'],
  area: 'c', indicator: 'i', form: 'at_least', threshold: 200, unit: 'count', deadline: '2026',
  deadline_mode: 'by', kind: 'expected', draft: false, source: 's', own: true, verdict: 'on_track',
  light: 'green', was: null, observed: null, sum: null, path: null, because: [], because_en: [], headline: { zh: '', en: '' }, stated: 200, unreadable: null,
};
const target = (patch: Partial<StatusTarget>): StatusTarget => ({ ...base, ...patch });
const seen = { value: 150, low: 150, high: 150, period: '2024', area: 'c', stage: 'final', trust: 'primary', source: '', source_url: '', file: null, row: null } as const;
const way = { expected: 175, lag_pp: 25, lag_low: null, lag_high: null, start: '2020', base: 100, base_observed: true };

test('addresses: parsed, patched and carried along', () => {
  const place = parse('/target/高新%20企业', '?lang=en&as_of=2026-01-31&q=x', '#why');
  expect(place).toMatchObject({ page: 'target', id: '高新 企业', hash: 'why' });
  expect(langOf(place)).toBe('en');
  expect(asOfOf(place)).toBe('2026-01-31');
  expect(asOfOf(parse('/', '?as_of=yesterday'))).toBeNull();
  expect(patched(place, { q: null, t: 'b' })).toBe('/target/高新%20企业?as_of=2026-01-31&lang=en&t=b');
  expect(elsewhere(place, '/map')).toBe('/map?as_of=2026-01-31&lang=en');
  expect(parse('/nowhere', '').page).toBe('absent');
  expect(parse('/target/%E0%A4%A', '').id).toBe('%E0%A4%A');
  expect(toggled('met,stale', 'met')).toBe('stale');
  expect(toggled(undefined, 'met')).toBe('met');
});

test('numbers, units and intervals in both languages', () => {
  expect(format.quantity(12408.7, 'CNY_100million', 'zh')).toBe('12,408.7 亿元');
  expect(format.quantity(12408.7, 'CNY_100million', 'en')).toBe('CNY 1,240.87 billion');
  expect(format.quantity(3.08, '%', 'zh')).toBe('3.08%');
  expect(format.quantity(5, 'widgets_per_moon', 'en')).toBe('5 widgets_per_moon');
  expect(format.observed({ value: 10000, low: 10000, high: null }, 'count', 'zh')).toBe('≥ 10,000');
  expect(format.observed({ value: 1.3, low: 1.25, high: 1.35 }, 'CNY', 'en')).toBe('about CNY 1.3');
  expect(format.interval({ low: 119.5, high: null }, 'zh')).toBe('[119.5, ∞)');
  expect(format.interval({ low: null, high: 3 }, 'zh')).toBe('(−∞, 3]');
  expect(format.period('2025-H1', 'zh')).toBe('2025年上半年');
  expect(format.period('2025-Q3', 'en')).toBe('Q3 2025');
  expect(format.number(0.1 + 0.2, 'zh')).toBe('0.3');
  expect(format.number(9999.996, 'zh')).toBe('9,999.996');
  expect(format.number(190338.6555476457, 'zh')).toBe('190,339');
  expect(format.number(9.590724513784997, 'zh')).toBe('9.59');
  expect(format.number(0.123456789, 'zh')).toBe('0.1235');
  expect(format.observed({ value: 150, low: null, high: null }, 'count', 'zh')).toBe('范围不详 150');
  expect(format.observed({ value: 10000, low: 9000, high: null }, 'count', 'en')).toBe('≥ 9,000');
  expect(['0002-01-01', '0202-11-23', '2026-11-23', '1949-10-01', ''].map(format.plausible)).toEqual([false, false, true, false, false]);
});

test('figures of large units: English counts in millions, Chinese as published', () => {
  const shown = ['CNY_100million', 'persons_10k', 'TEU_10k', 'tonnes_100million', 'kWh_100million', '%', 'count'].map((unit) => [
    format.quantity(970.6, unit, 'en'), format.scaled(970.6, unit, 'en'), format.scale(unit, 'en'), format.publishedUnit(unit, 'en'),
  ]);
  expect(shown).toEqual([
    ['CNY 97.06 billion', '97.06', 'CNY billion', 'CNY 100 million'],
    ['9.706 million persons', '9.706', 'million persons', '10,000 persons'],
    ['9.706 million TEU', '9.706', 'million TEU', '10,000 TEU'],
    ['97,060 million tonnes', '97,060', 'million tonnes', '100 million tonnes'],
    ['97.06 billion kWh', '97.06', 'billion kWh', '100 million kWh'],
    ['970.6%', '970.6', '%', null],
    ['970.6', '970.6', '', null],
  ]);
  expect(format.scaled(970.6, 'persons_10k', 'zh')).toBe('970.6');
  expect(format.scale('persons_10k', 'zh')).toBe('万人');
  expect(format.publishedUnit('persons_10k', 'zh')).toBeNull();
  expect(format.interval({ low: 1000, high: null }, 'en', 'CNY_100million')).toBe('[100, ∞)');
});

test('every word exists in both languages and none is left in the other script', () => {
  const keys = (value: object, path = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      inner && typeof inner === 'object' ? keys(inner as object, `${path}${key}.`) : [`${path}${key}`],
    );
  expect(keys(en).sort()).toEqual(keys(zh).sort());
  const flat = (value: object): string[] =>
    Object.values(value).flatMap((inner) =>
      typeof inner === 'string' ? [inner] : inner && typeof inner === 'object' ? flat(inner as object) : [],
    );
  const chinese = flat(en).filter((text) => /[\u4e00-\u9fff]/.test(text));
  expect(chinese).toEqual(['中文']);
});

test('track: shares of the way, intervals stay intervals', () => {
  expect(trackOf(target({ observed: { ...seen }, path: way }))).toEqual({ expected: 0.75, sure: 0.5, best: 0.5 });
  const open = trackOf(target({ observed: { ...seen, high: null }, path: { ...way, lag_low: null, lag_high: 25 } }));
  expect(open).toEqual({ expected: 0.75, sure: 0.5, best: 1 });
  const doubled = target({ form: 'times_baseline', threshold: 200, observed: { ...seen }, path: way });
  expect(trackOf(doubled)?.expected).toBe(0.75);
  expect(trackOf(target({ observed: { ...seen } }))).toBeNull();
});

test('summaries count, and the worst own target comes first', () => {
  const summary = summarise([{ verdict: 'met' }, { verdict: 'stale' }, { verdict: 'stale' }]);
  expect(summary).toEqual({ ...emptySummary(), met: 1, stale: 2 });
  expect(total(summary)).toBe(3);
  const bad = (id: string, own: boolean, lag: number, verdict: VerdictCode = 'off_track') =>
    target({ id, own, verdict, observed: { ...seen }, path: { ...way, lag_pp: lag } });
  expect(furthestBehind([bad('x', false, 90), bad('y', true, 40), bad('z', true, 60)])?.id).toBe('z');
  expect(furthestBehind([target({})])).toBeNull();
  expect(furthestBehind([bad('old', true, 99, 'stale')])).toBeNull();
  expect(furthestBehind([target({ id: 'm', verdict: 'missed' }), bad('x', false, 5)])?.id).toBe('x');
});

const heading = (id: string, level: number, kind: 'programme' | 'measure'): Block => ({
  type: 'heading', level, id, kind, title: { zh: id, en: id },
});
const none: Filters = { verdicts: new Set(), goal: null, programme: null, own: false, words: '' };

test('plan: own targets first, filters keep the headings above what they keep', () => {
  const documents = [{
    id: 'd', path: 'plan/d.zh.md',
    blocks: [
      heading('p', 1, 'programme'), { type: 'prose', html: { zh: '前言', en: '' } } as Block,
      heading('m', 2, 'measure'), { type: 'target', id: 'b' } as Block, { type: 'milestone', id: 'k' } as Block, { type: 'target', id: 'a' } as Block,
      heading('n', 2, 'measure'), { type: 'target', id: 'gone' } as Block,
    ],
  }];
  const milestone = { id: 'k', title: '里', title_en: '', measure: 'm', programme: 'p', by: null, source: null, verdict: 'met', done: null, evidence: null, evidence_url: null, because: [], because_en: [] } as StatusMilestone;
  const status = {
    targets: [target({}), target({ id: 'b', target_id: 'b', own: false, verdict: 'stale', title: '乙' })],
    milestones: [milestone],
  } as unknown as Status;
  const all = arrange(documents, status, none);
  expect(all.sections.map((section) => section.heading?.id)).toEqual(['p', 'm', 'n']);
  expect(all.sections[1]?.items.map((item) => item.kind)).toEqual(['target', 'milestone', 'others']);
  expect(all.sections[1]?.items[2]).toMatchObject({ items: [{ kind: 'target', file: 'plan/d.zh.md', items: [{ id: 'b' }] }] });
  expect(all.sections[2]?.items).toMatchObject([{ kind: 'missing', id: 'gone' }]);
  const stale = arrange(documents, status, { ...none, verdicts: new Set(['stale']) });
  expect(stale.shown).toBe(1);
  expect(stale.sections.map((section) => section.heading?.id)).toEqual(['p', 'm']);
  const searched = arrange(documents, status, { ...none, words: '前言' });
  expect(searched.sections.map((section) => section.heading?.id)).toEqual(['p']);
  const said = (words: string): string => found(arrange(documents, status, { ...none, words }), 2, zh);
  expect(said('里')).toBe(zh.plan.shownMilestones(1));
  expect(said('前言')).toBe(zh.plan.shownText);
  expect(said('乙')).toBe(zh.plan.shown(1, 2));
  expect(said('没有这样的词')).toBe(zh.plan.shown(0, 2));
});

test('phrases: requirement, deadline and the figure that is wanted', () => {
  const doubled = target({ form: 'times_baseline', stated: 2, threshold: 214 });
  expect(requirement(doubled, zh, 'zh')).toBe('基期的 2 倍（≥ 214）');
  expect(requirement(target({ form: 'times_baseline', stated: 2, threshold: null }), en, 'en')).toBe('2 times the baseline');
  const flaw = { zh: '「at_least」的值不合要求', en: '`at_least` has a value of the wrong kind' };
  expect(requirement(target({ form: null, threshold: null, unreadable: flaw }), zh, 'zh')).toBe(zh.form.unreadable);
  expect(deadline(target({}), zh, 'zh')).toBe('2026年底前');
  expect(deadline(target({ deadline: '2026-06' }), zh, 'zh')).toBe('2026年6月底前');
  expect(deadline(target({ deadline: '2026-06-30' }), zh, 'zh')).toBe('2026-06-30 前（含当日）');
  expect(deadline(target({ deadline_mode: 'in' }), zh, 'zh')).toBe('2026年当期');
  const stale = target({ verdict: 'stale', observed: { ...seen } });
  expect(action(stale, zh, 'zh')).toBe('补2024年之后的数据');
  expect(action({ ...stale, deadline_mode: 'in' }, en, 'en')).toBe('Supply the figure for 2026');
  expect(action({ ...stale, was: 'met' }, zh, 'zh')).toBe('补2024年终值');
  expect(action(target({}), zh, 'zh')).toBe(zh.action.on_track);
});

test('days as they are typed: whole days only', () => {
  const typed = ['2026-11-23', '2026/11/3', '20261123', ' 2026年1月5日 ', '2026', '2026-11', '0202-11-23', '2026-06-31', 'today'];
  expect(typed.map((text) => dayOf(text))).toEqual(['2026-11-23', '2026-11-03', '2026-11-23', '2026-01-05', null, null, null, null, null]);
  expect(dayOf('2026-11-24', '2026-11-23')).toBeNull();
});

test('map classes: limits ascend, every value has its class', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
  for (const method of ['quantile', 'equal'] as const) {
    const classes = classify(values, method);
    expect(classes.reduce((sum, one) => sum + one.count, 0)).toBe(values.length);
    for (const value of values) {
      const own = classes[classOf(value, classes)];
      expect(own && own.from <= value && value <= own.to).toBe(true);
    }
  }
  expect(classify(values, 'quantile').every((one) => one.count === 2)).toBe(true);
  expect(classify([7, 7], 'equal')).toHaveLength(1);
  expect(classify([], 'equal')).toEqual([]);
});

test('map labels: those that lie on each other move apart, the others stay', () => {
  const box = (x: number, y: number) => ({ x, y, width: 40, height: 30 });
  const boxes = [box(0, 0), box(30, 10), box(300, 0)];
  const moved = apart(boxes);
  const at = boxes.map(({ x, y }, index) => [x + (moved[index]?.[0] ?? 0), y + (moved[index]?.[1] ?? 0)] as const);
  const [a, b] = [at[0] ?? [0, 0], at[1] ?? [0, 0]];
  expect(Math.abs(a[0] - b[0]) >= 40 || Math.abs(a[1] - b[1]) >= 30).toBe(true);
  expect(moved[2]).toEqual([0, 0]);
  expect(apart([])).toEqual([]);
});

test('charts: year ends sit on their year; long chains fold', () => {
  expect(yearOf('2023-12-31')).toBe(2023);
  expect(yearOf('2025-06-30')).toBeCloseTo(2024.496, 2);
  expect(fit('高新技术企业', 6)).toBe('高新技…');
  const leaf = (label: string): ChainNode => ({ kind: 'row', label: { zh: label, en: '' }, value: null, file: null, line: null, url: null, children: [], omitted: 0 });
  const picture = layout({ ...leaf('t'), kind: 'table', children: Array.from({ length: 9 }, (_, n) => leaf(String(n))) });
  expect(picture.boxes.filter((box) => box.more > 0).map((box) => box.more)).toEqual([4]);
  const cut = layout({ ...leaf('t'), kind: 'table', children: [leaf('a')], omitted: 7 });
  expect(cut.boxes.filter((box) => box.more > 0).map((box) => box.more)).toEqual([7]);
  expect(picture.links).toHaveLength(6);
  expect([layout(leaf('t'), 0).box, layout(leaf('t'), 260).box, layout(leaf('t'), 2000).box]).toEqual([BOX.least, 260, BOX.most]);
  expect(wrap('一般公共预算收入', 20, 20)).toEqual(['一般公共预算收入', '']);
  expect(wrap('一般公共预算收入', 8, 6)).toEqual(['一般公共', '预算收…']);
  expect(wrap('Gross domestic product', 15, 20)).toEqual(['Gross domestic', 'product']);
  expect(wrap('https://example.org/long', 8, 6)).toEqual(['https://', 'exampl…']);
});

const point = (period: string, value: number, patch: Partial<Observation> = {}): Observation => ({
  area: 'c', period, date: `${period}-12-31`, value, low: value, high: value, stage: 'final', trust: 'primary', breaks: false,
  overruled: false, published: null, source: '', source_url: '', note: '', rows: [], ...patch,
});

test('charts: missing periods and changes of definition are marked, the first point has nothing to differ from', () => {
  const yearly = ['2020', '2021', '2022'].map((year) => point(year, 1));
  expect(hasGaps(yearly)).toBe(false);
  expect(hasGaps([...yearly, point('2025', 1)])).toBe(true);
  expect(hasGaps([...yearly, point('2025', 1, { breaks: true })])).toBe(false);
  expect(breaking([point('2020', 1, { breaks: true }), point('2021', 2, { breaks: true })]).map((one) => one.period)).toEqual(['2021']);
});

test('charts: a range is a band, in the figures of the language', () => {
  const option = seriesOption({
    points: [point('2024', 100), point('2025', 120)], path: [], deadline: null, threshold: null, band: [110, 130],
    unit: 'persons_10k', lang: 'en', t: en,
  }) as { yAxis: { name: string }; series: { id?: string; markArea?: { data: [{ name: string; yAxis: number }, { yAxis: number }][] } }[] };
  const area = option.series.find((one) => one.id === 'observed')?.markArea?.data[0];
  expect(area?.map((edge) => edge.yAxis)).toEqual([110, 130]);
  expect(area?.[0].name).toBe('target 1.1–1.3');
  expect(option.yAxis.name).toBe('million persons');
});

test('indicators: sorted by name, newest period, number of targets', () => {
  const row = (id: string, name: string, last: string | null, targets: number): IndicatorRow => ({
    id, name: { zh: name, en: name }, last, first: null, unit: 'count', nature: 'flow', direction: null, computed: false,
    observations: 0, areas: 0, targets: Array.from({ length: targets }, (_, n) => String(n)),
  });
  const rows = [row('c', 'Beta', '2025-H1', 0), row('a', 'Gamma', null, 2), row('b', 'Alpha', '2025', 2), row('d', 'Delta', '2025-11', 1)];
  const by = (order: 'id' | 'name' | 'last' | 'targets') => sorted(rows, order, 'en').map(({ id }) => id).join('');
  expect([by('id'), by('name'), by('last'), by('targets')]).toEqual(['abcd', 'bcda', 'bdca', 'abdc']);
});

test('problems: worst first, then by file and line, those of a kind together', () => {
  const problem = (severity: Severity, code: string, file: string, line: number): Problem => ({
    severity, code, file, line, column: 1, excerpt: null, message: { zh: '', en: '' }, hint: { zh: '', en: '' },
  });
  const groups = grouped([
    problem('note', 'n', 'b', 2), problem('error', 'e', 'z', 9), problem('note', 'n', 'a', 7), problem('note', 'm', 'a', 3), problem('note', 'n', 'a', 1),
  ]);
  expect(groups.map(({ code }) => code)).toEqual(['e', 'n', 'm']);
  expect(groups[1]?.problems.map(({ file, line }) => `${file}${line}`)).toEqual(['a1', 'a7', 'b2']);
  const text = '# x\n```target\nid = "a"\ntitle = "甲"\n```\n```target\nid = "b"\n```\n';
  expect(titled('```target', 2, text)).toBe('```target\ntitle = "甲"');
  expect(titled('```target', 6, text)).toBe('```target\nid = "b"');
  expect(titled('## x', 2, text)).toBe('## x');
  expect(titled('```target', 2, null)).toBe('```target');
});
