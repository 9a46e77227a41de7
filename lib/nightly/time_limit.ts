/** One slow place must cost no more than its limit. */

/** Something took longer than it may. */
export class TimeLimitError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "TimeLimitError";
}

/** A span of time that several steps share. */
export interface TimeLimit {
  /**
   * Waits for a step, at most until the span is over. The step itself cannot be stopped; its result is dropped.
   *
   * @throws {TimeLimitError} When the span is over first.
   */
  wait<T>(step: Promise<T>): Promise<T>;
}

/**
 * Starts a span.
 *
 * @param seconds How long all steps together may take.
 * @returns The span; it ends by itself.
 */
export function startTimeLimit(seconds: number): TimeLimit {
  const controller = AbortSignal.timeout(seconds * 1000);
  const over = (): TimeLimitError => new TimeLimitError(`it took longer than ${seconds} seconds`);
  return {
    wait<T>(step: Promise<T>): Promise<T> {
      if (controller.aborted) {
        step.catch(() => undefined); // it lost the race before it began: only its time matters
        return Promise.reject(over());
      }
      return new Promise<T>((resolve, reject) => {
        const onAbort = (): void => reject(over());
        controller.addEventListener("abort", onAbort, { once: true });
        step.then(resolve, reject).finally(() => controller.removeEventListener("abort", onAbort));
      });
    },
  };
}
