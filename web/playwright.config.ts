import { defineConfig } from '@playwright/test';

// LANTU_URL: test a server that already runs. Otherwise the release binary (LANTU_BIN overrides) is started.
const running = process.env.LANTU_URL;
const binary = process.env.LANTU_BIN ?? '../target/release/lantu';
const address = running ?? 'http://127.0.0.1:8431';

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 1000 },
    locale: 'zh-CN',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
    },
  },
  ...(running
    ? {}
    : {
        webServer: {
          command: `${binary} serve ../cities/ningbo --port 8431 --as-of 2026-11-23`,
          url: `${address}/api/city`,
          reuseExistingServer: false,
          timeout: 60_000,
        },
      }),
});
