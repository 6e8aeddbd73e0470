// Only what is pleasant: without this file every page still works.
(() => {
  const $ = (s, r = document) => r.querySelector(s), all = (s, r = document) => [...r.querySelectorAll(s)];
  const typing = e => e.target.closest('input,textarea,select,[contenteditable]');
  const letters = () => document.body.dataset.keys !== 'off';
  let chord = 0;

  // Keys: j k walk the list, / finds, g i goes to the inbox, Ctrl+Enter finishes; all others press the element that bears data-key.
  document.addEventListener('keydown', e => {
    if (e.isComposing || e.defaultPrevented) return;
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      const form = e.target.closest('form') ?? $('form[data-finish]');
      if (form) { e.preventDefault(); form.requestSubmit($('[data-key="Ctrl+Enter"]', form) ?? undefined); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const named = /^(F2|F4|Escape)$/.test(e.key);
    if (!named && ((typing(e) && !(e.target.type === 'radio' && /^[123]$/.test(e.key))) || $('dialog[open]') || (!letters() && /^[a-z0-9?/]$/i.test(e.key)))) return;
    if (chord && e.key === 'i') { chord = 0; location.href = '/inbox'; return; }
    chord = 0;
    if (e.key === 'g') { chord = setTimeout(() => chord = 0, 1000); return; }
    if (e.key === '/') { const find = $('.find input'); if (find) { e.preventDefault(); find.focus(); find.select(); } return; }
    if (e.key === 'j' || e.key === 'k') {
      const items = all('.item'), at = items.indexOf(document.activeElement), here = at < 0 ? items.findIndex(x => x.hasAttribute('aria-current')) : at;
      const to = items[Math.min(items.length - 1, Math.max(0, here + (e.key === 'j' ? 1 : -1)))];
      if (to) { e.preventDefault(); to.focus(); to.scrollIntoView({ block: 'nearest' }); }
      return;
    }
    if (e.key === 'x') { const box = document.activeElement?.closest('.item-row')?.querySelector('input[type=checkbox]'); if (box) box.click(); return; }
    // In the inbox a letter acts on what is open beside the list; on another row it opens that one first.
    const row = document.activeElement?.closest('.item[data-task]'), open = $('#read-now');
    if (row && open && open.value !== row.dataset.task && /^[cue]$/.test(e.key)) { e.preventDefault(); row.click(); return; }
    const act = all(`[data-key="${CSS.escape(e.key)}"]`).find(x => x.offsetParent !== null && !x.disabled);
    if (act) { e.preventDefault(); act.matches('input[type=radio],textarea,input') ? (act.focus(), act.type === 'radio' && act.click()) : act.click(); }
  });

  // One SMS holds 70 characters, a long one 67 in each piece; counted in UTF-16 as the operators do.
  const count = t => {
    const out = document.getElementById(t.dataset.count), n = t.value.length;
    if (out) out.textContent = `${n}字 · ${n === 0 ? 0 : n <= 70 ? 1 : Math.ceil(n / 67)}条短信`;
  };
  document.addEventListener('input', e => e.target.dataset?.count && count(e.target));

  // A form goes once; coming back to the page frees it again.
  document.addEventListener('submit', e => {
    const form = e.target;
    if (form.method === 'dialog' || form.hasAttribute('hx-post') || form.method === 'get') return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = '1';
    all('button', form).forEach(b => b.setAttribute('aria-disabled', 'true'));
  });
  addEventListener('pageshow', e => e.persisted && all('form[data-sent]').forEach(f => {
    delete f.dataset.sent; all('button', f).forEach(b => b.removeAttribute('aria-disabled'));
  }));

  // A wide picture of a flow opens where something stands, is wrong, or was changed.
  const showHere = root => all('.flow .pic', root).forEach(pic => {
    const marked = ':is(.is-here, .is-fault, .is-added, .is-removed, .is-changed, .is-told)', at = $(`g${marked}`, pic) ?? $(marked, pic); if (!at) return;
    const box = at.getBoundingClientRect(), frame = pic.getBoundingClientRect();
    pic.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
    pic.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
  });
  addEventListener('load', () => showHere(document));

  // What failed is written on the page, never in something that floats away.
  const trouble = (title, text, code) => {
    const place = $('#trouble'); if (!place) return;
    const box = document.createElement('div'), b = document.createElement('b');
    box.className = 'callout callout-late'; b.textContent = title;
    box.append(b, ` ${text}${code ? `还不行，打大厅电话报这串字就行：${code}` : ''}`);
    place.replaceChildren(box);
  };
  document.addEventListener('htmx:responseError', e => {
    const s = e.detail.xhr.status;
    if (s === 401) trouble('您离开得有点久，要重新登录。', '请在另一个标签页登录，再回来接着按，写的字都还在。');
    else if (s === 403) trouble('这一件不归您办。', '需要的话，向服务站要。');
    else if (s === 404) trouble('这一件找不到了。', '刷新一下再看。');
    else trouble('这一步没存上，您写的字都还在。', '案件没有被改动，期限没有变。请再试一次。', e.detail.xhr.getResponseHeader('BBC-Reference'));
  });
  document.addEventListener('htmx:sendError', () => trouble('网断了。', '您接着写，连上以后再按一次。'));
  document.addEventListener('htmx:afterRequest', e => e.detail.successful && $('#trouble')?.replaceChildren());

  // New content, also what htmx swapped in.
  const ready = root => {
    all('[data-count]', root).forEach(count);
    all('[data-print]', root).forEach(b => { b.hidden = false; b.onclick = () => print(); all('.by-hand').forEach(x => x.hidden = true); });
    all('.toast-x', root).forEach(t => setTimeout(() => t.remove(), 10000));
    // What is wrong is listed as it stands on the page, not by the fields' names.
    all('.errors ul', root).forEach(list => all('li', list).map(li => [li, document.getElementById($('a', li)?.hash.slice(1) ?? '')])
      .sort(([, a], [, b]) => !a || !b || a === b ? 0 : a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1).forEach(([li]) => list.append(li)));
    $('[data-focus]', root)?.focus();
    const open = $('#read-now');
    if (open) all('.item[data-task]').forEach(x => x.dataset.task === open.value ? x.setAttribute('aria-current', 'true') : x.removeAttribute('aria-current'));
  };
  // On a phone the list stands alone: its links open pages instead of the panel that is not there.
  document.addEventListener('htmx:beforeRequest', e => {
    const link = e.detail.elt;
    if (link.matches('.item') && e.detail.target?.offsetParent === null) { e.preventDefault(); location.href = link.href; }
  });
  document.addEventListener('htmx:load', e => ready(e.detail.elt));
  ready(document);
})();
