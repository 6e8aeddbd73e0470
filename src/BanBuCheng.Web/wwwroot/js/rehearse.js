// Draws the tables of a rehearsal once more as charts; the tables stay, for everybody who reads.
(() => {
  const v = n => getComputedStyle(document.documentElement).getPropertyValue(n).trim();
  const rows = id => [...document.querySelectorAll(`#${id} tbody tr`)].map(r => [...r.cells].map(c => c.textContent.trim()));
  const heads = id => [...document.querySelectorAll(`#${id} thead th`)].map(h => h.textContent.trim());
  const draw = place => {
    const id = place.dataset.chart, data = rows(id); if (!data.length || !window.echarts) { place.hidden = true; return; }
    const both = heads(id).includes('原来'), names = data.map(r => r[0]);
    const series = [['现在这一版', 1, '--brand'], ...(both ? [['原来', 2, '--line-2']] : [])]
      .map(([name, column, colour]) => ({ name, type: 'bar', barMaxWidth: 18, itemStyle: { color: v(colour) }, data: data.map(r => Number(r[column])) }));
    const axis = { axisLine: { lineStyle: { color: v('--line-2') } }, axisLabel: { color: v('--ink-2') }, splitLine: { lineStyle: { color: v('--line') } } };
    const chart = echarts.init(place, null, { renderer: 'svg' });
    chart.setOption({ textStyle: { fontFamily: v('--font'), color: v('--ink-2') }, animation: false, aria: { enabled: true, decal: { show: both } }, legend: { top: 0, show: both, textStyle: { color: v('--ink') } },
      grid: { left: 8, right: 24, top: both ? 34 : 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1, ...axis }, yAxis: { type: 'category', inverse: true, data: names, ...axis }, series });
    addEventListener('resize', () => chart.resize());
  };
  addEventListener('load', () => document.querySelectorAll('[data-chart]').forEach(draw));
})();
