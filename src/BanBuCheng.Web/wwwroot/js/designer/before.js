// Runs before Studio starts: its language, what it asks the server, and where it thinks it goes.
(() => {
  'use strict';
  localStorage.setItem('BlazorCulture', 'zh-CN');

  // Studio falls over on any refusal that is not 400, and loses the words of some that are. What it would not show, we tell.
  const silent = [/\/publish$/, /\/retract$/, /\/import$/, /\/bulk-actions\//, /\/cancel\//, /\/revert\//];
  const mutes = method => !['GET', 'HEAD'].includes(method);
  const ask = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
    // In the viewer a box that is a flow of its own opens, and as the version that this instance runs.
    const instance = /\/(subgraph|by-id)\//.test(url.pathname) && /\/workflows\/instances\/([^/]+)\/view/.exec(location.pathname);
    if (instance && !(input instanceof Request)) {
      url.searchParams.set('instanceId', instance[1]);
      input = url.href;
    }
    const answer = await ask(input, init);
    if (!url.pathname.startsWith('/elsa/')) return answer;
    if (answer.status === 401) {
      location.assign('/sign-in?returnUrl=' + encodeURIComponent(location.pathname));
      return answer;
    }
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
