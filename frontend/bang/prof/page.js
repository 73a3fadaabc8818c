// page.js: draws the report of `bang prof` that stands in the page. Canvas and SVG of the browser are enough.
'use strict';
const {report, before, remarks} = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const time = us => us < 1000 ? us.toFixed(2) + ' us' : us < 1e6 ? (us / 1e3).toFixed(3) + ' ms' : (us / 1e6).toFixed(3) + ' s';
const size = bytes => bytes < 10240 ? bytes + ' B' : bytes < 10485760 ? (bytes / 1024).toFixed(0) + ' KB' : (bytes / 1048576).toFixed(0) + ' MB';
const percent = share => (100 * share).toFixed(1) + ' %';
const cell = (row, text, name) => { const td = row.insertCell(); td.textContent = text; if (name) td.className = name; return td; };
const colours = {io: '#4c78c8', move: '#e6a23c', compute: '#5fa85f', scalar: '#9aa4ad', wait: '#e06c6c', full: '#5bb5c9', lock: '#9a60b4',
  read: '#7aa7e8', written: '#e6a23c', both: '#8a63c7', live: '#e9f2e4'};

function legend(id, entries) {
  byId(id).replaceChildren(...entries.map(([colour, text]) => {
    const entry = document.createElement('span'), box = document.createElement('i');
    box.style.background = colour;
    entry.append(box, text);
    return entry;
  }));
}

// ---- Pictures on canvas. `view` is the part of the time that both of them show.
const view = {begin: 0, end: 1};
const left = 168, axis = 22, rowHeight = 13;
let chosen = null; // the kernel

function prepare(canvas, height) {
  const scale = window.devicePixelRatio || 1, width = canvas.clientWidth || 1200;
  canvas.style.height = height + 'px';
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  return [context, width];
}

// Steps of 1, 2 or 5, as [us, text].
function ticks(begin, end, most) {
  const raw = (end - begin) / most, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= raw);
  const list = [];
  for (let at = Math.ceil(begin / step) * step; at <= end; at += step)
    list.push([at, power >= 1e5 ? +(at / 1e6).toPrecision(8) + ' s' : power >= 100 ? +(at / 1e3).toPrecision(8) + ' ms' : +at.toPrecision(8) + ' us']);
  return list;
}

const toX = (t, width) => left + (t - view.begin) / (view.end - view.begin) * (width - left);

function drawAxis(context, width, height) {
  context.fillStyle = '#57606a';
  context.textAlign = 'center';
  for (const [at, text] of ticks(view.begin, view.end, 10)) {
    const x = toX(at, width);
    context.fillStyle = '#eaecef';
    context.fillRect(x, 0, 1, height - axis);
    context.fillStyle = '#57606a';
    context.fillText(text, Math.min(x, width - 24), height - axis / 2);
  }
}

const isWait = name => name.startsWith('waits') || name === 'queue full';

// The spans of each track in the order of their time, once for each kernel.
function tracksOf(kernel) {
  if (!kernel.timeline)
    return [];
  if (!kernel.sorted) {
    kernel.sorted = kernel.timeline.tracks.map(track => ({track, spans: []}));
    for (const span of kernel.timeline.spans)
      kernel.sorted[span[0]].spans.push(span);
  }
  return kernel.sorted;
}

// Index of the first span that ends behind `t`.
function firstBehind(spans, t) {
  let low = 0, high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][1] + spans[middle][2] < t) low = middle + 1; else high = middle;
  }
  return low;
}

function drawTimeline() {
  const canvas = byId('timeline'), tracks = tracksOf(chosen), names = chosen.timeline ? chosen.timeline.names : [];
  const height = tracks.length * rowHeight + axis;
  const [context, width] = prepare(canvas, height);
  if (tracks.length)
    drawAxis(context, width, height);
  let drawn = 0, core = '';
  tracks.forEach(({track, spans}, index) => {
    const y = index * rowHeight;
    if (track.core !== core && index) {
      context.fillStyle = '#d0d7de';
      context.fillRect(0, y, width, 1);
    }
    context.fillStyle = '#57606a';
    context.textAlign = 'left';
    if (track.core !== core)
      context.fillText(track.core, 0, y + rowHeight / 2 + 1);
    context.textAlign = 'right';
    context.fillText(track.unit === 'scalar' ? 'waits' : track.unit, left - 6, y + rowHeight / 2 + 1);
    core = track.core;
    let lastX = -1;
    for (let i = firstBehind(spans, view.begin); i < spans.length && spans[i][1] <= view.end; ++i) {
      const x = Math.max(left, toX(spans[i][1], width)), end = Math.min(width, toX(spans[i][1] + spans[i][2], width));
      if (end < lastX + 0.3)
        continue; // nobody could see it
      context.fillStyle = isWait(names[spans[i][3]]) ? colours.wait : colours[track.unit];
      context.fillRect(x, y + 2, Math.max(0.6, end - x - (end - x > 3 ? 0.5 : 0)), rowHeight - 3);
      lastX = end;
      ++drawn;
    }
  });
  byId('nopieces').hidden = tracks.length > 0;
  canvas.dataset.spans = chosen.timeline ? chosen.timeline.spans.length : 0;
  canvas.dataset.drawn = drawn;
}

// The address ranges that are touched, one row of cells for each; between the first touch and the last one a row lives.
function drawNram() {
  const canvas = byId('nram'), map = chosen.timeline && chosen.timeline.nram;
  const core = map && map.cores[byId('nramcore').selectedIndex];
  const used = Math.max(chosen.nram.touched, chosen.nram.placed, 1), rowBytes = chosen.nram.size / (map ? map.rows : 96);
  canvas.hidden = !core;
  const rows = Math.max(8, Math.ceil(used / rowBytes)), cellHeight = Math.max(3, Math.min(18, 200 / rows));
  const height = rows * cellHeight + axis;
  const [context, width] = prepare(canvas, height);
  drawAxis(context, width, height);
  const {begin_us: begin, end_us: end} = chosen.timeline || {begin_us: 0, end_us: 1};
  const cellTime = (end - begin) / (map ? map.columns : 1);
  let cells = 0, most = 0;
  const live = map ? new Array(map.columns).fill(0) : [];
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, height);
  context.clip();
  for (const [row, word] of core ? core.touched : []) {
    const first = word.search(/[rwb]/), last = word.length - [...word].reverse().join('').search(/[rwb]/);
    for (let c = first; c < last; ++c) ++live[c];
    const box = (c, count, colour) => {
      context.fillStyle = colour;
      const x = toX(begin + c * cellTime, width);
      context.fillRect(x, row * cellHeight, toX(begin + (c + count) * cellTime, width) - x + 0.4, cellHeight - (cellHeight > 5 ? 0.5 : 0));
    };
    box(first, last - first, colours.live);
    for (let c = first; c < last;) {
      let run = 1;
      while (word[c + run] === word[c]) ++run;
      if (word[c] !== '.') {
        box(c, run, {r: colours.read, w: colours.written, b: colours.both}[word[c]]);
        cells += run;
      }
      c += run;
    }
  }
  context.restore();
  most = Math.max(0, ...live) * rowBytes;
  context.textAlign = 'right';
  let below = -20;
  for (const variable of chosen.nram.variables) {
    const y = variable.offset / rowBytes * cellHeight;
    context.fillStyle = '#d0d7de';
    context.fillRect(0, y, width, 1);
    if (y - below < 11) continue; // no room for its name
    below = y;
    context.fillStyle = '#24292f';
    context.fillText((variable.name.length > 18 ? variable.name.slice(0, 17) + '…' : variable.name) + ' ' + size(variable.bytes), left - 6, y + 7);
  }
  canvas.dataset.cells = cells;
  canvas.dataset.live = most;
  byId('nramnote').textContent = size(chosen.nram.placed) + ' of variables, touched up to ' + size(chosen.nram.touched) + ' of ' + size(chosen.nram.size) +
    (core ? '; on this core at most ' + size(Math.min(most, used)) + ' live at once, in steps of ' + size(rowBytes) : '');
}

function drawBoth() { drawTimeline(); drawNram(); }

function zoomable(canvas) {
  const timeAt = event => view.begin + (event.offsetX - left) / (canvas.clientWidth - left) * (view.end - view.begin);
  const limit = (begin, end) => {
    const {begin_us: low, end_us: high} = chosen.timeline;
    const length = Math.min(end - begin, high - low);
    view.begin = Math.max(low, Math.min(begin, high - length));
    view.end = view.begin + length;
    drawBoth();
  };
  canvas.addEventListener('wheel', event => {
    if (!chosen.timeline) return;
    event.preventDefault();
    const at = timeAt(event), factor = Math.exp(event.deltaY * 0.0015);
    limit(at - (at - view.begin) * factor, at + (view.end - at) * factor);
  }, {passive: false});
  canvas.addEventListener('dblclick', showAll);
  let from = null, moved = false;
  canvas.addEventListener('pointerdown', event => { from = {x: event.offsetX, begin: view.begin, end: view.end}; moved = false; });
  window.addEventListener('pointerup', () => { from = null; });
  canvas.addEventListener('pointermove', event => {
    if (from && chosen.timeline && event.buttons) {
      const shift = (from.x - event.offsetX) / (canvas.clientWidth - left) * (from.end - from.begin);
      moved = moved || Math.abs(from.x - event.offsetX) > 3;
      limit(from.begin + shift, from.end + shift);
    }
  });
  return () => moved;
}

function showAll() {
  view.begin = chosen.timeline ? chosen.timeline.begin_us : 0;
  view.end = chosen.timeline ? Math.max(chosen.timeline.end_us, view.begin + 1e-9) : 1;
  drawBoth();
}

function spanAt(event) {
  const canvas = byId('timeline'), tracks = tracksOf(chosen), row = Math.floor(event.offsetY / rowHeight);
  if (event.offsetX < left || !tracks[row]) return null;
  const pixel = (view.end - view.begin) / (canvas.clientWidth - left), t = view.begin + (event.offsetX - left) * pixel;
  const spans = tracks[row].spans, span = spans[firstBehind(spans, t - pixel)];
  return span && span[1] <= t + pixel ? span : null;
}

function mark(number) {
  for (const row of byId('lines').tBodies[0].rows) {
    const isIt = row.dataset.line === String(number);
    row.classList.toggle('marked', isIt);
    if (isIt)
      row.scrollIntoView({block: 'center'});
  }
}

// ---- Pictures in SVG.
function element(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Operations per byte against operations per second: every kernel is a dot.
function showRoofline() {
  const m = report.machine, svg = byId('roofline');
  const dotsOf = (source, colour) => (source ? source.kernels : []).filter(k => k.time_us > 0 && k.theory_ops > 0).map(k =>
    ({name: k.name, x: k.theory_ops / Math.max(1, k.theory_io_bytes), y: k.theory_ops / k.time_us / 1e3, colour}));
  const dots = [...dotsOf(before, '#b0b7be'), ...dotsOf(report, colours.wait)];
  const peak = Math.max(m.fp32_gflops, m.vector_gops);
  const xs = [0.01, 1000, ...dots.map(d => d.x)], ys = [peak * 2, 1, ...dots.map(d => d.y)];
  const lowX = Math.log10(Math.min(...xs)), highX = Math.log10(Math.max(...xs)), lowY = Math.log10(Math.min(...ys)), highY = Math.log10(Math.max(...ys));
  const x = v => 48 + (Math.log10(v) - lowX) / (highX - lowX) * 540, y = v => 290 - (Math.log10(v) - lowY) / (highY - lowY) * 280;
  for (let e = Math.ceil(lowX); e <= highX; ++e)
    svg.append(element('line', {x1: x(10 ** e), x2: x(10 ** e), y1: 10, y2: 290, stroke: '#eaecef'}),
      element('text', {x: x(10 ** e), y: 305, 'text-anchor': 'middle'}, +(10 ** e).toPrecision(1)));
  for (let e = Math.ceil(lowY); e <= highY; ++e)
    svg.append(element('line', {x1: 48, x2: 588, y1: y(10 ** e), y2: y(10 ** e), stroke: '#eaecef'}),
      element('text', {x: 42, y: y(10 ** e) + 4, 'text-anchor': 'end'}, e < 4 ? 10 ** e : '1e' + e));
  svg.append(element('text', {x: 318, y: 324, 'text-anchor': 'middle'}, 'operations per off-chip byte'),
    element('text', {x: 52, y: 20}, 'G operations per second'));
  const roof = (top, name, colour) => {
    const ridge = Math.max(10 ** lowX, top / m.gdram_gbps);
    svg.append(element('polyline', {fill: 'none', stroke: colour, 'stroke-width': 1.5, points:
      [[10 ** lowX, Math.min(top, 10 ** lowX * m.gdram_gbps)], [ridge, top], [10 ** highX, top]].map(p => x(p[0]) + ',' + Math.min(290, y(p[1]))).join(' ')}),
      element('text', {x: 586, y: y(top) - 5, 'text-anchor': 'end'}, name));
  };
  roof(m.fp32_gflops, 'matrix unit, fp32', colours.compute);
  roof(m.vector_gops, 'vector unit, fp32', colours.io);
  let lastY = -20;
  for (const dot of dots) {
    const circle = element('circle', {cx: x(dot.x), cy: y(dot.y), r: 5, fill: dot.colour, stroke: '#fff'});
    circle.append(element('title', {}, dot.name + ': ' + dot.y.toPrecision(3) + ' G operations per second'));
    svg.append(circle);
    if (dots.length < 12 && Math.abs(y(dot.y) - lastY) > 10) {
      const right = x(dot.x) < 420;
      svg.append(element('text', {x: x(dot.x) + (right ? 9 : -9), y: y(dot.y) + 4, 'text-anchor': right ? 'start' : 'end'}, dot.name.slice(0, 28)));
      lastY = y(dot.y);
    }
  }
  svg.dataset.dots = dots.length;
}

const coreParts = [['scalar code', c => c.scalar_us, colours.scalar], ['waits for io', c => c.stalls_us.io, colours.io],
  ['for move', c => c.stalls_us.move, colours.move], ['for compute', c => c.stalls_us.compute, colours.compute],
  ['queue full', c => c.stalls_us.queue_full, colours.full], ['barrier', c => c.stalls_us.barrier, colours.wait],
  ['lock, result', c => c.stalls_us.lock + c.stalls_us.result, colours.lock]];

// What the scalar unit of each core did until the core ended.
function showCores(kernel) {
  const svg = byId('cores');
  svg.replaceChildren();
  const totals = kernel.cores.map(c => coreParts.reduce((sum, part) => sum + part[1](c), 0));
  const most = Math.max(1e-9, ...totals), step = 540 / Math.max(1, kernel.cores.length);
  for (const [at, text] of ticks(0, most, 5)) {
    const y = 270 - at / most * 255;
    svg.append(element('line', {x1: 56, x2: 596, y1: y, y2: y, stroke: '#eaecef'}), element('text', {x: 50, y: y + 4, 'text-anchor': 'end'}, text));
  }
  kernel.cores.forEach((core, index) => {
    let y = 270;
    const x = 56 + index * step, name = 'c' + core.cluster + (core.memory_core ? ' mem' : '.' + core.core);
    for (const [what, value, colour] of coreParts) {
      const height = value(core) / most * 255;
      if (height <= 0) continue;
      y -= height;
      const bar = element('rect', {x: x + step * 0.12, y, width: step * 0.76, height, fill: colour});
      bar.append(element('title', {}, name + ', ' + what + ': ' + time(value(core))));
      svg.append(bar);
    }
    svg.append(element('text', {transform: 'translate(' + (x + step / 2 + 4) + ',276) rotate(-60)', 'text-anchor': 'end'}, name));
  });
  svg.dataset.cores = kernel.cores.length;
}

// ---- Tables.
const earlier = kernel => before && before.kernels.find(k => k.name === kernel.name);
const change = (was, now) => (now >= was ? '+' : '') + (100 * (now / Math.max(1e-9, was) - 1)).toFixed(1) + ' %';

function showComparison(kernel) {
  const old = earlier(kernel), body = byId('changes').tBodies[0];
  byId('comparison').hidden = !before;
  body.replaceChildren();
  if (!before) return;
  const add = (name, was, now, text, lessIsBetter) => {
    const row = body.insertRow();
    cell(row, name);
    cell(row, was === undefined ? '-' : text(was), 'number');
    cell(row, text(now), 'number');
    const same = was === undefined || typeof now === 'string' || was === now;
    cell(row, same ? '' : text === percent ? (now > was ? '+' : '') + (100 * (now - was)).toFixed(1) : change(was, now),
      'number' + (same || lessIsBetter === undefined ? '' : now < was === lessIsBetter ? ' better' : ' worse'));
  };
  const o = old || {utilisation: {}, stalls: {}, bytes: {}};
  add('time', o.time_us, kernel.time_us, time, true);
  add('bound by', o.bound, kernel.bound, text => text);
  add('io efficiency', o.io_efficiency, kernel.io_efficiency, percent, false);
  add('compute efficiency', o.compute_efficiency, kernel.compute_efficiency, percent, false);
  add('off-chip bytes moved', o.bytes.off_chip_moved, kernel.bytes.off_chip_moved, size, true);
  for (const unit in kernel.utilisation)
    if (kernel.utilisation[unit] >= 0.005 || o.utilisation[unit] >= 0.005)
      add('busy: ' + unit, o.utilisation[unit], kernel.utilisation[unit], percent);
  for (const why in kernel.stalls)
    if (kernel.stalls[why] >= 0.005 || o.stalls[why] >= 0.005)
      add('stands still: ' + why.replace('_', ' '), o.stalls[why], kernel.stalls[why], percent, true);
  body.parentNode.dataset.rows = body.rows.length;
}

const baseName = path => path.slice(path.lastIndexOf('/') + 1);
const remarksOf = line => remarks.filter(r => r.line === line.line && baseName(r.file) === baseName(line.file));

function showLines(kernel) {
  const body = byId('lines').tBodies[0], old = earlier(kernel);
  body.replaceChildren();
  // Lines with a remark that cost nothing are shown too.
  const files = new Set(kernel.lines.map(l => baseName(l.file)));
  const silent = remarks.filter(r => files.has(baseName(r.file)) && !kernel.lines.some(l => l.line === r.line && baseName(l.file) === baseName(r.file)));
  const extra = silent.filter((r, i) => silent.findIndex(o => o.line === r.line && o.file === r.file) === i).map(r =>
    ({file: baseName(r.file), line: r.line, text: '', share: 0, scalar_us: 0, blamed_us: 0, waited_us: 0, engine_us: 0}));
  for (const line of [...kernel.lines.slice(0, 400), ...extra]) {
    const row = body.insertRow();
    row.dataset.line = line.line;
    const bar = document.createElement('span');
    bar.className = 'bar'; bar.style.width = Math.round(80 * line.share) + 'px';
    row.insertCell().append(bar);
    cell(row, percent(line.share), 'number');
    for (const key of ['scalar_us', 'blamed_us', 'waited_us', 'engine_us'])
      cell(row, line[key].toFixed(2), 'number');
    cell(row, line.off_chip_bytes ? size(line.off_chip_bytes) : '', 'number');
    const source = cell(row, (line.line ? baseName(line.file) + ':' + line.line + '  ' + line.text : '(end of tasks)'), 'code');
    source.title = line.text;
    for (const remark of remarksOf(line)) {
      const text = document.createElement('span');
      text.className = 'remark'; text.textContent = remark.text;
      source.append(text);
    }
    let what = line.without_sync_us ? 'no wait: ' + time(line.without_sync_us) : line.free_us ? 'no time: ' + time(line.free_us) : '';
    const was = old && line.text && old.lines.find(l => l.text === line.text);
    if (was)
      what += (what ? '; ' : '') + 'before: ' + time(was.scalar_us + was.blamed_us) + ', now: ' + time(line.scalar_us + line.blamed_us);
    cell(row, what);
  }
}

function choose(index) {
  const kernel = chosen = report.kernels[index];
  [...byId('kernels').tBodies[0].rows].forEach((row, i) => row.classList.toggle('chosen', i === index));
  byId('hints').replaceChildren(...kernel.hints.map(hint => {
    const item = document.createElement('li'), gain = document.createElement('b');
    gain.textContent = 'up to ' + percent(hint.gain);
    item.append(gain, ': ' + hint.text);
    item.onclick = () => mark(hint.line);
    return item;
  }));
  const cores = kernel.timeline && kernel.timeline.nram ? kernel.timeline.nram.cores : [];
  byId('nramcore').replaceChildren(...cores.map(core => new Option(core.core)));
  byId('nramcore').hidden = !cores.length;
  showComparison(kernel);
  showAll();
  showCores(kernel);
  showLines(kernel);
}

byId('machine').textContent = report.machine.title + ' (' + report.machine.name + '), ' + report.machine.clock_ghz +
  ' GHz, ' + report.machine.gdram_gbps + ' GB/s: ' + report.accuracy;
legend('colours', [[colours.io, 'io'], [colours.move, 'move'], [colours.compute, 'compute'], [colours.wait, 'the scalar unit waits']]);
legend('nramcolours', [[colours.read, 'read'], [colours.written, 'written'], [colours.both, 'both'], [colours.live, 'between its first and its last use']]);
legend('corecolours', coreParts.map(([what, , colour]) => [colour, what]));
if (before) {
  const heads = byId('kernels').tHead.rows[0];
  for (const text of ['before', 'change']) {
    const head = document.createElement('th');
    head.className = 'number'; head.textContent = text;
    heads.append(head);
  }
}
report.kernels.forEach((kernel, index) => {
  const row = byId('kernels').tBodies[0].insertRow();
  cell(row, kernel.name);
  cell(row, time(kernel.time_us), 'number');
  cell(row, kernel.bound + ': ' + kernel.bound_text);
  cell(row, percent(kernel.io_efficiency), 'number');
  cell(row, percent(kernel.compute_efficiency), 'number');
  cell(row, kernel.launches, 'number');
  if (before) {
    const old = earlier(kernel);
    cell(row, old ? time(old.time_us) : '-', 'number');
    cell(row, old ? change(old.time_us, kernel.time_us) : 'new', 'number' + (old && old.time_us !== kernel.time_us ? kernel.time_us < old.time_us ? ' better' : ' worse' : ''));
  }
  row.onclick = () => { location.hash = kernel.name; };
});
const wasMoved = zoomable(byId('timeline'));
zoomable(byId('nram'));
byId('timeline').addEventListener('click', event => {
  const span = spanAt(event);
  if (span && span[4] && !wasMoved()) mark(span[4]);
});
byId('timeline').addEventListener('pointermove', event => {
  const span = event.buttons ? null : spanAt(event), tip = byId('tip');
  tip.style.display = span ? 'block' : 'none';
  if (!span) return;
  tip.textContent = chosen.timeline.names[span[3]] + '\n' + time(span[2]) + ' from ' + time(span[1]) + (span[4] ? '\nline ' + span[4] : '');
  tip.style.left = Math.min(event.clientX + 14, window.innerWidth - 220) + 'px';
  tip.style.top = event.clientY + 14 + 'px';
});
byId('timeline').addEventListener('pointerleave', () => { byId('tip').style.display = 'none'; });
byId('nramcore').onchange = drawNram;
window.addEventListener('resize', () => chosen && drawBoth());
showRoofline();
// The address may name a kernel; else the longest is shown.
function chooseByAddress() {
  const name = decodeURIComponent(location.hash.slice(1));
  const longest = report.kernels.reduce((best, k, i) => k.time_us > report.kernels[best].time_us ? i : best, 0);
  const named = report.kernels.findIndex(k => k.name === name);
  choose(named < 0 ? longest : named);
}
if (report.kernels.length) {
  window.onhashchange = chooseByAddress;
  chooseByAddress();
}
document.body.dataset.ready = 'yes';
document.body.dataset.openedMs = Math.round(performance.now());
