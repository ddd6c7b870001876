// One line over the page for what must not be missed, with what one can do about it.
const banner = document.getElementById('banner');

export function show(sentence, actions = []) {
  banner.replaceChildren(Object.assign(document.createElement('p'), { textContent: sentence }));
  for (const [word, act] of actions) {
    const button = Object.assign(document.createElement('button'), { textContent: word, type: 'button' });
    button.addEventListener('click', act);
    banner.append(button);
  }
  banner.hidden = false;
}

export const hide = () => { banner.hidden = true; };
