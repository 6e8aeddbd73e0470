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
    if (button && place.querySelectorAll('.x6-node').length > 2) setTimeout(() => key === current && button.click(), 600);
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
    for (const tab of document.querySelectorAll('.mud-tab')) if (['试一下', 'Test'].includes(tab.textContent.trim())) tab.classList.add('bbc-hidden');
    for (const link of document.querySelectorAll('td a, td .mud-link')) if (['看日志', 'Open filtered logs'].includes(link.textContent.trim())) link.closest('tr')?.classList.add('bbc-hidden');
  }).observe(document.body, { subtree: true, childList: true, characterData: true });

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
    if (name === 'elsa-workflow-definition-editor') link('看表单', `/flows/forms/${encodeURIComponent(id)}`);
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
  window.addEventListener('bbc:warned', e => refuse(e.detail.filter(f => f.severity === 'warning').map(f => `${f.message}${f.story ? ' ' + f.story : ''}`), '已经发布。请留意：'));
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
