/** One slow place must cost no more than its limit. */

/** Something took longer than it may. */
export class TimeLimitError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "TimeLimitError";
}

/** A span of time that the steps of one place share. What others make it wait for in between takes nothing of it. */
export interface TimeLimit {
  /**
   * Waits for a step, at most until the span is used up. The step itself cannot be stopped; its result is dropped.
   *
   * @throws {TimeLimitError} When the span is used up first.
   */
  wait<T>(step: Promise<T>): Promise<T>;
}

/**
 * Makes a span; it runs while at least one of its steps does.
 *
 * @param seconds How long all steps together may take.
 * @returns The span.
 */
export function startTimeLimit(seconds: number): TimeLimit {
  let leftMs = seconds * 1000;
  let running = 0;
  let since = 0;
  const over = (): TimeLimitError => new TimeLimitError(`it took longer than ${seconds} seconds`);
  return {
    async wait<T>(step: Promise<T>): Promise<T> {
      const mayTakeMs = leftMs - (running === 0 ? 0 : performance.now() - since);
      if (mayTakeMs <= 0) {
        step.catch(() => undefined); // it lost the race before it began: only its time matters
        throw over();
      }
      if (running++ === 0) since = performance.now();
      // Not setTimeout: the first of a process loads Deno's timers for Node, a tenth of a quiet night.
      const alarm = AbortSignal.timeout(Math.ceil(mayTakeMs));
      const { promise: end, reject } = Promise.withResolvers<never>();
      const giveUp = (): void => {
        leftMs = 0;
        reject(over());
      };
      alarm.addEventListener("abort", giveUp);
      try {
        return await Promise.race([step, end]);
      } finally {
        alarm.removeEventListener("abort", giveUp);
        if (--running === 0) leftMs -= performance.now() - since;
      }
    },
  };
}
