import { chromium } from 'playwright-core';
import { settings } from './settings.mjs';

const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A browser that asks nothing of anybody but the pages it opens. */
export function launch() {
  return chromium.launch({ executablePath: settings.browser, args: [...flags, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
}
