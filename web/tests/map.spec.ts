// The map and the table beside it; and the table alone where there is no WebGL.
import { expect, test } from '@playwright/test';
import type { MapData, Outlines } from '../src/api/types';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { observed } from '../src/lib/format';
import * as api from './helpers';

async function widest(request: Parameters<typeof api.indicators>[0]) {
  const rows = (await api.indicators(request)).filter((row) => row.areas > 1);
  const [first] = rows.sort((a, b) => b.areas - a.areas);
  if (!first) throw new Error('no indicator by district');
  return api.get<MapData>(request, `map?indicator=${first.id}`);
}

test('map: districts drawn, values as the API has them, no outside requests', async ({ page, request }) => {
  const outside: string[] = [];
  page.on('request', (one) => {
    const url = new URL(one.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') outside.push(one.url());
  });
  const data = await widest(request);
  const outlines = await api.get<Outlines>(request, 'outlines');
  await page.goto(`/map?indicator=${data.indicator}`);
  await api.settled(page);
  await expect(page.locator('.maplibregl-canvas')).toBeVisible();
  await expect(page.locator('.district')).toHaveCount(outlines.features.length);
  const table = page.getByRole('region', { name: zh.map.table });
  const rows = [...data.values].sort((a, b) => b.value - a.value);
  for (const row of rows) await expect(table).toContainText(observed(row, data.unit, 'zh'));
  const missing = outlines.features.filter(({ properties }) => !rows.some((row) => row.area === properties.area));
  await expect(table.getByText(zh.map.missing)).toHaveCount(missing.length);
  await expect(page.getByText(outlines.attribution.zh)).toBeVisible();
  expect(outside).toEqual([]);
});

test('map: period and classes live in the address', async ({ page, request }) => {
  const data = await widest(request);
  await page.goto(`/map?indicator=${data.indicator}`);
  await api.settled(page);
  await page.getByLabel(zh.map.classes).selectOption('equal');
  await expect(page).toHaveURL(/classes=equal/);
  const other = data.periods.find((period) => period !== data.period);
  if (!other) return;
  await page.getByLabel(zh.map.period).selectOption(other);
  await expect(page).toHaveURL(new RegExp(`period=${other}`));
  const then = await api.get<MapData>(request, `map?indicator=${data.indicator}&period=${other}`);
  const table = page.getByRole('region', { name: zh.map.table });
  for (const row of then.values) await expect(table).toContainText(observed(row, data.unit, 'zh'));
});

test('map: the first indicator is the same in both languages, and stands in the address', async ({ page }) => {
  await page.goto('/map');
  await expect(page).toHaveURL(/indicator=/);
  const first = new URL(page.url()).searchParams.get('indicator');
  await page.goto('/map?lang=en');
  await expect(page).toHaveURL(new RegExp(`indicator=${first}`));
  await page.goto('/map?indicator=nope&period=1800&lang=en');
  await expect(page.getByText(en.map.unknown('nope'))).toBeVisible();
  await expect(page.getByText(en.map.noPeriod('1800'))).toBeVisible();
  await expect(page.getByLabel(en.map.indicator)).toHaveValue(first ?? '');
});

test('map: a click selects a district, marks its row and offers its series', async ({ page, request }) => {
  const data = await widest(request);
  const outlines = await api.get<Outlines>(request, 'outlines');
  const shape = outlines.features.find(({ properties }) => data.values.some(({ area }) => area === properties.area));
  if (!shape) throw new Error('no outline has a value');
  const { area, name_zh } = shape.properties;
  await page.goto(`/map?indicator=${data.indicator}`);
  await api.settled(page);
  await expect(page.getByText(zh.map.none)).toBeVisible();
  await expect(page.locator('.district')).toHaveCount(outlines.features.length);
  const box = await page.locator('.district').filter({ hasText: name_zh }).boundingBox();
  if (!box) throw new Error('the label is not drawn');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page).toHaveURL(new RegExp(`area=${area}`));
  await expect(page.getByRole('row').filter({ hasText: name_zh })).toHaveAttribute('aria-current', 'true');
  await page.getByRole('link', { name: zh.map.open }).click();
  await expect(page).toHaveURL(new RegExp(`/indicator/${data.indicator}\\?area=${area}`));
});

test('map: without WebGL it says so and keeps the table', async ({ page, request }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  const data = await widest(request);
  await page.goto(`/map?indicator=${data.indicator}`);
  await expect(page.getByText(zh.map.noWebgl)).toBeVisible();
  const table = page.getByRole('region', { name: zh.map.table });
  for (const row of data.values) await expect(table).toContainText(observed(row, data.unit, 'zh'));
});
