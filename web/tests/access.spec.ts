// Keyboard, screen reader structure, axe and narrow screens, on every page.
import { expect, test } from '@playwright/test';
import { zh } from '../src/i18n/zh';
import * as api from './helpers';

const PAGES = ['plan', 'overview', 'target', 'indicators', 'indicator', 'map', 'data', 'table', 'problems', 'source'];

for (const name of PAGES) {
  test(`${name}: axe finds nothing serious, one h1, landmarks`, async ({ page, request }) => {
    const path = (await api.addresses(request))[name] ?? '/';
    await page.goto(path);
    await api.settled(page);
    await api.accessible(page);
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('banner')).toHaveCount(1);
    await expect(page.getByRole('contentinfo')).toHaveCount(1);
  });

  test(`${name}: fits 390 px in both languages`, async ({ page, request }) => {
    const path = (await api.addresses(request))[name] ?? '/';
    await page.setViewportSize({ width: 390, height: 844 });
    for (const lang of ['zh', 'en']) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await api.settled(page);
      await api.noWideScroll(page);
    }
    if (name === 'plan' || name === 'target') await api.accessible(page);
  });
}

test('skip link is the first stop and leads to the content', async ({ page }) => {
  await page.goto('/overview');
  await api.settled(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: zh.app.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('keyboard alone: from the header to a card, its drawer and back', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto('/?own=1');
  await api.settled(page);
  const how = api.card(page, target.id).getByRole('button', { name: zh.card.how });
  await how.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: zh.how.title });
  await expect(drawer).toBeVisible();
  await api.accessible(page);
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => !!document.activeElement?.closest('dialog'));
    expect(inside, 'the focus stays in the drawer').toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(how).toBeFocused();
});

test('focus is visible on links, buttons and fields', async ({ page }) => {
  await page.goto('/');
  await api.settled(page);
  for (let step = 0; step < 14; step += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return 'nothing';
      const style = getComputedStyle(node);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 ? '' : node.outerHTML.slice(0, 120);
    });
    expect(seen, 'every stop shows its focus').toBe('');
  }
});

test('after going to another page the focus is in its content', async ({ page }) => {
  await page.goto('/');
  await api.settled(page);
  await page.getByRole('link', { name: zh.pages.data, exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: zh.data.title })).toBeVisible();
  await expect(page.locator('#main')).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(zh.pages.data));
});

test('verdicts are told by mark and word, not by colour alone', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto('/?own=1');
  const card = api.card(page, target.id);
  await expect(card.locator('svg.mark')).toBeVisible();
  await expect(card.locator('.verdict')).toContainText(zh.verdict[target.verdict]);
});

test('a target chosen by keyboard takes the focus along, Esc brings it back', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto('/');
  await api.settled(page);
  const link = api.card(page, target.id).getByRole('link', { name: target.title, exact: true });
  await link.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: zh.plan.side });
  await expect(panel.getByRole('heading', { name: target.title })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
});

test('a shared address shows the card it chose, also inside a fold', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const foreign = targets.filter((target) => !target.own && target.measure && target.id === target.target_id).at(-1);
  if (!foreign) throw new Error('the plan has no target of another plan');
  await page.goto(`/?t=${encodeURIComponent(foreign.id)}`);
  await expect(api.card(page, foreign.id)).toBeInViewport();
});

test('narrow: what a filter did is in view, and one tap away', async ({ page, request }) => {
  const { summary, targets } = await api.status(request);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await api.settled(page);
  await page.getByText(zh.app.menu).click();
  await page.getByRole('button', { name: `${zh.verdict.stale} ${summary.stale}` }).click();
  const shown = page.getByRole('button', { name: zh.plan.shown(summary.stale, targets.length) });
  await expect(shown).toBeInViewport();
  await shown.click();
  await expect(page.getByRole('status').filter({ hasText: zh.plan.clear })).toBeInViewport();
  await expect(shown).toBeHidden();
});

test('narrow: choosing a target opens a sheet, Esc closes it and clears the address', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/?own=1');
  await api.settled(page);
  await api.card(page, target.id).getByRole('link', { name: target.title, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: zh.plan.side });
  await expect(sheet.getByRole('heading', { name: target.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  expect(new URL(page.url()).searchParams.get('t')).toBeNull();
});
