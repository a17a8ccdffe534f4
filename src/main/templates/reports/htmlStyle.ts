/** The style of a report, for light and dark, and for paper. Filters need no script. */
export const htmlStyle = `
:root { color-scheme: light dark; --ink: #1c1e21; --dim: #5b6169; --line: #d9dce0; --ground: #fff; --soft: #f4f5f7; --right: #18703a; --wrong: #a3261c; --mark: #2f5fd0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --dim: #9aa1aa; --line: #3a3f46; --ground: #17191c; --soft: #22252a; --right: #6cc48a; --wrong: #f08a80; --mark: #8fb0ff; } }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.dim { color: var(--dim); }
.headline { font-size: 1.15rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
thead th { background: var(--soft); }
.figures { display: block; overflow-x: auto; }
.figures th { vertical-align: bottom; }
.figures td:nth-child(2) { min-width: 9rem; }
td.num { white-space: nowrap; }
.num { text-align: right; font-variant-numeric: tabular-nums; }
svg { vertical-align: middle; } .axis { stroke: var(--line); } .range { stroke: var(--mark); } .value { fill: var(--mark); }
summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }
fieldset { border: 0; padding: 0; margin: 0 0 .5rem; display: flex; gap: 1.25rem; }
.right { color: var(--right); } .wrong { color: var(--wrong); }
body:has(#show-right:checked) tr[data-is]:not([data-is="right"]),
body:has(#show-wrong:checked) tr[data-is]:not([data-is="wrong"]),
body:has(#show-not-judged:checked) tr[data-is]:not([data-is="not-judged"]) { display: none; }
@media print { fieldset { display: none; } body { max-width: none; padding: 0; } }
`
