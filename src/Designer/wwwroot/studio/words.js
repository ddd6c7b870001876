// Studio's own captions are English and cannot be replaced from outside, so they are exchanged on the page.
const captions = fetch('/studio/captions.vi.json').then(answer => answer.json());
const attributes = ['placeholder', 'title', 'aria-label'];
const left = '.monaco-editor, .x6-node, input, textarea, [data-words=off]';
let words = new Map(); // every text that was met, with its word or null
let patterns = [];

function lookUp(text) {
  if (!words.has(text)) {
    const found = patterns.find(([pattern]) => pattern.test(text));
    words.set(text, found ? text.replace(found[0], found[1]) : null);
    if (words.size > 5000) words = new Map([...words].slice(-3000));
  }
  return words.get(text);
}

function translate(text) {
  const core = text.trim();
  const word = core && lookUp(core);
  return word ? text.replace(core, () => word) : null;
}

function visitText(node) {
  const word = node.parentElement?.closest(left) ? null : translate(node.data);
  if (word !== null && word !== node.data) node.data = word;
}

function visitAttributes(element) {
  for (const name of attributes) {
    const word = element.hasAttribute?.(name) ? translate(element.getAttribute(name)) : null;
    if (word !== null && word !== element.getAttribute(name)) element.setAttribute(name, word);
  }
}

function visit(node) {
  if (node.nodeType === Node.TEXT_NODE) return visitText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [node, ...node.querySelectorAll('[placeholder],[title],[aria-label]')]) visitAttributes(element);
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) visitText(walker.currentNode);
}

export async function speakVietnamese() {
  const { exact, patterns: written } = await captions;
  words = new Map(Object.entries(exact));
  patterns = Object.entries(written).map(([pattern, word]) => [new RegExp(pattern), word]);
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') visitText(change.target);
      else if (change.type === 'attributes') visitAttributes(change.target);
      else change.addedNodes.forEach(visit);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes });
  visit(document.body);
}

/** Tags are cut at every space; a space that does not break keeps "Xin ý kiến" whole, and the engine makes it an ordinary one. */
export function keepSpacesInTags() {
  document.addEventListener('keydown', event => {
    const field = event.target;
    if (event.key !== ' ' || !(field instanceof HTMLInputElement) || !field.closest('.mud-input .d-flex.flex-wrap > .mud-input, .mud-input-control:has(.mud-chip)')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { selectionStart: start, selectionEnd: end } = field;
    field.setRangeText('\u00a0', start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, true);
}
