/** What hostile code gets through and has nothing of. */

/** Name of the attempt, and what it gave. */
export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  // Deno keeps both in DENO_DIR, a part of the protected data folder that the program never looks into
  "keep something in localStorage": "kept by hostile code",
  "keep something in the Cache API": "kept by hostile code",
  "ask for more": "denied",
};
