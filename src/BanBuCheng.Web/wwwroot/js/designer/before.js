// Runs before Studio starts: its language, what it asks the server, and where it thinks it goes.
(() => {
  'use strict';
  localStorage.setItem('BlazorCulture', 'zh-CN');

  // Studio falls over on any refusal that is not 400, and loses the words of some that are. What it would not show, we tell.
  const silent = [/\/publish$/, /\/retract$/, /\/import$/, /\/bulk-actions\//, /\/cancel\//, /\/revert\//];
  const mutes = method => !['GET', 'HEAD'].includes(method);
  const ask = window.fetch.bind(window);

  // The answer to a save tells Studio the mark of what is now stored; a refused publication does not, and neither does a save that is still on its way when the next one
  // leaves. So saves go one after another, and one whose mark this page has outdated itself carries the newest that this page made. Whoever else saved is still found out.
  const mark = /("BanBuCheng\.Revision":\s*")([0-9a-f]+)"/i;
  const renewed = new Map();
  let last = Promise.resolve();
  async function save(input, init) {
    const before = last;
    let done;
    last = new Promise(ready => done = ready);
    try {
      await before;
      const body = await new Response(init.body).text();
      const held = mark.exec(body)?.[2];
      if (!held) return await ask(input, { ...init, body });
      let known = held;
      while (renewed.has(known)) known = renewed.get(known);
      const answer = await ask(input, { ...init, body: body.replace(mark, `$1${known}"`) });
      const told = await answer.clone().json().catch(() => null);
      const now = told?.revision ?? told?.workflowDefinition?.customProperties?.['BanBuCheng.Revision'];
      if (now) {
        renewed.delete(now);
        if (now !== known) renewed.set(known, now);
      }
      return answer;
    } finally {
      done();
    }
  }

  /** What people call each box of a drawing, by its id. */
  function captionsOf(node, found = {}) {
    if (!node || typeof node !== 'object') return found;
    const caption = node.nodeId && (node.metadata?.displayText || node.name);
    if (caption) found[node.id] = caption;
    for (const inner of Object.values(node)) captionsOf(inner, found);
    return found;
  }

  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
    // In the viewer a box that is a flow of its own opens, and as the version that this instance runs.
    const instance = /\/(subgraph|by-id)\//.test(url.pathname) && /\/workflows\/instances\/([^/]+)\/view/.exec(location.pathname);
    if (instance && !(input instanceof Request)) {
      url.searchParams.set('instanceId', instance[1]);
      input = url.href;
    }
    const saves = method === 'POST' && url.pathname === '/elsa/api/workflow-definitions' && init?.body;
    const answer = saves ? await save(input, init) : await ask(input, init);
    if (/\/workflow-definitions\/by-/.test(url.pathname)) renewed.clear();
    if (!url.pathname.startsWith('/elsa/')) return answer;
    if (answer.status === 401) {
      location.assign('/sign-in?returnUrl=' + encodeURIComponent(location.pathname));
      return answer;
    }
    if (answer.ok && method === 'GET' && /\/workflow-definitions\/(by-|subgraph)/.test(url.pathname)) answer.clone().json().then(told => window.dispatchEvent(new CustomEvent('bbc:drawing', { detail: captionsOf(told) })), () => {});
    if (answer.ok && method === 'GET' && /\/workflow-instances\/[^/]+$/.test(url.pathname)) answer.clone().json().then(told => window.dispatchEvent(new CustomEvent('bbc:moved', { detail: (told.workflowState?.bookmarks ?? []).flatMap(b => b.activityNodeId.split(':')) })), () => {});
    if (answer.ok && /\/descriptors\/activities$/.test(url.pathname)) answer.clone().json().then(told => window.dispatchEvent(new CustomEvent('bbc:palette', { detail: told.items })), () => {});
    if (!mutes(method)) return answer;
    if (!answer.ok && answer.status < 500) {
      const problem = await answer.clone().json().catch(() => ({}));
      const said = Object.values(problem.errors ?? {}).flat();
      window.dispatchEvent(new CustomEvent('bbc:refused', { detail: { said, problem, quiet: !silent.some(s => s.test(url.pathname)) } }));
      // An unhandled refusal leaves the component dead: what Studio cannot show becomes a 400, a row's publish an answer it understands.
      return new Response(JSON.stringify(problem), { status: 400, headers: { 'Content-Type': 'application/problem+json' } });
    }
    if (answer.ok && /json/.test(answer.headers.get('Content-Type') ?? '')) {
      const told = await answer.clone().json().catch(() => null);
      if (told?.refused?.length) window.dispatchEvent(new CustomEvent('bbc:refused', { detail: { said: told.refused, problem: {}, quiet: false } }));
      if (told?.findings?.length) window.dispatchEvent(new CustomEvent('bbc:warned', { detail: told.findings }));
    }
    return answer;
  };

  // "Save as" and "Run" only write another address; here it becomes a way.
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    push(state, title, url);
    if (/\/workflows\/(definitions\/[^/]+\/edit|instances\/[^/]+\/view)/.test(String(url))) window.dispatchEvent(new CustomEvent('bbc:go'));
  };
})();
