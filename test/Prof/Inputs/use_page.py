"""Prints a page of `bang prof` with a visitor in it who zooms, looks and clicks: use_page.py PAGE.html."""
import sys

VISITOR = """
<script>
window.addEventListener('load', () => {
  const canvas = document.getElementById('timeline'), box = canvas.getBoundingClientRect();
  const at = {clientX: Math.ceil(box.left + 168 + (box.width - 168) / 2), clientY: box.top + 6, bubbles: true};
  const before = canvas.dataset.drawn;
  canvas.dispatchEvent(new PointerEvent('pointermove', at));
  document.body.dataset.tip = document.getElementById('tip').textContent;
  canvas.dispatchEvent(new MouseEvent('click', at));
  const marked = document.querySelector('tr.marked');
  document.body.dataset.marked = marked ? marked.dataset.line : 'none';
  canvas.dispatchEvent(new WheelEvent('wheel', {...at, deltaY: -1200, cancelable: true}));
  document.body.dataset.zoomed = canvas.dataset.drawn * 2 < before ? 'fewer' : canvas.dataset.drawn + ' of ' + before;
  canvas.dispatchEvent(new MouseEvent('dblclick', at));
  document.body.dataset.again = canvas.dataset.drawn === before ? 'all' : canvas.dataset.drawn + ' of ' + before;
});
</script>
</body>"""
with open(sys.argv[1], encoding="utf-8") as file:
    before, _, after = file.read().rpartition("</body>")
sys.stdout.write(before + VISITOR + after)
