/** The server's time, learned from its answers: a device's clock may be wrong by hours. */
export class ServerClock {
  #ahead = 0;
  readonly #device: () => number;

  constructor(device: () => number) {
    this.#device = device;
  }

  /** Learns from an answer's Date header, which is to the second, and from when it was asked for by the device's clock. */
  learn(date: string | null, asked: number) {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    const between = (asked + this.#device()) / 2;
    const ahead = told + 500 - between;
    // Within the header's second the device is as good.
    this.#ahead = Math.abs(ahead) < 1500 ? 0 : ahead;
  }

  /** By how many ms the server's clock is ahead of the device's, as far as is known. */
  readonly ahead = () => this.#ahead;

  /** Goes on with what was known before, until an answer tells more: after a start without network. */
  resume(ahead: number) {
    this.#ahead ||= ahead;
  }

  /** In ms since 1970. */
  readonly now = () => this.#device() + this.#ahead;
}
