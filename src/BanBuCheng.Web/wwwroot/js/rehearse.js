// Draws the tables of a rehearsal once more as charts; the tables stay, for everybody who reads.
(() => {
  const v = n => getComputedStyle(document.documentElement).getPropertyValue(n).trim();
  const rows = id => [...document.querySelectorAll(`#${id} tbody tr`)].map(r => [...r.cells].map(c => c.textContent.trim()));
  const heads = id => [...document.querySelectorAll(`#${id} thead th`)].map(h => h.textContent.trim());
  const draw = place => {
    const id = place.dataset.chart, data = rows(id); if (!data.length || !window.echarts) { place.hidden = true; return; }
    if (place.dataset.kind === 'line') return lines(place, heads(id).slice(1), data);
    const both = heads(id).includes('原来'), names = data.map(r => r[0]);
    const series = [['现在这一版', 1, '--brand'], ...(both ? [['原来', 2, '--line-2']] : [])]
      .map(([name, column, colour]) => ({ name, type: 'bar', barMaxWidth: 18, itemStyle: { color: v(colour) }, data: data.map(r => Number(r[column])) }));
    // Every name must be read: a bar takes its room.
    place.style.height = `${Math.max(160, data.length * (both ? 34 : 26) + 70)}px`;
    chart(place, both, { xAxis: { type: 'value', minInterval: 1, ...axis() }, yAxis: { type: 'category', inverse: true, data: names, ...axis() }, series });
  };
  const axis = () => ({ axisLine: { lineStyle: { color: v('--line-2') } }, axisLabel: { color: v('--ink-2') }, splitLine: { lineStyle: { color: v('--line') } } });
  const chart = (place, legend, option) => {
    const drawn = echarts.init(place, null, { renderer: 'svg' });
    drawn.setOption({ textStyle: { fontFamily: v('--font'), color: v('--ink-2') }, animation: false, aria: { enabled: true, decal: { show: legend } }, legend: { top: 0, type: 'scroll', show: legend, textStyle: { color: v('--ink') } },
      grid: { left: 8, right: 24, top: legend ? 34 : 8, bottom: 8, containLabel: true }, ...option });
    addEventListener('resize', () => drawn.resize());
  };
  // A row is a day, a column is somebody: one line each.
  const lines = (place, names, data) => chart(place, true, { xAxis: { type: 'category', data: data.map(r => r[0]), ...axis() }, yAxis: { type: 'value', minInterval: 1, ...axis() },
    series: names.map((name, i) => ({ name, type: 'line', symbol: i % 2 ? 'circle' : 'rect', showSymbol: data.length < 60, data: data.map(r => Number(r[i + 1])) })) });
  addEventListener('load', () => document.querySelectorAll('[data-chart]').forEach(draw));
})();
