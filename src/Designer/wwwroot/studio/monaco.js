// The code editor is large and needed by few fields, so it is loaded when the page is idle or when a field asks for it first.
const folder = '_content/BlazorMonaco/lib/monaco-editor/min/vs/';
let loading = null;

export const script = source => new Promise((done, failed) => {
  document.body.append(Object.assign(document.createElement('script'), { src: source, async: false, onload: done, onerror: failed }));
});

export const loadMonaco = () => loading ??= Promise.all([script(folder + 'loader.js'), script(folder + 'editor/editor.main.js')])
  .then(() => new Promise(done => { const wait = () => window.monaco ? done() : setTimeout(wait, 20); wait(); }));

/** Lets every function of the bridge wait until the editor is there. */
export function bridge(functions = window.blazorMonaco) {
  for (const [name, value] of Object.entries(functions)) {
    if (typeof value === 'function') functions[name] = function (...values) { return window.monaco ? value.apply(this, values) : loadMonaco().then(() => value.apply(this, values)); };
    else if (value && typeof value === 'object' && !Array.isArray(value)) bridge(value);
  }
}
