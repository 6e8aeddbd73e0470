// Puts Studio's element on the page and another one in its place when somebody goes on: a new page would start the whole program again.
(() => {
  'use strict';
  const place = document.getElementById('studio');
  const told = document.getElementById('bbc-told');
  const tools = document.getElementById('bbc-tools');
  let current = null;

  const placeOf = path => {
    const rest = path.replace(/^\/designer\/?/, '').split('/').filter(Boolean);
    if (rest[0] === 'workflows' && rest[1] === 'definitions' && rest[3] === 'edit') return ['elsa-workflow-definition-editor', 'definition-id', decodeURIComponent(rest[2])];
    if (rest[0] === 'workflows' && rest[1] === 'instances' && rest[3] === 'view') return ['elsa-workflow-instance-viewer', 'instance-id', decodeURIComponent(rest[2])];
    if (rest[0] === 'workflows' && rest[1] === 'instances') return ['elsa-workflow-instance-list'];
    return ['elsa-workflow-definition-list'];
  };

  const go = path => {
    History.prototype.pushState.call(history, null, '', path);
    show();
  };
  const edit = id => go(`/designer/workflows/definitions/${encodeURIComponent(id)}/edit`);
  const view = id => go(`/designer/workflows/instances/${encodeURIComponent(id)}/view`);

  async function show() {
    const [name, attribute, id] = placeOf(location.pathname);
    const key = `${name}|${id ?? ''}`;
    if (key === current) return;
    const before = current;
    current = key;
    delete place.dataset.fits;
    seen = '';
    hide();
    await customElements.whenDefined(name);
    if (before) {
      // Blazor takes an element's component away a second after the element; two at once would share one set of overlays and fall over.
      document.activeElement?.blur();
      place.replaceChildren(waiting());
      await pause(1500);
    }
    if (key !== current) return;
    // Event properties set before the class is there would be shadowed and never called.
    const element = document.createElement(name);
    element.setAttribute('remote-endpoint', location.origin + '/elsa/api');
    if (attribute) element.setAttribute(attribute, id);
    element.editWorkflowDefinition = edit;
    element.viewWorkflowInstance = view;
    place.replaceChildren(element);
    for (const link of document.querySelectorAll('.bbc-menu a[data-place]')) link.toggleAttribute('aria-current', link.dataset.place === name);
    tell(name, id);
    fit(key);
  }

  const boxes = () => [...place.querySelectorAll('.x6-node')];
  const drawn = () => boxes().map(n => n.dataset.cellId).join();
  const where = () => boxes().map(n => { const r = n.getBoundingClientRect(); return `${r.x | 0},${r.y | 0},${r.width | 0}`; }).join();

  /**
   * The drawing as large as all of it can be seen, once it is there and lies still; Studio would show a corner of it. Studio centres it once more a
   * moment later: then again, unless somebody has begun to move it themselves.
   */
  let fitting = 0;
  async function fit(key, least = 2) {
    // Whoever began later has the later drawing.
    const mine = ++fitting;
    for (let tries = 0, before = ''; tries < 300 && key === current && mine === fitting; tries++) {
      const now = where();
      if (now === before && boxes().length > least && wholeButton()) break;
      before = now;
      await pause(100);
    }
    if (key !== current || mine !== fitting) return;
    await whole();
    if (mine !== fitting) return;
    place.dataset.fits = 'yes';
    let lies = where();
    let touched = false;
    for (const kind of ['pointerdown', 'wheel', 'keydown']) place.addEventListener(kind, () => touched = true, { once: true, capture: true });
    // A busy machine is late with it.
    for (let looks = 0; looks < 40; looks++) {
      await pause(500);
      if (key !== current || mine !== fitting || touched) return;
      if (where() === lies) continue;
      await whole();
      lies = where();
    }
  }

  const wholeButton = () => place.querySelector('button[title="看整张图"]');

  /** Studio's own button never goes below half size, so that one can still read while drawing. Who looks at a case wants all of the way: the viewer's drawing is asked itself. */
  async function whole() {
    const before = where();
    const source = isViewer() && performance.getEntriesByType('resource').find(r => r.name.includes('/designer.entry.js'))?.name;
    const drawing = source && (await import(source).catch(() => null))?.graphBindings?.[place.querySelector('.x6-graph')?.id]?.graph;
    if (drawing) drawing.zoomToFit({ padding: 20, minScale: 0.1, maxScale: 1 });
    else wholeButton()?.click();
    for (let tries = 0; tries < 5 && where() === before; tries++) await pause(60);
  }

  place.addEventListener('click', e => { if (e.isTrusted && isViewer() && e.target.closest('button[title="看整张图"]')) setTimeout(whole, 150); });

  const pause = ms => new Promise(done => setTimeout(done, ms));

  /** Items of menus that have no meaning here; the server refuses them as well. */
  const icons = [['M6,16h12', '看整张图'], ['M5 15H3v4', '居中'], ['M3,5v14', '自动排列'], ['M17 3H5c', '保存'], ['M19.35 10.04', '发布'], ['M7 10l5 5', '更多']];
  new MutationObserver(() => {
    for (const button of place.querySelectorAll('.mud-icon-button:not([title])')) {
      const known = icons.find(([shape]) => button.querySelector(`path[d^="${shape}"]`));
      if (known) button.title = known[1];
    }
    for (const item of document.querySelectorAll('.mud-menu-item,.mud-list-item')) {
      const text = item.textContent.trim();
      const isList = current?.startsWith('elsa-workflow-definition-list');
      if (['试跑', 'Run'].includes(text) || isList && ['取消', 'Cancel'].includes(text)) item.classList.add('bbc-hidden');
    }
    // What Studio proposes as a name ("Workflow 1") stands in a field, which the dictionary leaves alone.
    for (const field of document.querySelectorAll('.mud-dialog input')) {
      const number = /^Workflow (\d+)$/.exec(field.value)?.[1];
      if (!number || field.dataset.named) continue;
      field.dataset.named = 'yes';
      field.value = `新流程 ${number}`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    if (isViewer()) {
      name();
      looking ||= setTimeout(look, 150);
    }
    for (const tab of document.querySelectorAll('.mud-tab')) if (['试一下', 'Test'].includes(tab.textContent.trim())) tab.classList.add('bbc-hidden');
    for (const link of document.querySelectorAll('td a, td .mud-link')) if (['看日志', 'Open filtered logs'].includes(link.textContent.trim())) link.closest('tr')?.classList.add('bbc-hidden');
  }).observe(document.body, { subtree: true, childList: true, characterData: true });

  /** In the viewer a box that is a flow of its own opens by a double click, but after the first click Studio's frame lies over the box and swallows the second. */
  place.addEventListener('dblclick', e => {
    if (!e.isTrusted || !isViewer()) return;
    const under = document.elementsFromPoint(e.clientX, e.clientY).find(x => x.matches('.x6-widget-selection-box-node') || x.closest('.x6-node'));
    const id = under?.dataset.cellId ?? under?.closest('.x6-node')?.dataset.cellId;
    const box = id && place.querySelector(`.x6-node[data-cell-id="${CSS.escape(id)}"] .activity-content`);
    if (!box) return;
    delete place.dataset.fits;
    const before = drawn();
    // A box that was chosen before lies under its frame for both clicks: then Studio understands by itself.
    if (!e.target.closest('[data-cell-id]')) box.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    // Nothing inside: the drawing stays as it is.
    setTimeout(() => { if (drawn() === before) place.dataset.fits = 'yes'; }, 5000);
  }, true);

  const isViewer = () => current?.startsWith('elsa-workflow-instance-viewer');

  /** Another drawing came in the place of the one that was shown, by a double click, a line of the history or the path above it: show all of it. */
  let seen = '', looking = 0;
  function look() {
    looking = 0;
    if (!isViewer()) return;
    const now = drawn();
    if (!now || now === seen) return;
    const isFirst = !seen;
    seen = now;
    if (isFirst) return;
    delete place.dataset.fits;
    fit(current, 0);
  }

  /** The path above the drawing names a box by its id; people know its caption. */
  const captions = {};
  window.addEventListener('bbc:drawing', e => {
    Object.assign(captions, e.detail);
    name();
  });
  function name() {
    const items = place.querySelectorAll('.mud-breadcrumb-item');
    for (const item of items) {
      const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
      for (let n = walker.nextNode(); n; n = walker.nextNode()) {
        const [, id, port] = /^\s*([\w-]+): (.+?)\s*$/.exec(n.nodeValue) ?? [];
        if (id && captions[id]) n.nodeValue = port === '里面' ? `${captions[id]}` : `${captions[id]}：${port}`;
      }
    }
  }

  function waiting() {
    const text = document.createElement('p');
    text.className = 'bbc-wait';
    text.setAttribute('role', 'status');
    text.textContent = '正在打开…';
    return text;
  }

  /** Ways on to pages of ours, in the header: Studio has no place for them. */
  function tell(name, id) {
    tools.replaceChildren();
    const link = (text, href) => {
      const a = document.createElement('a');
      a.textContent = text;
      a.href = href;
      tools.append(a);
    };
    const flow = encodeURIComponent(id ?? '');
    if (name === 'elsa-workflow-definition-editor') {
      link('看表单', `/flows/forms/${flow}`);
      link('检查', `/flows/${flow}/check`);
      link('改了什么', `/flows/${flow}/changes`);
      link('推演', `/flows/rehearse?flow=${flow}`);
    }
    offer(name === 'elsa-workflow-instance-viewer' && document.body.dataset.operates === 'yes' ? id : null);
  }

  /** What an operator may do with the flow that is looked at, one click from here: pages of ours, which ask why and write it down. */
  const ways = document.getElementById('bbc-ways');
  let offered = null, asking = 0;
  function offer(id) {
    if (offered !== id) ways.hidden = true;
    offered = id;
    if (id) ask();
    else room();
  }
  async function ask() {
    asking = 0;
    const id = offered;
    const answer = await fetch(`${location.origin}/elsa/api/workflow-instances/${encodeURIComponent(id)}/ways-on`).catch(() => null);
    const told = answer?.ok ? await answer.json() : { groups: [] };
    if (id !== offered) return;
    ways.replaceChildren(...told.groups.map(group => {
      const line = document.createElement('p');
      line.className = `bbc-${group.tone}`;
      const says = document.createElement('span');
      says.textContent = group.says;
      line.append(says, ...group.ways.map(way => {
        const a = document.createElement('a');
        [a.textContent, a.href] = [way.text, way.href];
        return a;
      }));
      return line;
    }));
    ways.hidden = told.groups.length === 0;
    room();
  }
  // Studio reckons its height from that of a bar of its own above it.
  const room = () => document.documentElement.style.setProperty('--mud-appbar-height', `${56 + (ways.hidden ? 0 : ways.offsetHeight)}px`, 'important');
  window.addEventListener('bbc:moved', () => {
    if (!offered) return;
    clearTimeout(asking);
    asking = setTimeout(ask, 300);
  });
  window.addEventListener('resize', room);

  /** Messages of Studio's own go after five seconds; a refused publication has to be read. */
  function refuse(sentences, title) {
    if (!sentences.length) return;
    told.replaceChildren();
    const head = document.createElement('b');
    head.textContent = title;
    const list = document.createElement('ul');
    for (const sentence of sentences) {
      const item = document.createElement('li');
      item.textContent = sentence;
      list.append(item);
    }
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = '知道了';
    close.onclick = hide;
    told.append(head, list, close);
    told.hidden = false;
  }

  function hide() {
    told.hidden = true;
  }

  window.addEventListener('bbc:refused', e => {
    const { said, problem, quiet } = e.detail;
    if (problem.code === 'flow.refused') refuse(said, `没有发布，改动已存成草稿。有 ${said.length} 处要改：`);
    else if (!quiet) refuse(said, '没有办成：');
  });
  window.addEventListener('bbc:warned', e => refuse(e.detail.filter(f => f.severity === 'warning').map(f => f.story && !f.message.includes(f.story) ? `${f.message} ${f.story}` : f.message), '已经发布。请留意：'));
  window.addEventListener('bbc:go', show);
  window.addEventListener('popstate', show);
  document.addEventListener('click', e => {
    const link = e.target.closest?.('.bbc-menu a[data-place]');
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    go(link.getAttribute('href'));
  });
  show();
})();
