import AxeBuilder from '@axe-core/playwright';
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import type {
  City,
  IndicatorRow,
  PlanDocument,
  Problem,
  Status,
  StatusTarget,
  TableInfo,
} from '../src/api/types';

export async function get<T>(request: APIRequestContext, path: string): Promise<T> {
  const response = await request.get(`/api/${path}`);
  expect(response.ok(), `GET /api/${path} answers ${response.status()}`).toBe(true);
  return (await response.json()) as T;
}

export const city = (request: APIRequestContext) => get<City>(request, 'city');
export const status = (request: APIRequestContext, tail = '') => get<Status>(request, `status${tail}`);
export const plan = (request: APIRequestContext) => get<PlanDocument[]>(request, 'plan');
export const tables = (request: APIRequestContext) => get<TableInfo[]>(request, 'tables');
export const problems = (request: APIRequestContext) => get<Problem[]>(request, 'problems');
export const indicators = (request: APIRequestContext) => get<IndicatorRow[]>(request, 'indicators');

/** A target of the plan with an observation, so that it has series, sources and a chain. */
export async function observedTarget(request: APIRequestContext): Promise<StatusTarget> {
  const { targets } = await status(request);
  const found = targets.find((target) => target.observed && target.own && target.id === target.target_id);
  if (!found) throw new Error('no own target has an observation');
  return found;
}

/** The card of a target, or its line where each area is judged. */
export const card = (page: Page, id: string) => page.locator(`[data-target="${id}"]`);

export async function noWideScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(content, 'the page must not scroll sideways').toBeLessThanOrEqual(window ?? 0);
}

/** No serious or critical finding of axe. */
export async function accessible(page: Page): Promise<void> {
  // Parts of long lists are not laid out until they are near; axe measures all of them at once.
  await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const grave = violations
    .filter((finding) => finding.impact === 'serious' || finding.impact === 'critical')
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
  expect(grave).toEqual([]);
}

/** Every page's address, with ids from the running city. */
export async function addresses(request: APIRequestContext): Promise<Record<string, string>> {
  const target = await observedTarget(request);
  const [table] = await tables(request);
  const documents = await plan(request);
  return {
    plan: '/',
    overview: '/overview',
    target: `/target/${encodeURIComponent(target.id)}`,
    indicators: '/indicators',
    indicator: `/indicator/${encodeURIComponent(target.indicator ?? '')}`,
    map: '/map',
    data: '/data',
    table: `/data/${encodeURIComponent(table?.table ?? '')}`,
    problems: '/problems',
    source: `/source?file=${encodeURIComponent(documents[0]?.path ?? '')}&line=3`,
  };
}

export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.getByText(/^(正在读取…|Loading…)$/)).toHaveCount(0);
}
