import { type Sound, type Tone, tunes } from './sounds.rules.ts';

const loudness = 0.25;
const edge = 0.012; // seconds in which a tone comes and goes, so that it doesn't click

/** Plays tunes, once somebody has touched the page. */
export class Player {
  #context: AudioContext | null = null;

  async unlock(): Promise<void> {
    this.#context ??= new AudioContext();
    await this.#context.resume();
  }

  /** Whether it is silent: nothing was unlocked yet. */
  get isSilent(): boolean {
    return this.#context?.state !== 'running';
  }

  play(sound: Sound) {
    const context = this.#context;
    if (!context || this.isSilent) return;
    let at = context.currentTime;
    for (const tone of tunes[sound]) at = this.#tone(context, tone, at);
  }

  #tone(context: AudioContext, [hertz, ms]: Tone, at: number): number {
    const end = at + ms / 1000;
    if (!hertz) return end;
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    oscillator.type = 'triangle';
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness, at + edge);
    gain.gain.setValueAtTime(loudness, end - edge);
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(end);
    return end;
  }
}
