// SPDX-License-Identifier: GPL-3.0-or-later
// Colours are the tokens of the window (every pair of text and ground is at least 4.5 : 1); shapes stand on a 20 x 20
// grid.
#include "analyzers/report/writers/html.h"

namespace cupel::report {

std::string_view htmlStyle()
{
    return R"css(:root{color-scheme:light dark;--surface:#FFFFFF;--third:#ECEEF2;--text:#1A1E24;--second:#444C57;--muted:#5C6572;--link:#0B5CAD;
--line:#D5DAE1;--accent:#0B6B66;--warn:#FFF3D6;--error:#FBE4E1;--ok:#DDF3E4;--s4:#622147;--s3:#AB332A;--s2:#C27700;--s1:#095C9D;--s0:#6B7181;
--l4:#FFFFFF;--l3:#FFFFFF;--l2:#1A1E24;--l1:#FFFFFF;--l0:#1A1E24}
@media (prefers-color-scheme:dark){:root{--surface:#1A1E24;--third:#222730;--text:#E5E8EC;--second:#B4BBC6;--muted:#8F98A6;--link:#74B7FF;
--line:#323945;--accent:#4FC3B7;--warn:#3A3013;--error:#43201F;--ok:#17351F;--s4:#E3317F;--s3:#DE9560;--s2:#FFE339;--s1:#068DD3;--s0:#A5ACBB;
--l4:#14171C;--l3:#14171C;--l2:#14171C;--l1:#14171C;--l0:#E5E8EC}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--text);font:16px/1.5 Inter,"Noto Sans",system-ui,sans-serif}
header,main,nav,footer{max-width:56rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}
h1{font-size:1.9rem;line-height:1.25;margin:.2rem 0}
h2{font-size:1.4rem;margin:3rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.8rem 0 .3rem;display:flex;gap:.5rem;align-items:center}
h4{font-size:1rem;margin:1.4rem 0 .3rem}
h3 .note{margin-left:auto;font:.8rem/1.4 "JetBrains Mono",monospace;color:var(--muted);font-weight:400}
.number{color:var(--muted);font-weight:400}
p{margin:.4rem 0;max-width:46rem}
.small,.kind{font-size:.875rem}
.muted,.kind{color:var(--muted)}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
svg.shape{width:1.25em;height:1.25em;flex:none;vertical-align:-.25em}
.verdict{display:flex;gap:1rem;padding:1rem 1.2rem;border-radius:8px;background:var(--third);margin:1rem 0}
.verdict.error{background:var(--error)}.verdict.warn{background:var(--warn)}.verdict.clear{background:var(--ok)}
.verdict p{margin:.2rem 0 0}.verdict strong{font-size:1.1rem}.verdict svg.shape{width:2.2rem;height:2.2rem}
ul.counts{display:grid;grid-template-columns:repeat(5,1fr);gap:.6rem;list-style:none;margin:1rem 0;padding:0}
ul.counts li{border:1px solid var(--line);border-radius:8px;padding:.7rem}
ul.counts b{display:block;font-size:1.4rem;line-height:1.3}
ul.items,nav ol{list-style:none;margin:.5rem 0;padding:0}
main>section:first-child h2{margin-top:1.4rem}
ul.items li{display:flex;gap:.6rem;padding:.35rem 0;border-bottom:1px solid var(--line);align-items:center}
ul.items .note{margin-left:auto;color:var(--muted);font-size:.875rem;text-align:right}
nav{margin-top:1.2rem}summary{cursor:pointer;color:var(--link);width:max-content}
nav li{padding:.1rem 0}nav ol ol{padding-left:1.5rem;margin:0;font-size:.9rem}
dl{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;margin:.8rem 0}
dl div{display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--line);padding:.3rem 0}
dt{color:var(--second)}dd{margin:0;font-weight:600;text-align:right;overflow-wrap:anywhere}
pre{background:var(--third);border-radius:6px;padding:.6rem .8rem;margin:.6rem 0;overflow-x:auto;font:.85rem/1.55 "JetBrains Mono",monospace;
font-variant-ligatures:none;white-space:pre-wrap;overflow-wrap:anywhere}
pre .no{color:var(--muted);user-select:none;display:inline-block;min-width:2.5em;padding-right:1em;text-align:right}
pre mark{background:none;color:inherit;text-decoration:underline 2px}
.wide{overflow-x:auto}
figure{margin:1rem 0}svg.drawing{width:100%;height:auto;display:block;font-family:Inter,"Noto Sans",system-ui,sans-serif}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.8rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{border-bottom-color:var(--muted);color:var(--second)}
td.mono{font:.78rem/1.6 "JetBrains Mono",monospace}
footer{margin-top:3rem;padding-bottom:3rem;color:var(--muted);font-size:.875rem}
footer code,header code{font:.8rem "JetBrains Mono",monospace;overflow-wrap:anywhere}
@media (max-width:40rem){ul.counts{grid-template-columns:1fr 1fr}dl{grid-template-columns:1fr}}
@media print{:root{color-scheme:light;--surface:#FFFFFF;--third:#ECEEF2;--text:#1A1E24;--second:#444C57;--muted:#5C6572;--link:#0B5CAD;
--line:#D5DAE1;--accent:#0B6B66;--warn:#FFF3D6;--error:#FBE4E1;--ok:#DDF3E4;--s4:#622147;--s3:#AB332A;--s2:#C27700;--s1:#095C9D;--s0:#6B7181;
--l4:#FFFFFF;--l3:#FFFFFF;--l2:#1A1E24;--l1:#FFFFFF;--l0:#1A1E24}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-before:page;border:0}h2,h3,h4{break-after:avoid}
nav{display:none}main>section:first-child h2{break-before:auto}tr,li,pre,figure,.verdict,dl div{break-inside:avoid}thead{display:table-header-group}}
)css";
}

std::string_view htmlShapes()
{
    return R"svg(<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false">
<symbol id="s4" viewBox="0 0 20 20"><path fill="var(--s4)" d="M6.1 1.2h7.8l4.9 4.9v7.8l-4.9 4.9H6.1l-4.9-4.9V6.1z"/><text font-family="Inter,sans-serif" font-size="10" font-weight="600" text-anchor="middle" x="10" y="13.6" fill="var(--l4)">C</text></symbol>
<symbol id="s3" viewBox="0 0 20 20"><path fill="var(--s3)" stroke="var(--s3)" stroke-width="2.4" stroke-linejoin="round" d="M10 1.9L18.6 17.4H1.4z"/><text font-family="Inter,sans-serif" font-size="10" font-weight="600" text-anchor="middle" x="10" y="15.6" fill="var(--l3)">H</text></symbol>
<symbol id="s2" viewBox="0 0 20 20"><path fill="var(--s2)" stroke="var(--s2)" stroke-width="1.6" stroke-linejoin="round" d="M10 1.2L18.8 10 10 18.8 1.2 10z"/><text font-family="Inter,sans-serif" font-size="10" font-weight="600" text-anchor="middle" x="10" y="13.6" fill="var(--l2)">M</text></symbol>
<symbol id="s1" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.8" fill="var(--s1)"/><text font-family="Inter,sans-serif" font-size="10" font-weight="600" text-anchor="middle" x="10" y="13.6" fill="var(--l1)">L</text></symbol>
<symbol id="s0" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.8" fill="none" stroke="var(--s0)" stroke-width="2.2"/><text font-family="Inter,sans-serif" font-size="10" font-weight="600" text-anchor="middle" x="10" y="13.6" fill="var(--text)">I</text></symbol>
<symbol id="ok" viewBox="0 0 20 20"><rect x="1.5" y="1.5" width="17" height="17" rx="5" fill="none" stroke="var(--accent)" stroke-width="2"/><path d="M6 10.4l2.8 2.8L14.2 7.4" fill="none" stroke="var(--accent)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></symbol>
</svg>
)svg";
}

} // namespace cupel::report
