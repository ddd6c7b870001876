// What could not be saved stays in this browser until it was saved or given up.
const name = id => 'unsaved:' + (id ?? 'new');

export function keep(id, body) {
  try { localStorage.setItem(name(id), body); } catch { /* full storage: the text is still on the screen */ }
}

export const drop = id => localStorage.removeItem(name(id));

export const kept = id => localStorage.getItem(name(id));
