// Every call Studio makes to the engine passes here: it gets a token that is still good, a save says which state it is based on,
// and a save that failed is kept and shown, because Studio itself says nothing.
import { show, hide } from './banner.js';

export const engine = document.documentElement.dataset.engine;
export const api = engine + '/elsa/api';
const send = window.fetch.bind(window);
const revisions = new Map(); // definition id -> ETag of the state on the screen
const renewals = new Set(); // told when a token was renewed
let token = null;

export const onRenewal = callback => renewals.add(callback);

/** A token that is good for a while; null when the session is over. */
export async function accessToken(force = false) {
  if (!force && token && Date.parse(token.expiresAt) - Date.now() > 90_000) return token.value;
  const answer = await send('/session/token', { headers: { accept: 'application/json' } });
  const renewed = answer.ok ? await answer.json() : null;
  if (renewed && renewed.value !== token?.value) renewals.forEach(tell => tell(renewed.value));
  token = renewed;
  return token?.value ?? null;
}

const isSave = (url, method) => method === 'POST' && new URL(url).pathname === '/elsa/api/workflow-definitions';

window.fetch = async (resource, options) => {
  const request = new Request(resource, options);
  if (!request.url.startsWith(api)) return send(request);
  const saving = isSave(request.url, request.method);
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.text();
  const model = saving ? JSON.parse(body).model : null;
  let answer;
  try {
    answer = await call(request, body, model);
  } catch (error) {
    if (saving) keep(request, body, model, 'Không kết nối được với hệ thống; thay đổi chưa được lưu.');
    throw error;
  }
  remember(answer, request.url, model);
  if (saving) await judge(answer, request, body, model);
  return answer;
};

async function call(request, body, model) {
  let answer = await send(await prepared(request, body, model));
  if (answer.status === 401 && await accessToken(true)) answer = await send(await prepared(request, body, model));
  return answer;
}

async function prepared(request, body, model, confirm) {
  const headers = new Headers(request.headers);
  const bearer = await accessToken();
  if (bearer) headers.set('authorization', 'Bearer ' + bearer);
  const revision = model?.definitionId && revisions.get(model.definitionId);
  if (revision) headers.set('if-match', revision);
  if (confirm) headers.set('x-confirm', 'replace-all');
  return new Request(request.url, { method: request.method, headers, body, signal: request.signal });
}

function remember(answer, url, model) {
  const revision = answer.ok && answer.headers.get('etag');
  const id = model?.definitionId ?? /workflow-definitions\/by-definition-id\/([^/?]+)/.exec(url)?.[1];
  if (revision && id) revisions.set(decodeURIComponent(id), revision);
}

async function judge(answer, request, body, model) {
  if (answer.ok) return hide();
  const problem = await answer.clone().json().catch(() => ({}));
  if (answer.status === 401) return keep(request, body, model, 'Phiên làm việc đã hết hạn; thay đổi chưa được lưu.', [['Đăng nhập lại', () => window.open('/dang-nhap?ve=/', '_blank')]]);
  if (problem.code === 'DEFINITION_CHANGED') return keep(request, body, model, problem.detail, [['Tải bản của người khác', () => location.reload()], ['Lưu thành bản sao', () => saveCopy(request, model)]]);
  if (problem.code === 'DEFINITION_EMPTIED') return keep(request, body, model, problem.detail, [['Vẫn lưu', async () => settle(await send(await prepared(request, body, model, true)), model)]]);
  if (answer.status !== 400) keep(request, body, model, 'Hệ thống chưa lưu được thay đổi.');
}

function keep(request, body, model, sentence, further = []) {
  try { localStorage.setItem('unsaved:' + (model.definitionId ?? 'new'), body); } catch { /* full storage: the text is still on the screen */ }
  show(sentence, [['Lưu lại', async () => settle(await call(request, body, model), model)], ...further]);
}

function settle(answer, model) {
  if (!answer.ok) return;
  remember(answer, '', model);
  localStorage.removeItem('unsaved:' + (model.definitionId ?? 'new'));
  hide();
}

async function saveCopy(request, model) {
  const copy = { ...model, id: null, definitionId: null, name: `${model.name} (bản sao ${new Date().toLocaleTimeString('vi-VN')})` };
  const answer = await send(await prepared(request, JSON.stringify({ model: copy, publish: false }), null));
  if (answer.ok) location.href = `/studio/workflows/definitions/${(await answer.json()).workflowDefinition.definitionId}/edit`;
}
