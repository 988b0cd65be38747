/** The overlay's own style: nothing of the page reaches into its closed shadow root, nothing reaches out. */
export const TEACH_CSS = `
:host { all: initial; color-scheme: light dark; }
.teach {
  --ink: light-dark(#14212b, #e6edf2); --soft: light-dark(#52616d, #a3b1bc);
  --paper: light-dark(#ffffff, #12181d); --card: light-dark(#f3f7f7, #1a232a);
  --line: light-dark(#d7e0e3, #2c3943); --calm: light-dark(#0b6e69, #5cc8c1);
  --soon: light-dark(#8a5000, #f0b45a); --on-main: light-dark(#ffffff, #06211f);
  font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); text-align: start;
}
.shield { position: fixed; inset: 0; cursor: crosshair; background: rgb(10 40 40 / 6%); }
.outline {
  position: fixed; display: none; pointer-events: none; box-sizing: content-box; margin: -5px 0 0 -5px;
  padding: 2px; border: 3px solid #0b6e69; border-radius: 6px; background: rgb(11 110 105 / 12%);
  box-shadow: 0 0 0 2px #ffffff;
}
.panel {
  position: fixed; inset-block-end: 16px; inset-inline-end: 16px; box-sizing: border-box; width: min(360px, calc(100vw - 32px));
  max-height: min(560px, calc(100vh - 32px)); overflow: auto; display: grid; gap: 8px; padding: 12px 16px 16px;
  background: var(--paper); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 32px rgb(0 0 0 / 28%);
}
header, footer { display: flex; gap: 8px; align-items: center; }
header { justify-content: space-between; color: var(--soft); font-size: 12px; }
h1 { margin: 0; font-size: 17px; line-height: 1.35; font-weight: 650; }
h1 small { display: block; font-size: 12px; font-weight: 400; color: var(--soft); }
p { margin: 0; }
.hint { color: var(--soft); font-size: 12px; }
.remark { padding: 6px 10px; border-radius: 8px; font-size: 13px; background: color-mix(in srgb, var(--soon) 14%, var(--paper)); }
.remark:empty { display: none; }
ul { list-style: none; margin: 0; padding: 0; }
.choices { display: grid; gap: 4px; max-height: 220px; overflow: auto; padding: 3px; margin: 0 -3px; }
.choices button { width: 100%; display: flex; justify-content: space-between; gap: 12px; text-align: start; }
.choices b { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.choices span { color: var(--soft); font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; align-self: center; }
.choices .shown { border-color: var(--calm); background: var(--card); }
.read li { padding: 8px 10px; border-radius: 8px; background: var(--card); margin-bottom: 4px; }
label { display: grid; gap: 2px; font-size: 12px; color: var(--soft); }
input { font: inherit; font-size: 14px; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 6px 8px; }
button { font: inherit; padding: 6px 14px; border-radius: 8px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); cursor: pointer; }
button.main { background: var(--calm); border-color: var(--calm); color: var(--on-main); font-weight: 600; }
button.quiet { border: 0; padding: 2px 6px; color: var(--soft); }
button:focus-visible, input:focus-visible { outline: 2px solid var(--calm); outline-offset: 1px; }
`;
