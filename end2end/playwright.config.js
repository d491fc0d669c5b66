import { defineConfig } from "@playwright/test";

// Debian's Chromium, without the calls home that a closed network refuses.
const FLAGS = [
  "--no-sandbox",
  "--headless=new",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const CHROMIUM = process.env.PEP_CHROMIUM ?? "/usr/bin/chromium";
export const LAUNCH = { executablePath: CHROMIUM, args: FLAGS };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  workers: 2,
  // Each test has a server of its own.
  fullyParallel: true,
  // A busy machine may miss a moment; what passes the second time is told as flaky.
  retries: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "results.json" }]],
  use: {
    launchOptions: LAUNCH,
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "on-first-retry",
  },
});
