// Puts the part of Studio that belongs to the address on the page, one at a time, and follows Studio when it navigates.
import { accessToken, api, onRenewal, saveCopy } from './engine.js';
import { show, hide } from './banner.js';
import { bridge, loadMonaco, script } from './monaco.js';
import { drop, kept } from './unsaved.js';
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

/** Our own pages about the definition that is open. */
function linkOpened(id) {
  const opened = document.getElementById('opened');
  opened.hidden = !id;
  for (const link of opened.children) link.href = `/quy-trinh/${encodeURIComponent(id ?? '')}/${link.dataset.page}`;
}

async function render() {
  const path = decodeURI(location.pathname.replace(/^\/studio\/?/, ''));
  if (shown?.path === path) return;
  const route = routes.find(([pattern]) => pattern.test(path));
  if (!route) return void location.replace('/studio/workflows/definitions');
  const previous = shown;
  shown = { path };
  if (previous?.element) await dispose(previous.element);
  // A callback given to an element Blazor does not know yet would be lost.
  await customElements.whenDefined('elsa-workflow-definition-list');
  const next = route[1](...route[0].exec(path).slice(1));
  for (const [name, value] of Object.entries({ 'remote-endpoint': api, 'access-token': await accessToken(), ...next.attributesToSet })) next.setAttribute(name, value);
  shown.element = next;
  place.replaceChildren(next);
  linkOpened(/^workflows\/definitions\/([^/]+)\/edit$/.exec(path)?.[1]);
  for (const link of document.querySelectorAll('.bar nav a')) {
    if (location.pathname.startsWith(new URL(link.href).pathname) && link.pathname !== '/') link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
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

/** What Blazor reports when a part of Studio has stopped. */
function watchForCrash() {
  new MutationObserver(() => show('Trình thiết kế gặp lỗi. Bản đã lưu không mất; hãy tải lại trang.', [['Tải lại', () => location.reload()]]))
    .observe(document.getElementById('blazor-error-ui'), { attributes: true, attributeFilter: ['style'] });
}

/** What an earlier visit could not save is offered again, unless the person gives it up. */
function offerUnsaved() {
  const id = decodeURIComponent(/definitions\/([^/]+)\/edit/.exec(location.pathname)?.[1] ?? '');
  const body = id && kept(id);
  if (body) show('Bản bạn sửa lần trước chưa lưu được vẫn còn trên máy này.', [['Lưu thành bản sao', () => saveCopy(body)], ['Bỏ bản đó', () => { drop(id); hide(); }]]);
}

async function start() {
  localStorage.setItem('BlazorCulture', 'vi-VN');
  watchForCrash();
  speakVietnamese();
  keepSpacesInTags();
  // Blazor starts while the token is on its way; both are needed for the first part of Studio.
  const scripts = [
    '_content/BlazorMonaco/jsInterop.js', '_content/MudBlazor/MudBlazor.min.js',
    '_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js', '_content/Radzen.Blazor/Radzen.Blazor.js', '_framework/blazor.webassembly.js',
  ].map(script);
  const token = await accessToken();
  if (!token) return void (location.href = '/dang-nhap?ve=' + encodeURIComponent(location.pathname));
  await Promise.all(scripts);
  bridge();
  document.body.append(provider(token));
  onRenewal(renewed => document.body.append(provider(renewed)));
  follow();
  await render();
  offerUnsaved();
  setTimeout(() => requestIdleCallback(loadMonaco), 5000); // Studio is still drawing
}

await start();
