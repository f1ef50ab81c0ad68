"""Opens a page in headless Chromium, measures it there and prints it."""

import html
import json
import math
import re
import shutil
import subprocess
from importlib import resources

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
A4 = (595, 842)
"""Points."""
LEAST = 10
"""Points of the smallest letters."""
PIXELS = 4 / 3
"""Pixels of a point."""
WIDTHS = (360, 768, 1280)
"""Pixels of a phone, a tablet and a laptop."""

TELL = """<script>
const tell = found => {
    const all = JSON.parse(parent.document.title);
    parent.document.title = JSON.stringify({...all, [innerWidth]: found});
};
</script>"""
"""Takes what is found out of the frame."""
MEASURE = """<script>
const rects = (scope, what) => [...scope.querySelectorAll(what)].map(
    each => [each.textContent.trim(), each.getBoundingClientRect()]).filter(([text]) => text);
const main = document.querySelector("main").getBoundingClientRect();
const out = rects(document, "h1, h2, p, td, th, li, caption, figcaption, svg text")
    .filter(([, at]) => at.width && (at.left < main.left || at.right > main.right)).map(([text]) => text);
const on = [...document.querySelectorAll("svg")].flatMap(chart => {
    const labels = rects(chart, "text");
    return labels.flatMap(([one, a], i) => labels.slice(i + 1).filter(([, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([other]) => `${one} | ${other}`));
});
const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
let small = 100;
for (let node; node = texts.nextNode();) {
    const at = node.parentElement, chart = at.closest("svg");
    if (node.data.trim() && at.getClientRects().length && at.closest("title, desc") === null) {
        const size = parseFloat(getComputedStyle(at).fontSize) * (chart ? at.getScreenCTM().a : 1);
        small = Math.min(small, size);
    }
}
const cut = [...document.querySelectorAll("main *")].filter(
    each => each.clientWidth && each.scrollWidth > each.clientWidth + 1
        && getComputedStyle(each).overflowX !== "visible").map(each => each.className || each.tagName);
const cells = [...document.querySelectorAll("td")].map(each => each.clientWidth).filter(wide => wide);
const cell = Math.min(main.width, ...cells) / main.width;
const matters = rects(document, ".decide .what").map(([, at]) => at.width);
const least = Math.min(main.width, ...matters) / main.width;
tell({out, on, least, cell, small, cut,
    wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight});
</script>"""
"""Finds what sticks out of the page or is cut, labels written over one another, and the smallest letters."""
CHECK = """<script>{axe}</script><script>
axe.run(document).then(found => tell({{
    rules: found.passes.length, faults: found.violations.map(each => [each.id, each.nodes[0].html])}}));
</script>"""
"""Asks axe-core for faults that keep somebody from using the page."""


def browse(path, *options):
    """Open a file in a browser without a network; what that printed."""
    command = [
        CHROMIUM,
        "--headless=new",
        "--no-sandbox",  # root has none; the file is our own
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=2000",
        "--enable-logging=stderr",
        f"--user-data-dir={path.parent / 'profile'}",
        *options,
        path.as_uri(),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)


def asked_for(log):
    """The addresses that a page asked for: one in a file has the origin null, the browser itself has none."""
    events = [event.get("params", {}) for event in json.loads(log.read_text(encoding="utf-8"))["events"]]
    return {event["url"] for event in events if event.get("initiator") == "null"}


def console(shown):
    return [line for line in shown.stderr.splitlines() if "CONSOLE" in line]


def measured(path, *widths, script=MEASURE):
    """What ``script`` finds in a page of each of these widths; it is let in for that.

    The page stands in frames, as a window of this browser is not narrower than 500 pixels.
    """
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8"))
    inner = html.escape(page.replace("</body>", f"{TELL}{script}</body>"))
    frames = (
        f"<iframe srcdoc='{inner}' width={width} height=1000 style='border: 0'></iframe>" for width in widths
    )
    copy = path.with_name("measured.html")
    copy.write_text(f"<title>{{}}</title>{''.join(frames)}", encoding="utf-8")
    shown = browse(copy, "--window-size=1400,1000", "--dump-dom")
    found = json.loads(html.unescape(re.search("<title>(.*?)</title>", shown.stdout)[1]))
    return [found[str(width)] for width in widths]


def letters(sheet):
    """The points of all letters on a sheet of paper, and how far above its lower edge they stand."""
    found = []

    def note(text, page, line, _font, size):
        if text.strip():
            height = line[4] * page[1] + line[5] * page[3] + page[5]
            found.append((size * math.hypot(*line[:2]) * math.hypot(*page[:2]), height))

    sheet.extract_text(visitor_text=note)
    return found


def faults(path, width):
    """What axe-core finds in a page, and how many of its rules the page keeps."""
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    (found,) = measured(path, width, script=CHECK.format(axe=axe))
    return found["faults"], found["rules"]
