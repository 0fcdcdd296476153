// Edit the plan on disk, and the open page follows without being touched.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Status, TargetDetail } from '../src/api/types';
import { number } from '../src/lib/format';

const PORT = 8432;
const HOME = `http://127.0.0.1:${PORT}`;
const BINARY = process.env.LANTU_BIN ?? '../target/release/lantu';

let folder = '';
let server: ChildProcess | null = null;

test.skip(!!process.env.LANTU_URL, 'needs a server of its own');

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantu-live-'));
  cpSync('../cities/template', folder, {
    recursive: true,
    filter: (path) => !path.includes('.lantu'),
  });
  server = spawn(BINARY, ['serve', folder, '--port', String(PORT)], { stdio: 'ignore' });
  await expect
    .poll(() => fetch(`${HOME}/api/city`).then((answer) => answer.ok, () => false), { timeout: 30_000 })
    .toBe(true);
});

test.afterAll(() => {
  server?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('a changed number in the plan reaches the open card', async ({ page, request }) => {
  const status = (await (await request.get(`${HOME}/api/status`)).json()) as Status;
  const target = status.targets.find(
    (one) => one.form === 'at_least' && typeof one.threshold === 'number' && one.id === one.target_id,
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
  const next = target.threshold + 1;
  lines[at] = `at_least = ${next}`;
  writeFileSync(path, lines.join('\n'));

  await expect(card).toContainText(`≥ ${number(next, 'zh')}`, { timeout: 10_000 });
  await expect(page.getByRole('status').filter({ hasText: '已更新' })).toBeVisible();
});
