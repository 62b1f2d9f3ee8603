import type { TabsState } from '@graphiql/react';
import type { FormattedExecutionResult } from 'graphql';
import type { Sink, Subscribable } from './request.ts';

/** A tab's subscription. GraphiQL has its sink while the tab is in view. */
interface Running {
  inView: boolean;
  sink?: Sink;
  latest?: FormattedExecutionResult;
  ended: boolean;
  stop(): void;
}

interface Actions {
  run(): unknown;
  stop(): void;
}

/**
 * Keeps the subscriptions of all tabs running. GraphiQL knows one: it stops it when the visitor changes to another tab, and shows
 * its results in a tab that the visitor adds. Here a subscription that GraphiQL gives up together with a change of tabs goes on
 * out of view; when its tab is in view again, GraphiQL takes it back, with its latest result.
 */
export class TabSubscriptions {
  #actions?: Actions;
  #running = new Map<string, Running>(); // by the tab's id
  #active = '';
  #changes = 0;
  #returning?: Running;

  /** Connects the tabs with GraphiQL. */
  connect(actions: Actions): void {
    this.#actions = actions;
  }

  /** Is told of every change of GraphiQL's tabs. A subscription ends with its tab. */
  tabsChanged({ tabs, activeTabIndex }: TabsState): void {
    this.#changes++;
    this.#active = tabs[activeTabIndex]?.id ?? '';
    for (const tab of this.#running.keys()) {
      if (!tabs.some(({ id }) => id === tab)) this.#end(tab);
    }
    queueMicrotask(() => this.#showActive()); // GraphiQL has the new state then
  }

  /** The subscription that GraphiQL runs an operation for to get it back, if that is why. The operation must not be sent. */
  takeBack(): Subscribable | undefined {
    const running = this.#returning;
    if (!running) return undefined;
    this.#returning = undefined;
    return this.#show(this.#active, running);
  }

  /** The source as the subscription of the tab in view. */
  start(source: Subscribable): Subscribable {
    const tab = this.#active;
    this.#end(tab);
    const running: Running = { inView: true, ended: false, stop: () => undefined };
    this.#running.set(tab, running);
    const { unsubscribe } = source.subscribe({
      next: (result) => {
        running.latest = result;
        running.sink?.next(result);
      },
      complete: () => {
        running.ended = true;
        this.#complete(tab, running);
      },
    });
    running.stop = unsubscribe;
    return this.#show(tab, running);
  }

  #show(tab: string, running: Running): Subscribable {
    running.inView = true;
    return {
      subscribe: (sink) => {
        running.sink = sink;
        queueMicrotask(() => { // once GraphiQL has what subscribe returns
          if (running.latest) running.sink?.next(running.latest);
          if (running.ended) this.#complete(tab, running);
        });
        return { unsubscribe: () => this.#leave(tab, running) };
      },
    };
  }

  #complete(tab: string, running: Running): void {
    if (!running.sink) return; // it is shown when the tab is in view again
    if (this.#running.get(tab) === running) this.#running.delete(tab);
    running.sink.complete();
  }

  /** Nothing tells GraphiQL's reasons to unsubscribe apart but that a change of tabs follows at once. */
  #leave(tab: string, running: Running): void {
    running.inView = false;
    running.sink = undefined;
    const changes = this.#changes;
    queueMicrotask(() => {
      if (this.#changes === changes && this.#running.get(tab) === running) this.#end(tab);
    });
  }

  #end(tab: string): void {
    const running = this.#running.get(tab);
    this.#running.delete(tab);
    running?.stop();
  }

  #showActive(): void {
    for (const [tab, running] of this.#running) {
      if (running.inView && tab !== this.#active) {
        this.#actions?.stop(); // another tab was added: GraphiQL would show the results there
        this.#changes++;
      }
    }
    const running = this.#running.get(this.#active);
    if (!running || running.inView) return;
    this.#returning = running;
    void this.#actions?.run();
    if (!this.#returning) return;
    this.#returning = undefined; // GraphiQL refused, because the tab's variables or headers are no JSON
    this.#end(this.#active);
  }
}
