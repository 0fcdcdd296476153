// Observations and path → an ECharts option. Pure: no chart, no DOM but the tooltip's own element.
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Observation } from '../api/types';
import type { Messages } from '../i18n/zh';
import { interval, observed, period, scale, scaled } from '../lib/format';
import type { Lang } from '../lib/url';

export interface SeriesInput {
  points: readonly Observation[];
  path: readonly { date: string; value: number }[];
  deadline: string | null;
  threshold: number | null;
  band: readonly [number, number] | null;
  unit: string | null;
  lang: Lang;
  t: Messages;
}

const INK = '#17222d';
const SOFT = '#5d6a76';
const ACCENT = '#0b5480';
const LINE = '#e4e9ee';
const BREAK = '#8a5a06';

/** The last day of a year is that year's number: yearly points sit on their year's tick. */
export function yearOf(date: string): number {
  const time = Date.parse(date);
  const year = new Date(time).getUTCFullYear();
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  return year - 1 + (time + 86_400_000 - from) / (to - from);
}

function symbol(point: Observation): { symbol: string; itemStyle: object } {
  const hollow = point.stage !== 'final';
  return {
    symbol: point.trust === 'secondary' ? 'rect' : 'circle',
    itemStyle: { color: hollow ? '#fff' : INK, borderColor: INK, borderWidth: 2 },
  };
}

/** Points whose definition differs from the one before; the first has nothing before it to differ from. */
export const breaking = (points: readonly Observation[]): Observation[] =>
  points.filter((point, index) => point.breaks && index > 0);

/** True when the line has a stretch that nobody has seen. */
export const hasGaps = (points: readonly Observation[]): boolean =>
  points.some((point, index) => !point.breaks && isGap(points, index));

/** True when periods are missing before a point: longer than one and a half times the usual step. */
function isGap(points: readonly Observation[], index: number): boolean {
  const steps = points.slice(1).map((point, at) => yearOf(point.date) - yearOf(points[at]?.date ?? ''));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? 0;
  return index > 0 && (steps[index - 1] ?? 0) > 1.5 * usual;
}

/** The way across missing periods, drawn thin: nobody has seen it. */
function gapLines(points: readonly Observation[]): LineSeriesOption {
  const data = points.flatMap((point, index) => {
    const before = points[index - 1];
    if (!before || point.breaks || !isGap(points, index)) return [];
    const [from, to] = [before, point].map((end) => [yearOf(end.date), end.value]);
    return [from, to, [yearOf(point.date), '-']] as (number | string)[][];
  });
  return {
    id: 'gaps',
    type: 'line',
    z: 1,
    silent: true,
    symbol: 'none',
    data,
    lineStyle: { color: SOFT, type: 'dotted', width: 1 },
  };
}

/** A break and missing periods start a new line: nothing firm is drawn across them. */
function lineData(points: readonly Observation[]): LineSeriesOption['data'] {
  const data: NonNullable<LineSeriesOption['data']> = [];
  for (const [index, point] of points.entries()) {
    const x = yearOf(point.date);
    const broken = point.breaks || isGap(points, index);
    if (broken && data.length > 0) data.push({ value: [x, '-'], symbol: 'none' });
    data.push({ value: [x, point.value], ...symbol(point) });
  }
  return data;
}

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

const whisker: RenderItem = (params, api) => {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const area = params.coordSys as unknown as { y: number; height: number };
  const edge = (index: number, open: number): number => {
    const value = api.value(index) as number;
    if (Number.isNaN(value)) return open;
    return api.coord([api.value(0), value])[1] ?? open;
  };
  const openUp = Number.isNaN(api.value(3) as number);
  const openDown = Number.isNaN(api.value(2) as number);
  const top = Math.max(edge(3, y - 26), area.y - 8);
  const bottom = Math.min(edge(2, y + 26), area.y + area.height);
  const style = { stroke: INK, lineWidth: 1.5, fill: 'none' };
  const end = (at: number, open: boolean, way: 1 | -1) => ({
    type: 'polyline' as const,
    shape: {
      points: open
        ? [[x - 4, at + 5 * way], [x, at], [x + 4, at + 5 * way]]
        : [[x - 4, at], [x + 4, at]],
    },
    style,
  });
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1: x, y1: top, x2: x, y2: bottom }, style },
      end(top, openUp, 1),
      end(bottom, openDown, -1),
    ],
  };
};

const inexact = (point: Observation): boolean =>
  point.low === null || point.high === null || point.low !== point.high;

function whiskers(points: readonly Observation[]): CustomSeriesOption {
  return {
    type: 'custom',
    renderItem: whisker,
    silent: true,
    z: 3,
    encode: { x: 0, y: [1, 2, 3] },
    data: points
      .filter(inexact)
      .map((point) => [yearOf(point.date), point.value, point.low ?? NaN, point.high ?? NaN]),
  };
}

/** A change of definition: a dotted line from the point down to its year. Words are in the legend, where they have room. */
const drop: RenderItem = (params, api) => {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const area = params.coordSys as unknown as { y: number; height: number };
  return {
    type: 'line',
    shape: { x1: x, y1: y, x2: x, y2: area.y + area.height },
    style: { stroke: BREAK, lineWidth: 1.5, lineDash: [2, 3] },
  };
};

function drops(points: readonly Observation[]): CustomSeriesOption {
  const data = breaking(points).map((point) => [yearOf(point.date), point.value]);
  return { id: 'breaks', type: 'custom', renderItem: drop, silent: true, z: 1, encode: { x: 0, y: 1 }, data };
}

function marks(input: SeriesInput): LineSeriesOption['markLine'] {
  const { deadline, threshold, unit, t, lang } = input;
  const label = { color: SOFT, fontSize: 11, distance: 2 };
  const data: NonNullable<NonNullable<LineSeriesOption['markLine']>['data']> = [];
  if (deadline) {
    data.push({
      xAxis: yearOf(deadline),
      lineStyle: { color: SOFT, type: 'solid', width: 1 },
      label: { ...label, position: 'end', formatter: t.chart.deadline },
    });
  }
  if (threshold !== null) {
    data.push({
      yAxis: threshold,
      lineStyle: { color: ACCENT, type: 'solid', width: 1 },
      label: {
        ...label,
        color: ACCENT,
        position: 'insideStartTop',
        formatter: `${t.chart.target} ${scaled(threshold, unit, lang)}`,
      },
    });
  }
  return { silent: true, symbol: 'none', animation: false, data };
}

function bandArea([low, high]: readonly [number, number], input: SeriesInput): LineSeriesOption['markArea'] {
  const { t, lang, unit } = input;
  const label = `${t.chart.target} ${scaled(low, unit, lang)}–${scaled(high, unit, lang)}`;
  return {
    silent: true,
    animation: false,
    itemStyle: { color: 'rgb(11 84 128 / 0.1)' },
    label: { color: ACCENT, fontSize: 11, position: 'insideTopLeft' },
    data: [[{ name: label, yAxis: low }, { yAxis: high }]],
  };
}

function lines(input: SeriesInput, point: Observation): string[] {
  const { lang, t, unit } = input;
  const rows = [`${period(point.period, lang)}  ${observed(point, unit, lang)}`];
  if (inexact(point)) rows.push(`${t.values.interval} ${interval(point, lang, unit)}`);
  rows.push(`${t.stage[point.stage]} · ${t.trust[point.trust]}`);
  if (point.breaks) rows.push(t.values.breaks);
  rows.push(point.source);
  return rows;
}

function tooltip(input: SeriesInput): object {
  return {
    trigger: 'item',
    confine: true,
    borderColor: '#bcc7d0',
    textStyle: { color: INK, fontSize: 12.5 },
    extraCssText: 'max-width:300px;white-space:normal;box-shadow:0 2px 8px rgb(23 34 45 / .12)',
    formatter: (hit: { seriesId?: string; value?: unknown }) => {
      const box = document.createElement('div');
      const [x] = Array.isArray(hit.value) ? (hit.value as number[]) : [];
      const found = input.points.find((point) => yearOf(point.date) === x);
      const rows = found && hit.seriesId === 'observed' ? lines(input, found) : [];
      for (const row of rows) box.appendChild(document.createElement('div')).textContent = row;
      return rows.length > 0 ? box : '';
    },
  };
}

export function seriesOption(given: SeriesInput): EChartsCoreOption {
  // What a better figure of the same period replaced is in the table, not in the picture.
  const input = { ...given, points: given.points.filter((point) => !point.overruled) };
  const { points, path, threshold, band, unit, lang } = input;
  const xs = [
    ...points.map((point) => yearOf(point.date)),
    ...path.map((point) => yearOf(point.date)),
    ...(input.deadline ? [yearOf(input.deadline)] : []),
  ];
  const from = Math.floor(Math.min(...xs));
  const to = Math.ceil(Math.max(...xs));
  const ys = [...points.map((point) => point.value), ...path.map((point) => point.value)];
  if (threshold !== null) ys.push(threshold);
  if (band) ys.push(...band);
  const observedSeries: LineSeriesOption = {
    id: 'observed',
    type: 'line',
    z: 4,
    data: lineData(points),
    symbolSize: points.length > 24 ? 6 : 8,
    showAllSymbol: true,
    lineStyle: { color: INK, width: 2 },
    markLine: marks(input),
    ...(band ? { markArea: bandArea(band, input) } : {}),
  };
  const pathSeries: LineSeriesOption = {
    id: 'expected',
    type: 'line',
    z: 2,
    silent: true,
    data: path.map((point, index) => ({
      value: [yearOf(point.date), point.value],
      symbol: index === path.length - 1 ? 'emptyCircle' : 'none',
      symbolSize: 9,
    })),
    itemStyle: { color: ACCENT },
    lineStyle: { color: ACCENT, type: [5, 4], width: 1.5 },
  };
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 8, right: 22, top: 30, bottom: 4, containLabel: true },
    tooltip: tooltip(input),
    xAxis: {
      type: 'value',
      min: from === to ? from - 1 : from,
      max: from === to ? to + 1 : to,
      minInterval: 1,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: '#9aa7b2' } },
      axisLabel: {
        color: SOFT,
        hideOverlap: true,
        formatter: (year: number) => (Number.isInteger(year) ? String(year) : ''),
      },
    },
    yAxis: {
      type: 'value',
      scale: true,
      // Room for arrows of open intervals and for the label of the deadline.
      boundaryGap: ['3%', '14%'],
      name: scale(unit, lang),
      nameTextStyle: { color: SOFT, align: 'left', fontSize: 11.5 },
      nameGap: 12,
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { color: SOFT, formatter: (value: number) => scaled(value, unit, lang) },
      ...(ys.length > 0 && Math.min(...ys) === Math.max(...ys)
        ? { min: Math.min(0, ys[0] ?? 0) }
        : {}),
    },
    series: [pathSeries, gapLines(points), drops(points), observedSeries, whiskers(points)],
  };
}
