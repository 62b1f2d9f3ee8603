import { existsSync } from 'node:fs';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The settings of the test. It ends the process if one is missing, so that a browser test that did not run counts as failed. */
export const settings = {
  server: serverURL(process.env.PIZZERIA_URL),
  browser: browserPath(process.env.CHROMIUM ? [process.env.CHROMIUM] : usualPaths),
};

/** @param {string | undefined} url */
function serverURL(url) {
  if (!url || !URL.canParse(url)) {
    return fail('set PIZZERIA_URL to a running server with the demo shop, for instance http://127.0.0.1:8080');
  }
  return new URL(url);
}

/** @param {string[]} paths */
function browserPath(paths) {
  return paths.find((path) => existsSync(path)) ?? fail(`no Chromium at ${paths.join(', ')}: install it or set CHROMIUM`);
}

/**
 * @param {string} problem
 * @returns {never}
 */
function fail(problem) {
  console.error(`web/test: ${problem}`);
  process.exit(1);
}
