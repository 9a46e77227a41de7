/** Pages and mails are filled from an organisation's templates; a wrong one must not keep a key from leaving. */

import { reasonOf } from "../core/say_reason.ts";
import { UserError } from "../errors.ts";
import type { Templates, TemplateStore } from "../ports.ts";

/** Fills pages and mails. */
export interface Pages {
  /** Renders with the templates of the settings; where these are wrong, with the program's own. */
  render<T>(act: (templates: Templates) => T): Promise<T>;
  /** What was wrong with templates so far, each once. */
  problems(): readonly string[];
}

/**
 * Makes the pages of a night.
 *
 * @param store Gives the templates when something is to be rendered.
 * @returns Pages that always come out.
 */
export function pagesOf(store: TemplateStore): Pages {
  const problems = new Set<string>();
  return {
    async render<T>(act: (templates: Templates) => T): Promise<T> {
      try {
        return act(await store.load());
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        problems.add(reasonOf(error));
        return act(await store.builtIn());
      }
    },
    problems: () => [...problems],
  };
}
