// Every call Studio makes to the engine passes here: it gets a token that is still good, a save says which state it is based on,
// and what failed is shown and kept, because Studio itself says nothing or stops.
import { show, hide } from './banner.js';
import { askReason } from './reason.js';
import * as unsaved from './unsaved.js';

export const engine = document.documentElement.dataset.engine;
export const api = engine + '/elsa/api';
const send = window.fetch.bind(window);
const revisions = new Map(); // definition id -> ETag of the state on the screen
const renewals = new Set(); // told when a token was renewed
let token = null;
let asking = null; // the question for a token that is under way
let saves = Promise.resolve(); // one save after another: each names the state the one before left

export const onRenewal = callback => renewals.add(callback);

/** A token that is good for a while; null when the session is over. */
export async function accessToken(force = false) {
  if (!force && token && Date.parse(token.expiresAt) - Date.now() > 90_000) return token.value;
  asking ??= send('/session/token', { headers: { accept: 'application/json' } })
    .then(answer => answer.ok ? answer.json() : null)
    .finally(() => { asking = null; });
  const renewed = await asking;
  if (renewed && renewed.value !== token?.value) renewals.forEach(tell => tell(renewed.value));
  token = renewed;
  return token?.value ?? null;
}

const pathOf = request => new URL(request.url).pathname.replace('/elsa/api', '');
const openDefinition = () => /\/definitions\/([^/]+)\/edit/.exec(location.pathname)?.[1];

window.fetch = async (resource, options) => {
  const request = new Request(resource, options);
  if (!request.url.startsWith(api)) return send(request);
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : (request.headers.get('content-type') ?? '').includes('json') ? await request.text() : await request.blob();
  if (publishes(request, body)) {
    const reason = await askReason();
    if (!reason) return problem('Chưa ban hành.');
    request.headers.set('x-reason', encodeURIComponent(reason));
  }
  if (request.method === 'POST' && pathOf(request) === '/workflow-definitions') return save(request, body);
  if (pathOf(request).includes('/options/')) return choices(request);
  const answer = await call(request, body);
  remember(answer, request.url);
  return request.method === 'GET' ? answer : explain(answer, request);
};

function publishes(request, body) {
  const path = pathOf(request);
  return request.method === 'POST' && (/^\/(workflow-definitions\/[^/]+\/publish$|bulk-actions\/publish\/)/.test(path) || (path === '/workflow-definitions' && JSON.parse(body).publish === true));
}

/** What Studio shows as a line in red. */
const problem = sentence => new Response(JSON.stringify({ title: sentence, status: 400, errors: { definition: [sentence] } }), { status: 400, headers: { 'content-type': 'application/problem+json' } });

const asked = new Map(); // field and values -> its choices a moment ago

/** Studio asks for the same choices two dozen times when somebody selects a step. */
async function choices(request) {
  const key = request.url + openDefinition() + selectedStep();
  if (!asked.has(key)) {
    asked.set(key, call(request, `{"context":${selectedStep() ?? '{}'}}`));
    setTimeout(() => asked.delete(key), 1000);
  }
  return (await asked.get(key)).clone();
}

/** Studio leaves the values of the step out of its question; the drawing has them. */
const selectedStep = () => document.querySelector('.x6-node-selected elsa-activity-wrapper')?.getAttribute('activity-json');

/** Sends it with a good token. A session that has ended is waited for: whoever signs in again in another window goes on here. */
async function call(request, body, model, confirm) {
  let answer = await send(await prepared(request, body, model, confirm));
  if (answer.status === 401 && (await accessToken(true) || await signedInAgain(request.signal))) answer = await send(await prepared(request, body, model, confirm));
  return answer;
}

async function signedInAgain(signal) {
  show('Phiên làm việc đã hết hạn. Thay đổi vẫn còn trên trang này và sẽ được lưu sau khi bạn đăng nhập lại.', [['Đăng nhập lại', () => window.open('/dang-nhap?ve=/', '_blank')]]);
  while (!signal.aborted) {
    await new Promise(done => { setTimeout(done, 3000); addEventListener('focus', done, { once: true }); });
    if (await accessToken(true).catch(() => null)) { hide(); return true; }
  }
  return false;
}

async function prepared(request, body, model, confirm) {
  const headers = new Headers(request.headers);
  const bearer = await accessToken();
  if (bearer) headers.set('authorization', 'Bearer ' + bearer);
  const revision = model?.definitionId && revisions.get(model.definitionId);
  if (revision) headers.set('if-match', revision);
  if (confirm) headers.set('x-confirm', 'replace-all');
  if (pathOf(request).includes('/options/')) headers.set('x-definition', openDefinition() ?? '');
  return new Request(request.url, { method: request.method, headers, body, signal: request.signal });
}

function remember(answer, url, model) {
  const revision = answer.ok && answer.headers.get('etag');
  const id = model?.definitionId ?? /workflow-definitions\/by-definition-id\/([^/?]+)/.exec(url)?.[1];
  if (revision && id) revisions.set(decodeURIComponent(id), revision);
}

function save(request, body) {
  const model = JSON.parse(body).model;
  const saving = saves.then(async () => {
    let answer;
    try {
      answer = await call(request, body, model);
    } catch (error) {
      keep(request, body, model, 'Không kết nối được với hệ thống; thay đổi chưa được lưu.');
      throw error;
    }
    await judge(answer, request, body, model);
    return answer;
  });
  saves = saving.catch(() => {});
  return saving;
}

async function judge(answer, request, body, model) {
  remember(answer, '', model);
  if (answer.ok) {
    unsaved.drop(model.definitionId);
    return hide();
  }
  const problem = await answer.clone().json().catch(() => ({}));
  if (problem.code === 'DEFINITION_CHANGED') return keep(request, body, model, problem.detail, [['Tải bản của người khác', () => { unsaved.drop(model.definitionId); location.reload(); }], ['Lưu thành bản sao', () => saveCopy(body)]]);
  if (problem.code === 'DEFINITION_EMPTIED') return keep(request, body, model, problem.detail, [['Vẫn lưu', () => again(request, body, model, true)]]);
  if (answer.status === 401) return keep(request, body, model, 'Phiên làm việc đã hết hạn; thay đổi chưa được lưu.', [['Đăng nhập lại', () => window.open('/dang-nhap?ve=/', '_blank')]]);
  // 400 is shown by Studio, in red.
  if (answer.status !== 400) keep(request, body, model, 'Hệ thống chưa lưu được thay đổi.');
}

function keep(request, body, model, sentence, further = []) {
  unsaved.keep(model.definitionId, body);
  show(sentence, [['Lưu lại', () => again(request, body, model)], ...further]);
}

/** The signal of the first attempt is left behind: Studio may have given it up long ago. */
async function again(request, body, model, confirm = false) {
  const fresh = new Request(request.url, { method: request.method, headers: request.headers });
  await judge(await call(fresh, body, model, confirm), fresh, body, model);
}

/** Stores a kept state as a definition of its own and opens it. */
export async function saveCopy(body) {
  const { model } = JSON.parse(body);
  const copy = { ...model, id: null, definitionId: null, name: `${model.name} (bản sao ${new Date().toLocaleTimeString('vi-VN')})` };
  const request = new Request(api + '/workflow-definitions', { method: 'POST', headers: { 'content-type': 'application/json' } });
  const answer = await call(request, JSON.stringify({ model: copy, publish: false }));
  if (!answer.ok) return;
  unsaved.drop(model.definitionId);
  location.href = `/studio/workflows/definitions/${(await answer.json()).workflowDefinition.definitionId}/edit`;
}

const shownByStudio = /^\/workflow-definitions\/(import|[^/]+\/(publish|retract))$/;
const acts = /^\/(bulk-actions|cancel|workflow-definitions|workflow-instances|workflow-definition-versions)\//;

/** A refusal of anything else would stop Studio; its person gets the sentence, and the list loads again as it is. */
async function explain(answer, request) {
  const path = pathOf(request);
  if (!acts.test(path) || path.includes('/journal') || (answer.status === 400 && shownByStudio.test(path))) return answer;
  const said = (answer.headers.get('content-type') ?? '').includes('json') ? await answer.clone().json().catch(() => ({})) : {};
  if (answer.ok) {
    if (said.refusals?.length) show(said.refusals.map(refusal => refusal.message).join(' '), [['Đóng', hide]]);
    return answer;
  }
  show(Object.values(said.errors ?? {}).flat().join(' ') || said.detail || 'Hệ thống chưa thực hiện được.', [['Đóng', hide]]);
  return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
}
