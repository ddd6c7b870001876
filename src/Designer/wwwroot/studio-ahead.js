// While somebody signs in, the files of Studio come into the browser's store, a few at a time and after everything else.
const idle = window.requestIdleCallback ?? (callback => setTimeout(callback, 500));

idle(async () => {
  const files = await (await fetch('/studio-files.json')).json();
  const take = async () => {
    for (let file = files.pop(); file; file = files.pop()) await fetch(file, { priority: 'low' }).then(answer => answer.arrayBuffer()).catch(() => {});
  };
  await Promise.all([take(), take(), take()]);
});
