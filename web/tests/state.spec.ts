// The address bar is the state; language, date and filters live there; history works.
import { expect, test } from '@playwright/test';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import * as api from './helpers';

test('language: switched in place, kept from page to page, back with the browser', async ({ page, request }) => {
  const city = await api.city(request);
  await page.goto('/');
  await api.settled(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('link', { name: zh.app.otherLanguage, exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(city.title.en || city.title.zh);
  expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
  await page.getByRole('navigation', { name: en.app.nav }).getByRole('link', { name: en.pages.overview }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.overview.title })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
  await page.goBack();
  await page.goBack();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('english pages keep no Chinese words of the interface', async ({ page, request }) => {
  for (const path of Object.values(await api.addresses(request))) {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
    await api.settled(page);
    const header = await page.locator('header.site').innerText();
    expect(header.replace('中文', ''), path).not.toMatch(/[\u4e00-\u9fff]/);
    const controls = await page.locator('main button, main label > span, main thead').allInnerTexts();
    const table = path.startsWith('/data/');
    if (!table) expect(controls.join(' '), path).not.toMatch(/[\u4e00-\u9fff]/);
  }
});

test('as-of date: asks the API for that day and stays in the address', async ({ page, request }) => {
  const then = '2023-06-30';
  const status = await api.status(request, `?as_of=${then}`);
  await page.goto('/');
  await api.settled(page);
  const field = page.getByLabel(zh.app.asOf);
  await expect(field).toHaveValue(/^\d{4}-\d{2}-\d{2}$/);
  await field.fill('');
  await field.pressSequentially(then);
  expect(new URL(page.url()).search, 'a day that is being typed goes nowhere').toBe('');
  await field.press('Enter');
  await expect(page).toHaveURL(new RegExp(`as_of=${then}`));
  for (const code of ['met', 'stale', 'unmeasured'] as const) {
    await expect(
      page.getByRole('button', { name: `${zh.verdict[code]} ${status.summary[code]}`, exact: true }),
    ).toBeVisible();
  }
  await page.getByRole('link', { name: zh.pages.overview }).click();
  await expect(page).toHaveURL(new RegExp(`/overview\\?as_of=${then}`));
});

test('as-of date: what is no day is told and put back', async ({ page, request }) => {
  const { as_of } = await api.status(request);
  await page.goto('/');
  await api.settled(page);
  const field = page.getByLabel(zh.app.asOf);
  await field.fill('2023-13');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.press('Tab');
  await expect(field).toHaveValue(as_of);
  expect(new URL(page.url()).search).toBe('');
});

test('back from a target: the card stands where it stood, its fold is open', async ({ page }) => {
  await page.goto('/');
  await api.settled(page);
  const fold = page.locator('section[data-programme] details').last();
  await fold.locator('summary').click();
  const card = fold.locator('article').last();
  await card.scrollIntoViewIfNeeded();
  const before = await card.boundingBox();
  const link = card.locator('.act');
  await link.click();
  await expect(page).toHaveURL(/\/(target|indicator)\//);
  await api.settled(page);
  await page.goBack();
  await expect(card).toBeVisible();
  await expect(link).toBeFocused();
  const after = await card.boundingBox();
  expect(Math.abs((after?.y ?? NaN) - (before?.y ?? NaN)), 'moved by less than a line').toBeLessThan(3);
});

test('filters: counts agree with the API, survive reload, come off again', async ({ page, request }) => {
  const { summary, targets } = await api.status(request);
  await page.goto('/');
  await api.settled(page);
  const button = page.getByRole('button', { name: `${zh.verdict.unmeasured} ${summary.unmeasured}` });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(zh.plan.shown(summary.unmeasured, targets.length))).toBeVisible();
  await page.reload();
  await expect(page.getByText(zh.plan.shown(summary.unmeasured, targets.length))).toBeVisible();
  await page.getByLabel(zh.plan.ownOnly).check();
  const own = targets.filter((target) => target.own && target.verdict === 'unmeasured').length;
  await expect(page.getByText(zh.plan.shown(own, targets.length))).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel(zh.plan.ownOnly)).not.toBeChecked();
  await page.getByRole('link', { name: zh.plan.clear }).click();
  await expect(page).toHaveURL(/\/$/);
});

test('search: finds a target by its words, also from a copied address', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto(`/?q=${encodeURIComponent(target.title)}`);
  await expect(api.card(page, target.id)).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue(target.title);
  await page.getByRole('searchbox').fill('no such words anywhere');
  await expect(page.getByText(zh.plan.nothing)).toBeVisible();
});

test('search: a hit among milestones only is no 0', async ({ page, request }) => {
  const { milestones } = await api.status(request);
  const [first] = milestones;
  if (!first) throw new Error('the plan has no milestone');
  await page.goto(`/?q=${encodeURIComponent(first.title)}`);
  await api.settled(page);
  await expect(page.locator(`[data-milestone="${first.id}"]`)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: zh.plan.clear })).not.toContainText('显示 0');
});

test('matrix: a count leads to its verdict, the sum to what is filtered here', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const { programmes } = await api.city(request);
  const programme = programmes.find((one) => targets.some((target) => target.programme === one.id && target.verdict === 'unmeasured'));
  if (!programme) throw new Error('no programme has such a target');
  const count = targets.filter((target) => target.programme === programme.id && target.verdict === 'unmeasured').length;
  for (const [path, name] of [
    ['/overview', new RegExp(`^${zh.verdict.unmeasured}\\s*${count}$`)],
    ['/overview?verdict=unmeasured', `${programme.title.zh}: ${count}`],
  ] as const) {
    await page.goto(path);
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: programme.title.zh, exact: true }) });
    await row.getByRole('cell').last().getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(/verdict=unmeasured/);
    await expect(page.getByText(zh.plan.shown(count, targets.length))).toBeVisible();
  }
});

test('addresses that name nothing fall back, in one language', async ({ page, request }) => {
  const { as_of } = await api.status(request);
  await page.goto('/overview?by=zzz&since=2999-01-01&verdict=qq&lang=en');
  await api.settled(page);
  await expect(page.locator('label').filter({ hasText: en.overview.transformation }).getByRole('combobox')).toHaveValue('transformation');
  await expect(page.getByLabel(en.overview.since)).toHaveValue(`${Number(as_of.slice(0, 4)) - 1}${as_of.slice(4)}`);
  await expect(page.locator('label').filter({ hasText: en.verdict.undecidable }).getByRole('combobox')).toHaveValue('');
  await expect(page.getByRole('region', { name: en.overview.matrix }).locator('tfoot')).not.toHaveText(/^[·\sAll]*$/);
  await page.goto('/indicator/nope');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('nope');
  await expect(page.getByRole('alert')).toContainText('nope');
});

test('a matrix cell opens the plan with exactly its targets', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const { programmes, goals } = await api.city(request);
  const cell = programmes.flatMap((programme) => goals.map((goal) => ({
    programme, goal,
    count: targets.filter((one) => one.programme === programme.id && one.goals.includes(goal.id)).length,
  }))).find((one) => one.count > 0);
  if (!cell) throw new Error('the matrix is empty');
  await page.goto('/overview');
  await page.getByRole('link', { name: `${cell.programme.title.zh} × ${cell.goal.title.zh}: ${cell.count}` }).click();
  await expect(page.getByText(zh.plan.shown(cell.count, targets.length))).toBeVisible();
});
