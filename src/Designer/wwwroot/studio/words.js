// Studio's own captions are English and cannot be replaced from outside, so they are exchanged on the page.
const words = await (await fetch('/studio/captions.vi.json')).json();
const attributes = ['placeholder', 'title', 'aria-label'];
const left = '.monaco-editor, .x6-node, input, textarea, [data-words=off]';

const translate = text => {
  const word = words[text.trim()];
  return word ? text.replace(text.trim(), word) : null;
};

function visitText(node) {
  const word = node.parentElement?.closest(left) ? null : translate(node.data);
  if (word !== null && word !== node.data) node.data = word;
}

function visit(node) {
  if (node.nodeType === Node.TEXT_NODE) return visitText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [node, ...node.querySelectorAll('[placeholder],[title],[aria-label]')]) {
    for (const name of attributes) {
      const word = element.hasAttribute?.(name) ? translate(element.getAttribute(name)) : null;
      if (word !== null) element.setAttribute(name, word);
    }
  }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) visitText(walker.currentNode);
}

export function speakVietnamese() {
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') visitText(change.target);
      else change.addedNodes.forEach(visit);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  visit(document.body);
}

/** Tags are cut at every space; a space that does not break keeps "Xin ý kiến" whole, and the engine makes it an ordinary one. */
export function keepSpacesInTags() {
  document.addEventListener('keydown', event => {
    const field = event.target;
    if (event.key !== ' ' || !(field instanceof HTMLInputElement) || !field.closest('.mud-chip-field, .mud-input-control:has(.mud-chip)')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { selectionStart: start, selectionEnd: end } = field;
    field.setRangeText('\u00a0', start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, true);
}
