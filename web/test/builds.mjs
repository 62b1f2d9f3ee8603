import { createServer } from 'node:http';

/** The server as it is after one build and another: in front of the real one, with pages and files that tell which build they are of. */
export class Builds {
  /** @type {import('node:http').Server} */
  #front;
  #number = 1;

  /** @param {URL} server */
  constructor(server) {
    this.#front = createServer(async ({ url = '/', headers }, response) => {
      const { answer, body } = await this.#ask(new URL(url, server), headers);
      response.writeHead(answer.status, answer.headers);
      response.end(body);
    });
  }

  /** @param {URL} server */
  static async open(server) {
    const builds = new Builds(server);
    await new Promise((resolve) => builds.#front.listen(0, '127.0.0.1', () => resolve(undefined)));
    return builds;
  }

  get url() {
    const address = this.#front.address();
    if (!address || typeof address !== 'object') throw new Error('the builds are closed');
    return new URL(`http://127.0.0.1:${address.port}`);
  }

  /** Replaces the build by another one, whose files have other names. */
  make() {
    this.#number++;
  }

  async close() {
    this.#front.closeAllConnections();
    await new Promise((resolve) => this.#front.close(resolve));
  }

  /**
   * @param {URL} url
   * @param {import('node:http').IncomingHttpHeaders} asked
   */
  async #ask(url, asked) {
    const [, folder, build] = /^\/assets\/((\d+)-)?/.exec(url.pathname) ?? [];
    if (folder && Number(build) !== this.#number) return { answer: { status: 404, headers: {} }, body: '' };
    url.pathname = url.pathname.replace(/^\/assets\/\d+-/, '/assets/');
    const heard = await fetch(url, { headers: { 'accept-language': asked['accept-language'] ?? '', 'accept-encoding': 'identity' } });
    const headers = Object.fromEntries([...heard.headers].filter(([name]) => !['content-encoding', 'content-length', 'etag'].includes(name)));
    const type = headers['content-type'] ?? '';
    const answer = { status: heard.status, headers };
    if (!/html|javascript|css/.test(type)) return { answer, body: Buffer.from(await heard.arrayBuffer()) };
    return { answer, body: this.#marked(await heard.text()) };
  }

  /** @param {string} text of a page, a script, or the worker, with the build's name and those of its files */
  #marked(text) {
    return text
      .replaceAll(/((?:\/|"|`|')assets\/)(?=[\w.-]+\.(?:js|css|svg|woff2))/g, `$1${this.#number}-`)
      .replaceAll(/(["'`]\.\/)(?=[\w.-]+\.(?:js|css)["'`])/g, `$1${this.#number}-`)
      .replace(/(\\"name\\":\\")(\w+)/, `$1$2${this.#number}`)
      .replace('<head>', `<head><meta name="build" content="${this.#number}">`);
  }
}
