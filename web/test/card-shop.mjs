import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = new URL('../../bin/pizzeria', import.meta.url).pathname;
const staff = ['customer', 'cook', 'driver', 'manager'];
const own = 'nobody knows this password';

const keys = {
  PIZZERIA_STRIPE_API_KEY: 'sk_test_nobody',
  PIZZERIA_STRIPE_PUBLISHABLE_KEY: 'pk_test_nobody',
  PIZZERIA_STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
};

/**
 * A shop that has keys of Stripe's, and the gateway that stands for Stripe. Its menu is the demo's; its accounts have other passwords, or
 * else it wouldn't open.
 */
export class CardShop {
  /** @type {import('node:child_process').ChildProcess[]} */
  #running = [];
  #folder = '';
  #port = 0;
  gateway = '';

  get url() {
    return new URL(`http://127.0.0.1:${this.#port}`);
  }

  async open() {
    this.#folder = await mkdtemp(join(tmpdir(), 'card-shop-'));
    await chmod(this.#folder, 0o755); // Postgres does not run as root
    this.#port = await freePort();
    await this.#run(['seed'], '');
    for (const name of staff) await this.#run(['account', 'password', '-email', `${name}@example.com`], own);
    const line = await this.#start(['gateway', '-addr', '127.0.0.1:0', '-webhook', `${this.url.origin}/webhooks/stripe`], {}, /PIZZERIA_STRIPE_API_BASE=(\S+)/);
    this.gateway = line;
    await this.serve({});
  }

  /**
   * Opens the shop, in the place of the one that is open.
   * @param {Record<string, string>} environment
   */
  async serve(environment) {
    if (this.#running.length > 1) await stop(this.#running.pop());
    await this.#start(['serve'], { PIZZERIA_STRIPE_API_BASE: this.gateway, ...environment }, /GraphQL\s+(\S+)/);
  }

  async close() {
    for (const program of this.#running.toReversed()) await stop(program);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * @param {string[]} args
   * @param {Record<string, string>} environment
   */
  #spawn(args, environment) {
    const settings = {
      PIZZERIA_ADDR: `127.0.0.1:${this.#port}`, PIZZERIA_ADMIN_ADDR: '127.0.0.1:0', PIZZERIA_DATABASE_URL: '', PIZZERIA_DATA_DIR: join(this.#folder, 'data'),
      PIZZERIA_RATE_LIMIT: 'off', PIZZERIA_LOG_LEVEL: 'warn', ...keys, ...environment,
    };
    return spawn(binary, args, { env: { ...process.env, ...settings }, stdio: ['pipe', 'pipe', 'inherit'] });
  }

  /**
   * @param {string[]} args
   * @param {string} input
   */
  async #run(args, input) {
    const program = this.#spawn(args, {});
    program.stdout?.resume();
    program.stdin?.end(`${input}\n`);
    const [status] = await once(program, 'exit');
    if (status !== 0) throw new Error(`pizzeria ${args.join(' ')}: exit status ${status}`);
  }

  /**
   * @param {string[]} args
   * @param {Record<string, string>} environment
   * @param {RegExp} says with what it is looked for, once the program is there
   * @returns {Promise<string>}
   */
  #start(args, environment, says) {
    const program = this.#spawn(args, environment);
    this.#running.push(program);
    let out = '';
    return new Promise((resolve, reject) => {
      program.once('exit', (status) => reject(new Error(`pizzeria ${args.join(' ')}: exit status ${status}`)));
      program.stdout?.on('data', (text) => {
        out += text;
        const found = says.exec(out)?.[1];
        if (found) resolve(found);
      });
    });
  }
}

/** @param {import('node:child_process').ChildProcess | undefined} program */
async function stop(program) {
  if (!program || program.exitCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGINT');
  await ended;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
