// Puts the part of Studio that belongs to the address on the page, one at a time, and follows Studio when it navigates.
import { accessToken, api, onRenewal } from './engine.js';
import { show } from './banner.js';
import { speakVietnamese, keepSpacesInTags } from './words.js';

const place = document.getElementById('studio');
const routes = [
  [/^workflows\/definitions\/([^/]+)\/edit$/, id => element('elsa-workflow-definition-editor', { 'definition-id': id })],
  [/^workflows\/definitions$/, () => element('elsa-workflow-definition-list', {}, { editWorkflowDefinition: id => go(`workflows/definitions/${id}/edit`) })],
  [/^workflows\/instances\/([^/]+)\/view$/, id => element('elsa-workflow-instance-viewer', { 'instance-id': id }, { editWorkflowDefinition: one => go(`workflows/definitions/${one}/edit`) })],
  [/^workflows\/instances$/, () => element('elsa-workflow-instance-list', {}, { viewWorkflowInstance: id => go(`workflows/instances/${id}/view`) })],
];
let shown = null;

const go = path => window.Blazor.navigateTo('/studio/' + path);

function element(name, attributes, callbacks = {}) {
  return Object.assign(Object.assign(document.createElement(name), callbacks), { attributesToSet: attributes });
}

const provider = token => {
  const one = document.createElement('elsa-backend-provider');
  one.setAttribute('remote-endpoint', api);
  one.setAttribute('access-token', token);
  return one;
};

/** Blazor lets go of a removed element only after a second; two at once would stop it. */
async function dispose(old) {
  const component = await old._addRootComponentPromise;
  old._isDisposed = true;
  await component?.dispose();
  old.remove();
}

async function render() {
  const path = decodeURI(location.pathname.replace(/^\/studio\/?/, ''));
  if (shown?.path === path) return;
  const route = routes.find(([pattern]) => pattern.test(path));
  if (!route) return void location.replace('/studio/workflows/definitions');
  const previous = shown;
  shown = { path };
  if (previous?.element) await dispose(previous.element);
  const next = route[1](...route[0].exec(path).slice(1));
  for (const [name, value] of Object.entries({ 'remote-endpoint': api, 'access-token': await accessToken(), ...next.attributesToSet })) next.setAttribute(name, value);
  shown.element = next;
  place.replaceChildren(next);
  showWays(/^workflows\/definitions\/([^/]+)\/edit$/.exec(path)?.[1]);
  for (const link of document.querySelectorAll('.bar nav a')) {
    if (location.pathname.startsWith(new URL(link.href).pathname) && link.pathname !== '/') link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Our own pages about the definition that is open. */
function showWays(definitionId) {
  document.querySelectorAll('.bar nav a.way').forEach(link => link.remove());
  if (!definitionId) return;
  for (const [page, word] of [['chay-thu', 'Chạy thử'], ['chuyen-phien-ban', 'Chuyển hồ sơ']]) {
    document.querySelector('.bar nav').append(Object.assign(document.createElement('a'), {
      className: 'way', href: `/quy-trinh/${encodeURIComponent(definitionId)}/${page}`, textContent: word,
    }));
  }
}

function follow() {
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name].bind(history);
    history[name] = (...args) => { original(...args); queueMicrotask(render); };
  }
  addEventListener('popstate', render);
  document.querySelector('.bar nav').addEventListener('click', event => {
    const link = event.target.closest('a[href^="/studio/"]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(link.pathname.replace(/^\/studio\//, ''));
  });
}

const script = source => new Promise((done, failed) => {
  const one = Object.assign(document.createElement('script'), { src: source, async: false, onload: done, onerror: failed });
  document.body.append(one);
});

/** What Blazor reports when a part of Studio has stopped. */
function watchForCrash() {
  new MutationObserver(() => show('Trình thiết kế gặp lỗi. Bản đã lưu không mất; hãy tải lại trang.', [['Tải lại', () => location.reload()]]))
    .observe(document.getElementById('blazor-error-ui'), { attributes: true, attributeFilter: ['style'] });
}

localStorage.setItem('BlazorCulture', 'vi-VN');
const token = await accessToken();
if (!token) {
  location.href = '/dang-nhap?ve=' + encodeURIComponent(location.pathname);
} else {
  watchForCrash();
  speakVietnamese();
  keepSpacesInTags();
  for (const source of [
    '_content/BlazorMonaco/jsInterop.js', '_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js',
    '_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js', '_content/MudBlazor/MudBlazor.min.js',
    '_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js', '_content/Radzen.Blazor/Radzen.Blazor.js', '_framework/blazor.webassembly.js',
  ]) await script(source);
  document.body.append(provider(token));
  onRenewal(renewed => document.body.append(provider(renewed)));
  follow();
  await render();
}
