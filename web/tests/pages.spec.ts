// Each page shows what the API says, not something of its own.
import { expect, test } from '@playwright/test';
import { observed, quantity } from '../src/lib/format';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { action } from '../src/lib/say';
import { VERDICTS } from '../src/lib/verdict';
import type { IndicatorDetail, TablePage } from '../src/api/types';
import * as api from './helpers';

test('plan: every target of the text has its verdict where it is made', async ({ page, request }) => {
  const status = await api.status(request);
  const documents = await api.plan(request);
  const inText = documents.flatMap((doc) =>
    doc.blocks.flatMap((block) => (block.type === 'target' ? [block.id] : [])),
  );
  await page.goto('/');
  await api.settled(page);
  await expect(page.locator('article[data-target]')).toHaveCount(inText.length);
  for (const target of status.targets.filter((one) => one.id === one.target_id).slice(0, 12)) {
    const card = api.card(page, target.id);
    await expect(card).toContainText(target.title);
    await expect(card).toContainText(zh.verdict[target.verdict]);
    if (target.observed) {
      await expect(card).toContainText(quantity(target.observed.value, target.unit, 'zh'));
    }
  }
});

test('plan: verdict counts are those of the API', async ({ page, request }) => {
  const { summary } = await api.status(request);
  await page.goto('/');
  for (const code of VERDICTS) {
    const button = page.getByRole('button', { name: `${zh.verdict[code]} ${summary[code]}`, exact: true });
    await expect(button).toBeVisible();
  }
});

test('plan: the own targets stand before those of other plans', async ({ page, request }) => {
  const { targets } = await api.status(request);
  await page.goto('/');
  await api.settled(page);
  const own = targets.filter((target) => target.own && target.id === target.target_id);
  const listed = page.getByRole('heading', { name: zh.plan.ownTargets(targets.filter((target) => target.own).length) });
  await expect(listed).toBeVisible();
  const ids = await page.locator('section article[data-target]').evaluateAll((cards) =>
    cards.map((card) => [(card as HTMLElement).dataset.target, card.classList.contains('own'), card.closest('section')?.querySelector('h2,h3,h4')?.id]),
  );
  for (const target of own) {
    const at = ids.findIndex(([id]) => id === target.id);
    expect(at, target.id).toBeGreaterThanOrEqual(0);
    const before = ids.slice(0, at).filter(([, , section]) => section === ids[at]?.[2]);
    expect(before.every(([, isOwn]) => isOwn), `${target.id} follows a foreign target`).toBe(true);
  }
});

test('plan: targets of other plans are folded under their count', async ({ page }) => {
  await page.goto('/');
  await api.settled(page);
  const fold = page.locator('section[data-programme] details').first();
  const cards = fold.locator('article[data-target]');
  const count = await cards.count();
  await expect(fold.locator('summary')).toContainText(zh.plan.others(count));
  await expect(cards.first()).toBeHidden();
  await fold.locator('summary').click();
  await expect(cards.first()).toBeVisible();
  await expect(page.locator('article.own').first()).toBeVisible();
});

test('plan: milestones are counted, give their reason and lead to their line', async ({ page, request }) => {
  const { milestones } = await api.status(request);
  const [first] = milestones;
  if (!first) throw new Error('the plan has no milestone');
  await page.goto('/');
  await api.settled(page);
  await expect(page.getByText(zh.plan.milestones(milestones.length)).first()).toBeVisible();
  const card = page.locator(`[data-milestone="${first.id}"]`);
  await expect(card).toContainText(first.because[1] ?? '');
  await card.getByRole('link', { name: first.verdict === 'unmeasured' ? zh.milestone.supply : zh.card.defined }).click();
  await expect(page.locator('li.marked')).toContainText(first.id);
});

test('a target page is named after its target', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto(`/target/${encodeURIComponent(target.id)}`);
  await expect.poll(() => page.title()).toMatch(/^.+ · .+ · .+ · /);
  expect((await page.title()).startsWith(target.title)).toBe(true);
});

test('plan: a card whose data are out of date says which, and leads to the figures', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const stale = targets.find((target) => target.verdict === 'stale' && target.own && target.id === target.target_id);
  test.skip(!stale, 'nothing of the plan is out of date');
  if (!stale) return;
  await page.goto('/');
  await api.settled(page);
  await api.card(page, stale.id).getByRole('link', { name: action(stale, zh, 'zh') }).click();
  await expect(page).toHaveURL(new RegExp(`/indicator/${stale.indicator}`));
  await expect(page.getByRole('region', { name: zh.values.caption })).toBeInViewport();
});

test('plan: choosing a target shows its series and chain on the right', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto('/');
  await api.settled(page);
  await api.card(page, target.id).getByRole('link', { name: target.title, exact: true }).click();
  const panel = page.getByRole('complementary', { name: zh.plan.side });
  await expect(panel.getByRole('heading', { name: target.title })).toBeVisible();
  await expect(panel.getByRole('img').first()).toBeVisible();
  await expect(panel).toContainText(zh.chain.title);
  expect(new URL(page.url()).searchParams.get('t')).toBe(target.id);
});

test('overview: the matrix adds up', async ({ page, request }) => {
  const status = await api.status(request);
  const { programmes } = await api.city(request);
  await page.goto('/overview');
  await api.settled(page);
  const matrix = page.getByRole('region', { name: zh.overview.matrix });
  for (const programme of programmes) {
    const count = status.targets.filter((target) => target.programme === programme.id).length;
    const row = matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: programme.title.zh, exact: true }) });
    const last = row.getByRole('cell').last();
    const promised = status.milestones.filter((item) => item.programme === programme.id).length;
    if (count === 0 && promised > 0) await expect(last.getByRole('link', { name: zh.plan.milestones(promised) })).toBeVisible();
    else if (count === 0) await expect(last).toHaveText('·');
    else await expect(last.getByRole('link', { name: `${programme.title.zh}: ${count}` })).toBeVisible();
  }
  await expect(page.getByText(zh.overview.coverageHelp(status.coverage.decided, status.coverage.measures))).toBeVisible();
  await expect(page.getByText(zh.overview.freshnessHelp(status.freshness.fresh, status.freshness.with_data))).toBeVisible();
});

test('overview: what changed since a day', async ({ page, request }) => {
  const since = '2023-01-01';
  const { changes } = await api.get<{ changes: { id: string; title: string }[] }>(request, `changes?since=${since}`);
  await page.goto(`/overview?since=${since}`);
  await api.settled(page);
  const wanted = changes.length > 0 ? zh.overview.changed(changes.length) : zh.overview.noChanges(since);
  await expect(page.getByText(wanted)).toBeVisible();
  if (changes[0]) await expect(page.getByRole('link', { name: changes[0].title, exact: true }).first()).toBeVisible();
});

test('overview: a verdict that changed shows the figure it rests on', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const { changes } = await api.get<{ changes: { id: string }[] }>(request, 'changes?since=2025-11-23');
  const moved = targets.find((target) => target.observed && target.form !== 'cumulative' && changes.some(({ id }) => id === target.id));
  test.skip(!moved, 'nothing has moved');
  if (!moved?.observed) return;
  await page.goto('/overview?since=2025-11-23');
  const line = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: moved.title, exact: true }) });
  await expect(line.first()).toContainText(observed(moved.observed, moved.unit, 'zh'));
  await expect(line.first()).toContainText(moved.headline.zh);
});

test('overview: every group is listed, also those without an owner or a target', async ({ page, request }) => {
  const { rollups } = await api.status(request);
  for (const by of ['owner', 'transformation', 'area'] as const) {
    await page.goto(`/overview?by=${by}`);
    await api.settled(page);
    const table = page.getByRole('region', { name: zh.overview.rollups });
    const wanted = rollups.filter((rollup) => rollup.by === by && rollup.coverage.measures > 0);
    await expect(table.locator('tbody tr')).toHaveCount(wanted.length);
    if (wanted.some(({ id }) => id === '')) await expect(table).toContainText(zh.overview.noOwner);
    await expect(page.getByText(zh.overview.areaShare)).toHaveCount(by === 'area' ? 1 : 0);
  }
});

test('target: verdict, reasons, observations with their rows, chain', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.goto(`/target/${encodeURIComponent(target.id)}`);
  await expect(page.getByRole('heading', { level: 1, name: target.title })).toBeVisible();
  // A reason stands beside the verdict and again at the head of the chain.
  for (const reason of target.because) await expect(page.getByText(reason, { exact: true }).first()).toBeVisible();
  const values = page.getByRole('region', { name: zh.values.caption });
  await expect(values).toContainText(quantity(target.observed?.value ?? NaN, target.unit, 'zh'));
  await expect(values.getByRole('link', { name: `:${target.observed?.row}` }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: zh.chain.picture }).locator('rect').first()).toBeVisible();
});

test('indicator: how it is computed, with SQL and tests', async ({ page, request }) => {
  const computed = (await api.indicators(request)).find((row) => row.computed);
  if (!computed) throw new Error('no computed indicator');
  await page.goto(`/indicator/${computed.id}`);
  await page.getByRole('button', { name: zh.how.button }).click();
  const drawer = page.getByRole('dialog', { name: zh.how.title });
  await expect(drawer.getByRole('region', { name: zh.how.sql })).toContainText(/select/i);
  await expect(drawer.getByText(computed.name.zh)).toBeVisible();
});

test('indicators: all of them, and the search narrows', async ({ page, request }) => {
  const all = await api.indicators(request);
  await page.goto('/indicators');
  await expect(page.getByText(zh.indicators.count(all.length, all.length))).toBeVisible();
  const wanted = all.at(-1)?.id ?? '';
  await page.getByRole('searchbox').fill(wanted);
  const found = all.filter((row) => `${row.id} ${row.name.zh} ${row.name.en}`.toLowerCase().includes(wanted.toLowerCase()));
  await expect(page.getByText(zh.indicators.count(found.length, all.length))).toBeVisible();
  expect(new URL(page.url()).searchParams.get('q')).toBe(wanted);
});

test('indicators: those behind stale targets, found from the data page, in the order asked for', async ({ page, request }) => {
  const { targets } = await api.status(request);
  const stale = targets.filter((target) => target.verdict === 'stale');
  test.skip(stale.length === 0, 'nothing is out of date');
  const ids = new Set(stale.map((target) => target.indicator));
  const all = await api.indicators(request);
  await page.goto('/data?overdue=1');
  await expect(page.getByText(zh.data.behind(stale.length))).toBeVisible();
  await page.getByRole('link', { name: zh.data.behindLink(ids.size) }).click();
  await expect(page.getByText(zh.indicators.count(ids.size, all.length))).toBeVisible();
  const table = page.getByRole('region', { name: zh.indicators.title });
  await table.getByRole('link', { name: zh.indicators.targets, exact: true }).click();
  await expect(page).toHaveURL(/sort=targets/);
  await expect(table.locator('th[aria-sort="descending"]')).toContainText(zh.indicators.targets);
  const most = Math.max(...all.filter((row) => ids.has(row.id)).map((row) => row.targets.length));
  const first = table.locator('tbody tr').first().getByRole('link').last();
  await expect(first).toHaveText(String(most));
  await first.click();
  await expect(page).toHaveURL(/\/indicator\/.*#targets$/);
  await expect(page.getByRole('heading', { name: zh.indicators.usedBy })).toBeInViewport();
});

test('indicator: what the chain leaves out is counted right and stands in the table', async ({ page, request }) => {
  const rows = await api.indicators(request);
  const long = rows.sort((a, b) => b.observations / b.areas - a.observations / a.areas)[0];
  const { chain } = await api.get<IndicatorDetail>(request, `indicators/${long?.id}`);
  const figures = chain.children.filter((child) => child.kind !== 'reason').length;
  const hidden = Math.max(0, figures - 5) + chain.omitted;
  test.skip(hidden === 0, 'no series is that long');
  await page.goto(`/indicator/${long?.id}`);
  await page.getByRole('region', { name: zh.chain.picture }).getByRole('link').filter({ hasText: zh.chain.more(hidden) }).click();
  await expect(page).toHaveURL(/#values$/);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('region', { name: zh.chain.picture })).toHaveCount(0);
  await expect(page.locator('#chain').getByRole('link', { name: zh.chain.more(hidden) })).toBeVisible();
});

test('english: large figures in millions and billions, the published unit at the head', async ({ page, request }) => {
  const row = (await api.indicators(request)).find((one) => one.unit === 'CNY_100million');
  test.skip(!row, 'no indicator in hundred millions');
  await page.goto(`/indicator/${row?.id}?lang=en`);
  const values = page.getByRole('region', { name: en.values.caption });
  await expect(values.locator('thead')).toContainText(en.values.publishedIn('CNY 100 million'));
  await expect(values.locator('tbody tr').first()).toContainText(/CNY [\d.,]+ billion/);
  await expect(page.getByRole('main')).not.toContainText('×');
});

test('paper: nothing sticks, nothing is cut, filters stay behind', async ({ page, request }) => {
  const target = await api.observedTarget(request);
  await page.emulateMedia({ media: 'print' });
  // A4 without its margins.
  await page.setViewportSize({ width: 703, height: 1000 });
  for (const path of ['/overview', `/indicator/${target.indicator}`, `/target/${target.id}`, '/data']) {
    await page.goto(path);
    await api.settled(page);
    await api.noWideScroll(page);
    expect(await page.locator('header.site').evaluate((node) => getComputedStyle(node).position), path).toBe('static');
    for (const table of await page.locator('.scroll').all()) await expect(table).toHaveCSS('overflow', 'visible');
    await expect(page.locator('.filters')).toBeHidden();
  }
});

test('data: every table with licence; preview marks the asked row', async ({ page, request }) => {
  const all = await api.tables(request);
  await page.goto('/data');
  await expect(page.getByText(zh.data.count(all.length), { exact: true })).toBeVisible();
  const table = all.find((one) => one.role === 'observations') ?? all[0];
  if (!table) throw new Error('no table');
  await page.getByRole('link', { name: table.title.zh, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: table.title.zh })).toBeVisible();
  const { total } = await api.get<{ total: number }>(request, `tables/${table.table}?limit=1`);
  const row = 2 + Math.min(150, total - 1);
  await page.goto(`/data/${table.table}?row=${row}`);
  await expect(page.locator('tr.marked th')).toHaveText(String(row));
  await expect(page.locator('tr.marked')).toBeInViewport();
  const data = await api.get<TablePage>(request, `tables/${table.table}?offset=${row - 2}&limit=1`);
  const fields = page.locator('section').filter({ has: page.getByRole('heading', { name: zh.data.fields(row) }) });
  await expect(fields.locator('dt')).toHaveText(data.columns.map((column) => column.name));
  const shown = data.rows[0]?.map((value) => (value === null ? '–' : String(value))) ?? [];
  for (const [index, value] of shown.entries()) await expect(fields.locator('dd').nth(index)).toContainText(value);
});

test('data: a page or a row that is not there is told so', async ({ page, request }) => {
  const table = (await api.tables(request)).find((one) => one.role === 'observations');
  if (!table) throw new Error('no table');
  const { total } = await api.get<TablePage>(request, `tables/${table.table}?limit=1`);
  await page.goto(`/data/${table.table}?offset=99999`);
  await expect(page.getByText(zh.data.noPage(total)).first()).toBeVisible();
  await page.getByRole('link', { name: zh.data.firstPage }).first().click();
  await expect(page.getByText(zh.data.rows(1, Math.min(100, total), total)).first()).toBeVisible();
  await page.goto(`/data/${table.table}?row=99999`);
  await expect(page.getByText(zh.data.noRow('99999', total))).toBeVisible();
});

test('data: a table is downloaded as it lies on disk', async ({ page, request }) => {
  const table = (await api.tables(request)).find((one) => one.bytes > 0);
  if (!table) throw new Error('no table');
  await page.goto('/data');
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: `${zh.data.download} ${table.path}` }).click();
  const stream = await (await waiting).createReadStream();
  let size = 0;
  for await (const part of stream) size += (part as Buffer).length;
  expect(size).toBe(table.bytes);
});

test('problems: all listed, each opens its line', async ({ page, request }) => {
  const all = await api.problems(request);
  await page.goto('/problems');
  if (all.length === 0) {
    await expect(page.getByText(zh.problems.none)).toBeVisible();
    return;
  }
  await expect(page.getByText(zh.problems.count(all.length, all.length))).toBeVisible();
  const kinds = new Map(all.map((problem) => [`${problem.severity} ${problem.code}`, problem]));
  const worst = all.some(({ severity }) => severity === 'error') ? 'error' : all.some(({ severity }) => severity === 'warning') ? 'warning' : 'note';
  await expect(page.locator('main ol > li').first()).toContainText(zh.problems[worst]);
  if (kinds.size > 1) {
    for (const { code, severity } of kinds.values()) {
      const count = all.filter((problem) => problem.code === code && problem.severity === severity).length;
      if (count > 1) await expect(page.locator('summary').filter({ hasText: code })).toContainText(zh.problems.times(count));
    }
  }
  const first = all.find((problem) => problem.excerpt && !problem.file.startsWith('data/'));
  if (!first) return;
  await page.getByRole('searchbox').fill(first.message.zh);
  await page.getByRole('link', { name: `${first.file}:${first.line}` }).first().click();
  const { text } = await api.get<{ text: string }>(request, `source?file=${encodeURIComponent(first.file)}`);
  const line = text.split('\n')[first.line - 1] ?? '';
  await expect(page.locator('li.marked code')).toHaveText(line === '' ? ' ' : line, { useInnerText: false });
});

test('unknown things are said to be unknown', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: zh.app.notFound })).toBeVisible();
  await page.goto('/target/no-such-target?lang=en');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('no-such-target');
  await expect(alert).not.toContainText(/[\u4e00-\u9fff]/);
  await alert.getByRole('link', { name: en.app.home }).click();
  await expect(page).toHaveURL(/\/\?lang=en$/);
});
