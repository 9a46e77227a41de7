/** What opens a block behind a name: `'pc-1' => [`, `"keys": {`, `$pc = @(`. What follows belongs to another record. */
export const OPENS: RegExp = /^>?\s{0,8}(?:array ?|@)?[[{(]\s{0,8}$/;
