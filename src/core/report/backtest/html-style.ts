/** How the page looks, in light and in dark, on screens and on paper. Colours tell apart for people who see red and green alike. */

export const pageStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --paper: #fff; --shade: #f6f8fa; --card: #fff;
  --opens: #1a7f64; --released: #6fbf73; --waits: #d9930d; --asks: #b5384d; --unknown: #8c959f; --bar: #4066c9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b1; --line: #30363d; --paper: #0d1117; --shade: #161b22; --card: #11161d;
  --opens: #3fb896; --released: #7fcf84; --waits: #e3b341; --asks: #f0708a; --unknown: #6e7681; --bar: #6d94ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 66rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header p { color: var(--soft); margin: .25rem 0 0; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .25rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h2 + p, .lead { color: var(--soft); margin: 0 0 .9rem; max-width: 46rem; }
code { font: .875em ui-monospace, monospace; background: var(--shade); border-radius: 4px; padding: .1em .3em; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .9rem; margin: 1.5rem 0 0; }
.card { border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; background: var(--card); }
.card b { display: block; font-size: 1.9rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.card span { color: var(--soft); font-size: .9rem; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .soft { fill: var(--soft); }
.opens { fill: var(--opens); } .released { fill: var(--released); } .waits { fill: var(--waits); } .asks { fill: var(--asks); } .unknown { fill: var(--unknown); }
.bar { fill: var(--bar); } .track { fill: var(--shade); } .rule { stroke: var(--line); } .whisker { stroke: var(--bar); stroke-width: 2; } .usual { stroke: var(--soft); stroke-dasharray: 3 3; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; padding: 0; margin: .25rem 0 1rem; list-style: none; font-size: .9rem; }
.legend svg { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -.05rem; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; color: var(--soft); font-weight: 600; white-space: nowrap; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
td small { color: var(--soft); display: block; }
.mark { display: inline-block; width: .65rem; height: .65rem; border-radius: 50%; margin-right: .45rem; }
.mark.opens { background: var(--opens); } .mark.released { background: var(--released); } .mark.waits { background: var(--waits); } .mark.asks { background: var(--asks); } .mark.unknown { background: var(--unknown); }
details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
summary:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
ul.notes { padding-left: 1.1rem; color: var(--soft); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--soft); font-size: .9rem; }
@media print { details:not([open]) { display: none; } h2 { break-after: avoid; } tr, .card { break-inside: avoid; } }
`;
