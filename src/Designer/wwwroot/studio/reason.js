// Publishing is a legal act. Who and when the engine knows by itself; why has to be told.
const dialog = document.getElementById('reason');
const field = dialog.querySelector('textarea');

/** The reason the person gives; null for somebody who thinks better of it. */
export function askReason() {
  return new Promise(done => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => done(dialog.returnValue === 'publish' ? field.value.trim() || null : null), { once: true });
    dialog.showModal();
    field.focus();
  });
}
