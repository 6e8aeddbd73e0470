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
    hide();
    await customElements.whenDefined(name);
    if (before) {
      // Blazor takes an element's component away a second after the element; two at once would share one set of overlays and fall over.
      document.activeElement?.blur();
      place.replaceChildren(waiting());
      await new Promise(done => setTimeout(done, 1500));
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

  /** The whole drawing, once it is there; Studio would show a corner of it. */
  function fit(key, tries = 0) {
    if (key !== current || tries > 150) return;
    const button = place.querySelector('button[title="看整张图"]');
    if (button && place.querySelectorAll('.x6-node').length > 2) setTimeout(() => {
        if (key !== current) return;
        button.click();
        place.dataset.fits = 'yes';
      }, 600);
    else setTimeout(() => fit(key, tries + 1), 200);
  }

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
    for (const tab of document.querySelectorAll('.mud-tab')) if (['试一下', 'Test'].includes(tab.textContent.trim())) tab.classList.add('bbc-hidden');
    for (const link of document.querySelectorAll('td a, td .mud-link')) if (['看日志', 'Open filtered logs'].includes(link.textContent.trim())) link.closest('tr')?.classList.add('bbc-hidden');
  }).observe(document.body, { subtree: true, childList: true, characterData: true });

  const drawn = () => [...place.querySelectorAll('.x6-node')].map(n => n.dataset.cellId).join();

  /** In the viewer a box that is a flow of its own opens by a double click, but after the first click Studio's frame lies over the box and swallows the second. */
  place.addEventListener('dblclick', e => {
    if (!e.isTrusted || !current?.startsWith('elsa-workflow-instance-viewer')) return;
    const frame = document.elementsFromPoint(e.clientX, e.clientY).find(x => x.matches('.x6-widget-selection-box-node'));
    const box = frame && place.querySelector(`.x6-node[data-cell-id="${CSS.escape(frame.dataset.cellId)}"] .activity-content`);
    if (!box) return;
    delete place.dataset.fits;
    within(current, drawn());
    // A box that was chosen before lies under its frame for both clicks: then Studio understands by itself.
    if (!e.target.closest('[data-cell-id]')) box.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  }, true);

  /** Another drawing came in the place of this one: show all of it. */
  function within(key, before, tries = 0) {
    if (key !== current || tries > 50) return;
    if (drawn() === before || !drawn()) return void setTimeout(() => within(key, before, tries + 1), 200);
    fit(key);
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
    }
    if (name === 'elsa-workflow-instance-viewer' && document.body.dataset.operates === 'yes') link('再试、跳过、换版本', `/operations/instances/${flow}`);
  }

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
