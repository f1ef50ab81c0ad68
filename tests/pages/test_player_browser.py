"""The page that plays a session, in a real browser: every control, what it notes, and who can use it."""

import asyncio
import json
import re
import time
from datetime import UTC, date, datetime
from importlib import resources
from threading import Thread

import pytest
from chromium import CHROMIUM
from devtools import Tab

from voicecoach.app import prepare, share
from voicecoach.app.compose import Sounding
from voicecoach.app.page import page_of
from voicecoach.app.returned import bounded
from voicecoach.app.share import LOOPBACK, Share
from voicecoach.journal.returned import read
from voicecoach.language.speech_length import DEFAULT_WPM
from voicecoach.routine.profile import Profile
from voicecoach.session.listener import Ending
from voicecoach.timeline.expand import Settings
from voicecoach.training import alarm

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")]
SIZES = ((360, 740), (768, 1024), (1280, 800))
MINE = """
name: Mine
about: For the stairs.
steps:
  - exercise: bird_dog
    dose: 2 each side
  - rest: 20s
  - wait: Fetch a towel.
  - exercise: Reach
    movement: Reach up.
    posture: standing
    dose: 2x2
    pace: self
  - exercise: glute_bridge
    dose: 3
"""
LAID = (
    *((*size, 100) for size in (*SIZES, (740, 360), (320, 568), (568, 320))),
    (360, 740, 200),
    (740, 360, 200),
)
"""Widths, heights, and the size of the letters that somebody has set, in percent."""
CUT = """(async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const boxes = [...document.querySelectorAll(".controls button, .links button")].map(each => {
    const box = each.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom].map(Math.round);
  });
  const texts = [...document.querySelectorAll(".playing > :not(dialog) :is(p, button)")];
  const cut = texts.filter(each => each.offsetParent && each.textContent &&
    (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight));
  return [boxes, cut.map(each => each.textContent), document.documentElement.scrollHeight];
})()"""
AUDIO = "document.getElementById('session')"
FAULTS = "axe.run(document).then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
ON_THE_BEAT = """new Promise(done => {
  const score = JSON.parse(document.getElementById("score").textContent);
  const audio = document.getElementById("session");
  const found = [];
  const look = () => {
    const time = audio.currentTime;
    const shown = score.shown.find(each => each.at <= time && time < each.to);
    const moment = score.moments.filter(each => each.at <= time).at(-1);
    const svg = document.querySelector(".figure svg");
    if (shown && svg) {
      const pace = (shown.svg_to - shown.svg_at) / (shown.to - shown.at);
      const there = shown.svg_at + (time - shown.at) * pace;
      const off = pace ? Math.abs(svg.getCurrentTime() - there) / pace : 0;
      const count = Number(document.querySelector(".count").textContent);
      // How long the number has been another one than that of the sound: it changes on the second.
      const left = moment.until - time, right = count === Math.ceil(left);
      const late = right ? 0 : Math.abs(left - Math.round(left));
      found.push([time, off, late]);
    }
    if (found.length < 240) requestAnimationFrame(look); else done(found);
  };
  requestAnimationFrame(look);
})"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of a small routine, whose words are not heard."""
    folder = tmp_path_factory.mktemp("page")
    routine, path = folder / "mine.yaml", folder / "mine.html"
    routine.write_text(MINE, encoding="utf-8")
    session = prepare.session_for(Profile(), str(routine), Settings(delay=0.0), DEFAULT_WPM)
    path.write_text(page_of(session, Sounding(voice="silent"), print, date(2026, 12, 1)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def score(page):
    found = re.search(r'id="score">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    return json.loads(found[1])


@pytest.fixture
def tab(tmp_path, page):
    with Tab(tmp_path / "profile") as tab:
        tab.resize(*SIZES[0])
        tab.open(page.as_uri())
        yield tab
        assert tab.console == []
        assert [each for each in tab.requests if not each.startswith(("file:", "data:", "blob:"))] == []


def begin(tab):
    for answer in ("Yes", "No", "Start", "2", "In the thigh", "No"):
        tab.tap(answer)
    tab.until(f"{AUDIO}.currentTime > 0")


def at(tab):
    return tab.js(f"{AUDIO}.currentTime")


def jump(tab, when):
    tab.js(f"{AUDIO}.currentTime = {when}")


def seen(tab):
    return tab.js("document.getElementById('app').innerText")


def test_figure_and_count_are_on_the_beat_of_the_sound(tab, score):
    begin(tab)
    jump(tab, score["sets"][0]["at"] - 1)
    time.sleep(0.3)
    found = tab.js(ON_THE_BEAT)
    assert len(found) == 240
    # A busy machine stands still for a moment, and so do the pictures; the next one is right again.
    most = int(0.95 * len(found))
    assert sorted(off for _, off, _ in found)[most] < 0.06
    assert sorted(late for *_, late in found)[most] < 0.06


def test_it_pauses_goes_on_repeats_and_jumps(tab, score):
    begin(tab)
    first = score["sets"][0]
    jump(tab, first["reps"][0] + 1.5)
    time.sleep(0.2)
    tab.tap("Pause")
    paused = at(tab)
    time.sleep(0.3)
    assert at(tab) == paused
    tab.tap("Go on")
    assert at(tab) == pytest.approx(first["reps"][0], abs=0.05)
    assert "GET READY" in seen(tab)
    tab.until(f"{AUDIO}.currentTime > {first['reps'][0]} + 0.1")
    jump(tab, first["reps"][0] + 3)
    tab.tap("Repeat")
    assert at(tab) == pytest.approx(first["reps"][0], abs=0.5)
    tab.tap("The exercises")
    tab.tap("Glute bridge")
    assert at(tab) == pytest.approx(score["exercises"][2]["at"], abs=0.5)
    tab.tap("Back")
    assert at(tab) == pytest.approx(score["exercises"][1]["at"], abs=0.5)
    tab.tap("Next")
    assert at(tab) == pytest.approx(score["exercises"][2]["at"], abs=0.5)
    for key, number in (("b", 1), ("n", 2)):
        tab.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        assert at(tab) == pytest.approx(score["exercises"][number]["at"], abs=0.5)
    tab.js("document.activeElement.blur()")
    tab.ask("Input.dispatchKeyEvent", type="keyDown", key=" ", text=" ")
    assert tab.js(f"{AUDIO}.paused")
    assert tab.js("document.getElementById('status').textContent") == "Paused"


def test_it_waits_for_a_tap_rests_longer_and_goes_on_where_it_was_after_a_reload(tab, score):
    begin(tab)
    wait, own, _ = score["holds"]
    jump(tab, score["rests"][0]["at"] + 0.3)
    tab.tap("More rest")
    tab.until("document.querySelector('.mode').textContent === 'More rest'")
    held = at(tab)
    time.sleep(0.4)
    assert at(tab) == held
    tab.tap("Next")
    jump(tab, wait["at"] - 0.2)
    tab.until("document.getElementById('app').innerText.includes('I am ready')")
    time.sleep(0.4)
    assert wait["at"] <= at(tab) < wait["to"]
    tab.js("location.reload()")
    tab.tap("Go on where you were")
    tab.tap("I am ready")
    assert at(tab) >= wait["to"]
    jump(tab, own["at"] - 0.2)
    tab.until("document.getElementById('app').innerText.includes('Done')")
    heard = f"JSON.parse(localStorage['voicecoach:{score['key']}']).heard"
    before = tab.js(heard)
    time.sleep(1)
    tab.tap("Done")
    assert at(tab) == pytest.approx(own["to"], abs=0.5)
    tab.tap("Pause")
    assert tab.js(heard) - before > 0.9, "what is done at one's own pace is time of the session"


def test_what_hurts_is_left_out_and_noted_and_the_record_is_one_of_the_journal(tab, score):
    begin(tab)
    first, second = score["sets"][:2]
    jump(tab, first["at"] - 0.2)
    time.sleep(0.6)
    jump(tab, first["to"] - 0.3)
    tab.until(f"{AUDIO}.currentTime > {first['to']}")
    jump(tab, second["at"] + 0.5)
    time.sleep(0.3)
    tab.tap("This hurts")
    tab.until("document.querySelector('.said').textContent.includes('stop this one')")
    tab.tap("Pause")  # whose pain has not settled yet takes the time that it needs
    assert at(tab) == pytest.approx(score["hurts"][0]["goes_on"], abs=0.5)
    tab.js("location.reload()")
    for answer in ("Go on where you were", "2", "As far as the foot", "No"):
        tab.tap(answer)
    assert "A foot that drops" in seen(tab), "it went further down than before the session"
    for answer in ("Back", "Go on where you were", "2", "In the thigh", "No"):
        tab.tap(answer)
    assert at(tab) == pytest.approx(score["hurts"][0]["goes_on"], abs=0.5)
    jump(tab, score["holds"][1]["at"] - 0.2)
    tab.tap("Done")
    jump(tab, score["length"] - 1.5)
    tab.tap("6")
    tab.tap("In the thigh")
    while not tab.js("!!document.getElementById('comment')"):
        tab.js("document.querySelector('.answers button, .scale button').click()")
    assert "leave out with Next the exercise that brought it on" in seen(tab)
    tab.js("""const box = document.getElementById("comment");
        box.value = "Too fast <b>"; box.dispatchEvent(new Event("input"))""")
    tab.js("navigator.clipboard.writeText = async code => { window.copied = code }")
    tab.tap("Copy as a code")
    returned = read(tab.until("window.copied"))
    session, events = bounded(returned, datetime.now(UTC)), returned.events
    (kept,) = tab.js("JSON.parse(localStorage['voicecoach:mine']).records")
    assert kept["record"] == returned.record
    assert (session.routine, session.finished, session.comment) == ("mine", True, "Too fast <b>")
    assert (session.before.pain, session.after.worst_pain, session.after.effort) == (2, 6, 0)
    endings = [(each.written, each.side, each.ending) for each in session.sets]
    assert ("bird_dog", second["row"]["side"], Ending.HURT) in endings
    assert ("Reach", "", Ending.DONE) in endings
    assert [each.command for each in events] == ["hurts"]


def test_the_time_of_a_wait_counts_whatever_ends_it(tab, score):
    begin(tab)
    jump(tab, score["holds"][1]["at"] - 0.2)
    tab.until("document.getElementById('app').innerText.includes('Done')")
    time.sleep(0.4)
    tab.tap("This hurts")
    number = next(n for n, each in enumerate(score["sets"]) if not each["reps"])
    kept = tab.js(f"JSON.parse(localStorage['voicecoach:{score['key']}']).sets[{number}]")
    assert (kept["ending"], 0.3 < kept["held"] < 20) == ("hurt", True)


def test_a_session_that_begins_a_second_time_looks_as_the_first(tab):
    begin(tab)
    look = "document.querySelector('.stage').dataset.mode"
    first = tab.until(look)
    tab.tap("End the session")
    begin_again = ("Start", "2", "In the thigh", "No")
    for answer in begin_again:
        tab.tap(answer)
    assert tab.until(look) == first


def test_a_session_that_nobody_goes_on_with_is_a_record_too(tab, score):
    begin(tab)
    jump(tab, score["sets"][0]["at"] + 0.5)
    time.sleep(0.3)
    tab.tap("This hurts")
    tab.js("location.reload()")
    for answer in ("Start from the beginning", "2", "In the thigh", "No"):
        tab.tap(answer)
    (record,) = tab.until("JSON.parse(localStorage['voicecoach:mine']).records")
    assert record["session"]["how_it_ended"] == "stopped"
    assert [each["ending"] for each in record["session"]["sets"]] == ["hurt"]


def test_a_locked_phone_that_looks_seldom_has_heard_the_set(tab, score):
    begin(tab)
    start = score["sets"][0]["at"]
    jump(tab, start - 0.2)
    tab.until(f"{AUDIO}.currentTime > {start} + 0.1")
    tab.js(f"""const clock = Date.now, ends = performance.now() + 600;
        {AUDIO}.playbackRate = 16;
        while (performance.now() < ends);
        Date.now = () => clock() + 20000;
        {AUDIO}.playbackRate = 1;""")
    tab.until(f"{AUDIO}.currentTime > {start} + 4.5")
    tab.tap("Pause")
    (kept,) = tab.js(
        "Object.values(JSON.parse(localStorage[`voicecoach:${score.key}`]).sets)".replace(
            "score.key", json.dumps(score["key"])
        )
    )
    assert kept["upto"] == pytest.approx(at(tab), abs=0.3)


def test_a_sign_in_a_comment_is_answered_as_by_the_coach(tab, score):
    begin(tab)
    jump(tab, score["holds"][1]["at"] - 0.2)
    tab.tap("Done")
    tab.tap("End the session")
    tab.tap("0")
    while not tab.js("!!document.getElementById('comment')"):
        tab.js("document.querySelector('.answers button, .scale button').click()")
    comments = (
        "My foot went numb.",
        "no numbness at all",
        "Not good: it GAVE WAY!",
        "All fine",
        "dizzy",
        "Number 5",
    )
    told = tab.js(f"""{json.dumps(comments)}.map(comment => {{
        const box = document.getElementById("comment");
        box.value = comment;
        box.dispatchEvent(new Event("input"));
        return !!document.querySelector("#comment + [role=status]").textContent;
    }})""")
    assert told == [alarm.names_a_sign(each) for each in comments]


@pytest.fixture
def address(page):
    """Where the page is served."""
    (listening,) = share.bound([LOOPBACK])
    (host, port), token, loop = listening.getsockname(), share.token(), asyncio.new_event_loop()
    serving = loop.create_task(Share(page.read_bytes(), token, lambda _: None).serve([listening]))
    thread = Thread(target=lambda: loop.run_until_complete(asyncio.wait([serving])))
    thread.start()
    yield f"http://{host}:{port}/{token}/"
    loop.call_soon_threadsafe(serving.cancel)
    thread.join()
    loop.run_until_complete(asyncio.sleep(0.05))  # in which connections are closed
    loop.close()


def test_it_plays_where_it_is_served_and_a_reload_loads_nothing(tmp_path, address):
    with Tab(tmp_path / "profile") as tab:
        tab.resize(*SIZES[0])
        tab.open(address)
        begin(tab)
        tab.js("location.reload()")
        tab.until("document.getElementById('app')?.innerText.includes('Start')")
        assert "not medical advice" not in seen(tab), "the notice is accepted once"
        loaded = "performance.getEntriesByType('navigation')[0].transferSize"
        assert tab.js(loaded) < 1000
        assert tab.console == []
        asked = [each for each in tab.requests if not each.startswith(("data:", "blob:"))]
        assert asked == [address] * 2


def test_a_yes_to_the_signs_of_an_emergency_or_of_weakness_begins_nothing(tab):
    tab.tap("Yes")
    tab.tap("Yes")
    assert "Go to emergency care now" in seen(tab)
    assert tab.js(f"{AUDIO}.paused")
    tab.tap("Back")
    for answer in ("No", "Start", "2", "No", "Yes"):
        tab.tap(answer)
    assert "There is no training today" in seen(tab)
    assert tab.js(f"{AUDIO}.paused")


def test_anybody_can_use_it_at_every_size(tab, score):
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    tab.js(axe + ";0")

    def looked_at():
        for width, height in SIZES:
            tab.resize(width, height)
            assert tab.js("document.documentElement.scrollWidth") <= width, seen(tab)
            faults = tab.js(
                "axe.run(document).then(found => found.violations.map(e => [e.id, e.nodes[0].html]))"
            )
            assert faults == [], seen(tab)

    looked_at()
    for answer in ("Yes", "No", "Start", "2", "In the thigh"):
        tab.tap(answer)
        looked_at()
    tab.tap("No")
    jump(tab, score["sets"][0]["at"] + 1)
    time.sleep(0.2)
    looked_at()


def test_all_is_on_the_screen_whole_and_the_controls_stay_where_they_are(tab, score):
    begin(tab)
    wait, own, _ = score["holds"]
    first = score["sets"][0]
    places, faults = {}, []

    def looked_at(state):
        for width, height, letters in LAID:
            tab.resize(width, height)
            tab.js(f"document.documentElement.style.fontSize = '{letters}%'")
            boxes, cut, long = tab.js(CUT)
            inside = all(min(x, y, width - to_x, height - to_y) >= 0 for x, y, to_x, to_y in boxes)
            stay = places.setdefault((width, letters), boxes) == boxes
            if cut or long > height or not inside or not stay:
                faults.append((state, width, letters, cut, long, inside, stay))

    looked_at("welcomed")
    rest = score["rests"][0]["at"]
    times = {"brief": first["from"] - 3, "work": first["at"] + 1, "later": first["reps"][0] - 2, "rest": rest}
    for state, when in times.items():
        jump(tab, when)
        time.sleep(0.1)
        looked_at(state)
    tab.tap("Pause")
    looked_at("paused")
    tab.tap("Go on")
    for button, hold in (("I am ready", wait), ("Done", own)):
        jump(tab, hold["at"] - 0.2)
        tab.until(f"document.querySelector('button.large').innerText === '{button}'")
        looked_at(button)
        tab.tap(button)
    jump(tab, first["at"] + 1)
    tab.tap("This hurts")
    looked_at("hurt")
    assert faults == []


def test_without_scripts_there_is_the_notice_the_sheet_and_the_sound(tmp_path, page):
    with Tab(tmp_path / "profile") as tab:
        tab.resize(*SIZES[0])
        tab.ask("Emulation.setScriptExecutionDisabled", value=True)
        tab.ask("Page.navigate", url=page.as_uri())
        time.sleep(1.5)
        assert tab.console == []
        text = tab.js("document.body.innerText")
        for words in ("not medical advice", "Bird dog", "Fetch a towel.", "Stop this exercise"):
            assert words in text
        assert tab.js(f"{AUDIO}.controls && {AUDIO}.getBoundingClientRect().height > 20")


WHOLE = """
name: Whole
steps:
  - exercise: Reach
    movement: Reach up.
    posture: standing
    dose: 3
    tempo: 1-1-1
  - rest: 10s
  - wait: Fetch a towel.
  - exercise: Bend
    movement: Bend.
    posture: standing
    dose: 2
    pace: self
  - exercise: Turn
    movement: Turn.
    posture: standing
    dose: 2
    tempo: 1-0-1
"""


@pytest.mark.long
def test_a_whole_session_with_all_its_waits(tmp_path):
    """Its sound plays at four times the speed, so that all of it is over in half a minute."""
    routine, path = tmp_path / "whole.yaml", tmp_path / "whole.html"
    routine.write_text(WHOLE, encoding="utf-8")
    session = prepare.session_for(Profile(), str(routine), Settings(delay=0.0), DEFAULT_WPM)
    path.write_text(page_of(session, Sounding(voice="silent"), print, date(2026, 12, 1)), encoding="utf-8")
    with Tab(tmp_path / "profile") as tab:
        tab.resize(*SIZES[0])
        tab.open(path.as_uri())
        for answer in ("Yes", "No", "Start", "1", "No", "No"):
            tab.tap(answer)
        tab.js(f"{AUDIO}.playbackRate = 4")
        for button in ("I am ready", "Done"):
            found = f"document.querySelector('button.large').innerText === '{button}'"
            tab.until(found, 180)
            tab.tap(button)
        tab.until("document.querySelector('h1').innerText.startsWith('How bad was the pain')", 180)
        tab.tap("1")
        while not tab.js("!!document.getElementById('comment')"):
            tab.js("document.querySelector('.answers button, .scale button').click()")
        (kept,) = tab.js("JSON.parse(localStorage['voicecoach:whole']).records")
        assert tab.console == []
    of = kept["session"]
    assert (of["how_it_ended"], of["sets_done"], of["sets_planned"]) == ("done", 3, 3)
    assert [(each["exercise"], each["reps"], each["ending"]) for each in of["sets"]] == [
        ("Reach", 3, "done"),
        ("Bend", 2, "done"),
        ("Turn", 2, "done"),
    ]
    assert [round(each["seconds"]) for each in of["sets"]][::2] == [9, 4]
