// Edit the plan on disk, and the open page follows without being touched. Stop the server, and the page says so.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { zh } from '../src/i18n/zh';
import type { Status, TargetDetail } from '../src/api/types';
import { number } from '../src/lib/format';

const PORT = 8432;
const HOME = `http://127.0.0.1:${PORT}`;
const BINARY = process.env.LANTU_BIN ?? '../target/release/lantu';

let folder = '';
let server: ChildProcess | null = null;

// One server for all: they take turns.
test.describe.configure({ mode: 'serial' });
test.skip(!!process.env.LANTU_URL, 'needs a server of its own');

async function start(): Promise<void> {
  server = spawn(BINARY, ['serve', folder, '--port', String(PORT)], { stdio: 'ignore' });
  await expect
    .poll(() => fetch(`${HOME}/api/city`).then((answer) => answer.ok, () => false), { timeout: 30_000 })
    .toBe(true);
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantu-live-'));
  cpSync('../cities/template', folder, {
    recursive: true,
    filter: (path) => !path.includes('.lantu'),
  });
  await start();
});

test.afterAll(() => {
  server?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('a changed number in the plan reaches the open card, a broken one is told', async ({ page, request }) => {
  const status = (await (await request.get(`${HOME}/api/status`)).json()) as Status;
  const target = status.targets.find(
    (one) => one.form === 'at_least' && typeof one.threshold === 'number' && one.id === one.target_id && one.own,
  );
  if (!target || typeof target.threshold !== 'number') throw new Error('the template has no at_least target');
  const detail = (await (await request.get(`${HOME}/api/targets/${target.id}`)).json()) as TargetDetail;

  await page.goto(HOME);
  const card = page.locator(`[data-target="${target.id}"]`);
  await expect(card).toContainText(`≥ ${number(target.threshold, 'zh')}`);

  const path = join(folder, detail.location.file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const block = lines.findIndex((line) => new RegExp(`^\\s*id\\s*=\\s*"${target.id}"`).test(line));
  const at = lines.findIndex((line, index) => index > block && /^\s*at_least\s*=/.test(line));
  const write = (value: string): void => {
    lines[at] = `at_least = ${value}`;
    writeFileSync(path, lines.join('\n'));
  };
  const next = target.threshold + 1;
  write(String(next));
  await expect(card).toContainText(`≥ ${number(next, 'zh')}`, { timeout: 10_000 });
  await expect(page.getByRole('status').filter({ hasText: '已更新' })).toBeVisible();

  write('"many"');
  await expect(card).toContainText(zh.card.unreadable, { timeout: 10_000 });
  await expect(page.getByRole('navigation', { name: zh.app.nav })).toContainText(zh.app.errors(1));
  await card.getByRole('link', { name: zh.card.problem }).click();
  await expect(page.locator('li.error pre')).toContainText('"many"');

  write(String(target.threshold));
  await expect(page.getByRole('navigation', { name: zh.app.nav })).not.toContainText(zh.app.errors(1), { timeout: 10_000 });
});

test('a server that is gone is told in plain words, and asked again when it is back', async ({ page }) => {
  await page.goto(`${HOME}/overview`);
  await expect(page.getByRole('heading', { level: 1, name: zh.overview.title })).toBeVisible();
  server?.kill('SIGKILL');
  const lost = page.getByRole('status').filter({ hasText: zh.app.lost });
  await expect(lost).toBeVisible();
  await page.getByRole('link', { name: zh.pages.plan, exact: true }).click();
  await expect(page.getByRole('alert').first()).toContainText(zh.app.noAnswer);
  await page.getByRole('navigation', { name: zh.app.nav }).getByRole('link', { name: zh.pages.problems }).click();
  await expect(page.getByRole('alert')).toContainText(zh.app.pageFailed);
  await start();
  await expect(page.getByRole('heading', { level: 1, name: zh.problems.title })).toBeVisible({ timeout: 20_000 });
  await expect(lost).toHaveCount(0);
});
