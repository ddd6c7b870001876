// How long an analyst waits: opening the editor (first time, again, from the list) and saving. Against a running ./run.sh:
//   npm ci && node start.mjs [--designer http://127.0.0.1:5081] [--engine http://127.0.0.1:5080] [--rounds 5] [--saves 200]
import { chromium } from 'playwright-core';
import { execSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const argument = (name, value) => { const at = process.argv.indexOf('--' + name); return at < 0 ? value : process.argv[at + 1]; };
const designer = argument('designer', 'http://127.0.0.1:5081'), engine = argument('engine', 'http://127.0.0.1:5080');
const rounds = +argument('rounds', 5), saves = +argument('saves', 200), password = 'demo-Quang-Ninh';
const editor = '/studio/workflows/definitions/1.001193/edit';
const quantile = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const line = (what, list) => console.log(`${what}: median ${quantile(list, 0.5)} ms (${Math.min(...list)}-${Math.max(...list)}), load ${loadavg()[0].toFixed(1)}`);

async function timed(page, act) {
  const start = Date.now();
  await act();
  await page.locator('.x6-node').first().waitFor({ timeout: 120_000 });
  return Date.now() - start;
}

async function opening() {
  const results = { first: [], again: [], list: [] };
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'studio-'));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: execSync('command -v chromium || command -v chromium-browser || command -v google-chrome').toString().trim(),
      viewport: { width: 1600, height: 950 }, locale: 'vi-VN',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    const page = context.pages()[0];
    await page.goto(designer + '/dang-nhap');
    await page.fill('[name=userName]', 'quantri');
    await page.fill('[name=password]', password);
    await page.waitForTimeout(4000); // nobody types a password faster; Studio's files come meanwhile
    await Promise.all([page.waitForURL(designer + '/'), page.click('button.primary')]);
    results.first.push(await timed(page, () => page.goto(designer + editor, { waitUntil: 'commit' })));
    await page.waitForTimeout(3000);
    results.again.push(await timed(page, () => page.goto(designer + editor, { waitUntil: 'commit' })));
    await page.waitForTimeout(3000);
    await page.locator('.bar nav a', { hasText: 'Quy trình' }).click();
    await page.locator('tbody tr').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1000);
    results.list.push(await timed(page, () => page.locator('tbody tr').first().locator('td').nth(1).click()));
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
  line('editor, first time after signing in', results.first);
  line('editor, page loaded again', results.again);
  line('editor, from the list inside Studio', results.list);
}

async function saving() {
  const signedIn = await (await fetch(engine + '/api/v1/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName: 'quantri', password }) })).json();
  const headers = { 'content-type': 'application/json', authorization: 'Bearer ' + signedIn.accessToken };
  const activities = Array.from({ length: 60 }, (_, i) => ({
    id: `viec${i}`, type: 'PublicService.OfficerTask', version: 1, customProperties: {}, metadata: { displayText: `Việc ${i}`, designer: { position: { x: (i % 10) * 300, y: Math.floor(i / 10) * 120 } } },
    title: { typeName: 'String', expression: { type: 'Literal', value: `Thẩm tra hồ sơ lần ${i}` } }, outcomes: { typeName: 'List<String>', expression: { type: 'Object', value: '["Đồng ý","Trả lại"]' } },
  }));
  const connections = activities.slice(1).map((step, i) => ({ source: { activity: `viec${i}`, port: 'Đồng ý' }, target: { activity: step.id, port: 'In' }, vertices: [] }));
  const model = { definitionId: null, name: 'Đo tự lưu ' + new Date().toISOString(), variables: [], inputs: [], outputs: [], outcomes: [], customProperties: {}, options: {}, root: { id: 'flow', type: 'Elsa.Flowchart', version: 1, activities, connections } };
  const times = [];
  let seen = null;
  for (let i = 0; i < saves + 20; i++) {
    activities[i % 60].metadata.designer.position.x += 10;
    const start = performance.now();
    const answer = await fetch(engine + '/elsa/api/workflow-definitions', { method: 'POST', headers: seen ? { ...headers, 'if-match': seen } : headers, body: JSON.stringify({ model, publish: false }) });
    const saved = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(saved));
    if (i >= 20) times.push(performance.now() - start);
    seen = answer.headers.get('etag');
    model.definitionId = saved.workflowDefinition.definitionId;
  }
  await fetch(`${engine}/elsa/api/workflow-definitions/${model.definitionId}`, { method: 'DELETE', headers });
  console.log(`autosave of 60 steps: p50 ${quantile(times, 0.5).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}, p99 ${quantile(times, 0.99).toFixed(1)} ms of ${saves}, load ${loadavg()[0].toFixed(1)}`);
}

await saving();
await opening();
