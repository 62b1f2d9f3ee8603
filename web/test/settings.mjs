import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What the test needs from outside. Where something is missing it ends the process: a browser test that didn't run failed. */
export const setting = {
  server: serverURL(process.env.PIZZERIA_URL),
  browser: browserPath(process.env.CHROMIUM ? [process.env.CHROMIUM] : usualPlaces),
};

/** @param {string | undefined} url */
function serverURL(url) {
  if (!url || !URL.canParse(url)) {
    return fail('set PIZZERIA_URL to a running server with the demo shop, for instance http://127.0.0.1:8080');
  }
  return new URL(url);
}

/** @param {string[]} places */
function browserPath(places) {
  return places.find((place) => existsSync(place)) ?? fail(`no Chromium at ${places.join(', ')}: install it or set CHROMIUM`);
}

/**
 * @param {string} problem
 * @returns {never}
 */
function fail(problem) {
  console.error(`test:browser: ${problem}`);
  process.exit(1);
}
