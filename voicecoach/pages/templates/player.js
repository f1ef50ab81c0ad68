"use strict";
// Plays the session of this page. All that is shown and asked stands in the score; here it is only looked up by the time of
// the sound, which is the one clock.
(() => {
const score = JSON.parse(document.getElementById("score").textContent);
const words = score.words;
const app = document.getElementById("app");
const audio = document.getElementById("session");
const replies = new Audio();
const EDGE = 0.06;      // seconds by which a browser may miss the end of something
const BACK_WITHIN = 3;  // "back" this soon after the start of a block goes to the one before, as live
const MORE_REST = 15;   // seconds, as live
const COUNT_IN = 3;     // seconds before a set goes on after a pause
const OLDEST = 6 * 3600e3;  // a session from longer ago is not offered again
const SOON = 5 * 60e3;  // whoever goes on after so short a break is not asked again how it is
const LONGEST_HOLD = 1800;  // seconds that count of a wait in which a phone was put aside

// What is kept in this browser: the answers to the notice, the records, and the place in a session that goes on.
const HOME = `voicecoach:${score.record.routine}`, PLACE = `voicecoach:${score.key}`;
function kept(name) {
  try { return JSON.parse(localStorage.getItem(name)) ?? {}; } catch { return {}; }
}
function keep(name, value) {
  try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; }
}
function forget(name) {
  try { localStorage.removeItem(name); } catch { /* nothing is kept here */ }
}

// Elements
function el(name, more = {}, ...inside) {
  const { text, press, ...attributes } = more;
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  if (text !== undefined) made.textContent = text;
  if (press) made.addEventListener("click", press);
  made.append(...inside.filter(Boolean));
  return made;
}
const button = (text, press, style = "") => el("button", { type: "button", text, press, class: style || undefined });
const para = (text, style) => el("p", { text, class: style });
const list = points => el("ul", {}, ...points.map(text => el("li", { text })));
function show(...inside) {
  app.replaceChildren(...inside.filter(Boolean));
  app.className = "";
  app.hidden = false;
  const head = app.querySelector("h1, h2");
  if (head) { head.tabIndex = -1; head.focus({ preventScroll: true }); }
  scrollTo(0, 0);
}
function tell(text) { document.getElementById("status").textContent = text; }
const fill = (text, blanks) => text.replace(/\{(\w+)\}/g, (all, name) => blanks[name] ?? all);
function clockText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The sounds, which stand in the page
function blobOf(base64) {
  const raw = atob(base64), bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" }));
}
const data = audio.getAttribute("src");
audio.removeAttribute("src");
audio.controls = false;
audio.preload = "auto";
audio.src = blobOf(data.slice(data.indexOf(",") + 1));
replies.preload = "auto";
replies.src = blobOf(document.getElementById("replies").textContent);
document.getElementById("plain").hidden = true;

// The session
let state = "idle";  // idle, playing, paused, counting, holding, resting, hurt, over
let session = null;
let last = 0;        // the time up to which the sound was heard
let looked = 0;      // when that was, by the clock of the phone
let released = -1;   // the hold that was tapped last
let extra = 0;       // seconds of more rest that are still to come
let waits = null;    // a timer
let since = 0;       // when a hold began

const now = () => audio.currentTime;
function lastBefore(times, time) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1; else high = middle;
  }
  return low - 1;
}
const momentTimes = score.moments.map(each => each.at), saidTimes = score.said.map(each => each[0]);
const shownTimes = score.shown.map(each => each.at);
const momentAt = time => score.moments[Math.max(0, lastBefore(momentTimes, time + 0.002))];
const within = (places, time) => places.find(each => each.at <= time && time < each.to);
const setAt = time => score.sets.find(each => each.from <= time && time < each.to);

function isoAt(date) {
  const ahead = -date.getTimezoneOffset(), two = number => String(Math.abs(number)).padStart(2, "0");
  const local = new Date(date.getTime() + ahead * 60e3).toISOString().slice(0, 19);
  const hours = two(Math.trunc(ahead / 60)), minutes = two(ahead % 60);
  return `${local}${ahead < 0 ? "-" : "+"}${hours}:${minutes}`;
}
function begin(before) {
  session = {
    record: hex(16), started: isoAt(new Date()), offset: -new Date().getTimezoneOffset(), heard: 0, before,
    sets: {}, hurt: [], events: [], named: null, after: { ...score.record.after }, at: 0, saved: Date.now(), active: Date.now(),
  };
}
function hex(length) {
  return [...crypto.getRandomValues(new Uint8Array(length))].map(each => each.toString(16).padStart(2, "0")).join("");
}
function save() {
  if (!session || state === "over") return;
  session.saved = Date.now();
  session.at = audio.currentTime;
  keep(PLACE, session);
}

// What was heard, set by set
function heardUntil(time) {
  // No more than the time that went by can have been heard; a locked phone may look seldom.
  const gone = (Date.now() - looked) / 1000;
  looked = Date.now();
  if (time <= last || time - last > gone + 1) { last = time; return; }
  session.heard += time - last;
  session.active = Date.now();
  score.sets.forEach((set, number) => {
    if (time <= set.at || last >= set.to) return;
    const done = session.sets[number] ??= unbegun(number);
    if (last <= done.upto + EDGE) done.upto = Math.max(done.upto, Math.min(time, set.to));
    if (done.upto >= set.to - EDGE && !done.ending.startsWith("hurt")) ended(number, "done");
  });
  last = time;
}
function ended(number, ending) {
  const done = session.sets[number];
  if (done.ending === ending) return;
  done.ending = ending;
  done.left = isoAt(new Date(session.active));
}
function leftAt(time, ending) {
  score.sets.forEach((set, number) => {
    const done = session.sets[number];
    if (done && !done.ending && set.from <= time && time <= set.to + EDGE) ended(number, ending);
  });
}
function rowOf(number) {
  const set = score.sets[number], done = session.sets[number], own = !set.reps.length;
  const whole = done.whole || done.ending === "done";  // what hurts after its end was done all the same
  const reps = own ? (whole ? set.row.reps_planned : 0) : set.reps.filter(end => end <= done.upto + EDGE).length;
  const seconds = own ? done.held : Math.min(Math.max(done.upto - set.at, 0), set.length);
  return {
    ...set.row, reps, seconds: Math.round(seconds * 1000) / 1000, counted: done.counted,
    ending: done.ending || "stopped", left_at: done.left || isoAt(new Date(session.active)),
  };
}
function rows() {
  return Object.keys(session.sets).map(Number).sort((one, other) => one - other).map(rowOf);
}
function setsDone(all) {
  const sides = new Map();
  for (const row of all.filter(each => each.ending === "done")) {
    const key = `${row.block}/${row.written}/${row.set}`;
    const found = sides.get(key) ?? { of: 1, sides: new Set() };
    found.sides.add(row.side);
    found.of = Math.max(found.of, row.sides);
    sides.set(key, found);
  }
  return [...sides.values()].filter(each => each.sides.size >= each.of).length;
}

// Going on and elsewhere
function seek(time) {
  audio.currentTime = Math.max(0, Math.min(time, score.length));
  last = audio.currentTime;
  released = -1;
  extra = 0;
  restEnds = 0;
}
function goTo(time, ending = "skipped") {
  stopWaiting();
  waited();
  leftAt(now(), ending);
  seek(time);
  play();
}
function play() {
  stopWaiting();
  replies.pause();
  state = "playing";
  last = now();
  looked = Date.now();
  audio.play().catch(() => { if (state === "playing") pause(); });  // where a browser wants one more tap
  awake();
  tick();
  draw();
}
function pause() {
  stopWaiting();
  waited();
  replies.pause();
  audio.pause();
  if (state === "hurt") audio.currentTime = session.onward ?? now();
  state = "paused";
  tell(words.paused);
  save();
  draw();
}
function resumeTime(time) {
  const set = setAt(time);
  if (set) {
    const kept_on = score.kept_on.find(([at, to]) => at < time && time < to + 5);
    const point = score.restarts[Math.max(0, lastBefore(score.restarts, time))];
    const back = kept_on ? Math.max(point, Math.min(time, kept_on[1])) : point;
    return Math.max(set.from, back);
  }
  const said = score.said[lastBefore(saidTimes, time)];
  return said && time < said[1] ? said[0] : time;
}
function resume() {
  if (state !== "paused") return;
  const set = setAt(now());
  seek(resumeTime(now()));
  if (set && set.reps.length && now() >= set.at - EDGE && !document.hidden) countIn(COUNT_IN); else play();
}
function countIn(left) {
  state = "counting";
  if (!left) { play(); return; }
  tell(String(left));
  draw(left);
  waits = setTimeout(() => countIn(left - 1), 1000);
}
function stopWaiting() {
  clearTimeout(waits);
  waits = null;
}
function toggle() {
  if (state === "playing" || state === "counting" || state === "resting" || state === "hurt") pause();
  else if (state === "holding") release();
  else resume();
}
function back() {
  const time = now();
  let number = Math.max(0, lastBefore(score.blocks, time + EDGE));
  if (number && time - score.blocks[number] < BACK_WITHIN) number -= 1;
  goTo(score.blocks[number]);
}
function repeat() {
  const time = now() - 1;  // a moment after its start it is the one before that is meant
  goTo(score.restarts[Math.max(0, lastBefore(score.restarts, time))]);
}
function next() {
  const number = lastBefore(score.blocks, now() + EDGE) + 1;
  if (number < score.blocks.length) goTo(score.blocks[number]); else finish(true);
}

// Where the page waits
const holdAt = time => score.holds.findIndex(each => each.at <= time + EDGE && time < each.to);
function setOf(hold) {
  if (hold?.kind !== "own_pace") return -1;
  return score.sets.findIndex(each => each.at <= hold.at + EDGE && hold.at < each.to);
}
// Counts the time for which the page has waited, as live, where time goes on meanwhile.
function waited() {
  if (state !== "holding") return;
  const held = Math.min((Date.now() - since) / 1000, LONGEST_HOLD), set = setOf(score.holds[holdAt(now())]);
  since = Date.now();
  session.heard += held;
  session.active = Date.now();
  if (set >= 0) (session.sets[set] ??= unbegun(set)).held += held;
}
const unbegun = set => ({ upto: score.sets[set].at, ending: "", left: "", counted: 0, held: 0, whole: false });
function release() {
  if (state !== "holding") return;
  const number = holdAt(now()), hold = score.holds[number], set = setOf(hold);
  waited();
  if (!hold) { play(); return; }
  if (set >= 0) {
    Object.assign(session.sets[set], { upto: score.sets[set].to, whole: true });
    ended(set, "done");
  }
  audio.currentTime = hold.to;
  last = now();
  released = number;
  play();
}
function heedHold(time) {
  const number = score.holds.findIndex(each => each.at <= time && time < each.to - EDGE);
  if (number < 0 || number === released) return false;
  audio.pause();
  state = "holding";
  since = Date.now();
  const set = setOf(score.holds[number]);
  if (session.sets[set]?.whole) session.sets[set] = unbegun(set);  // it is done once more
  stopWaiting();
  const remind = () => { tell(score.holds[number].reminder); waits = setTimeout(remind, 30000); };
  remind();
  save();
  draw();
  return true;
}
function moreRest() {
  if (!within(score.rests, now())) return;
  extra += MORE_REST;
  tell(fill(words.more_rest_done, { n: MORE_REST }));
  if (state === "resting") restOn();
  draw();
}
function heedRest(time) {
  const rest = extra ? within(score.rests, time) : null;
  if (!rest || time < rest.quiet[0]) return false;
  audio.pause();
  // What leads on to the next set is heard whole after the longer rest.
  if (time > rest.quiet[1]) { audio.currentTime = rest.quiet[1]; last = now(); }
  state = "resting";
  restOn();
  return true;
}
let restEnds = 0;
function restOn() {
  restEnds = Math.max(restEnds, Date.now()) + extra * 1000;
  extra = 0;
  const wait = () => {
    if (Date.now() >= restEnds) { play(); return; }
    draw();
    waits = setTimeout(wait, 250);
  };
  stopWaiting();
  wait();
}

// "This hurts"
function hurts() {
  const place = within(score.hurts, now());
  if (!place || state === "hurt" || state === "over") return;
  stopWaiting();
  waited();
  audio.pause();
  state = "hurt";
  session.active = Date.now();
  const key = place.exercise, ofIt = score.sets.map((set, number) => number).filter(n => score.sets[n].row.exercise === key);
  const begun = ofIt.filter(number => session.sets[number]);
  const number = begun.length ? begun[begun.length - 1] : ofIt[0];
  if (number !== undefined) {
    session.sets[number] ??= unbegun(number);
    ended(number, "hurt");
  }
  if (!session.hurt.includes(key)) session.hurt.push(key);
  session.events.push({ at: isoAt(new Date()), what: "obeyed", command: "hurts", why: "" });
  session.onward = place.goes_on;
  save();
  reply(score.replies[place.reply], 0);
}
function reply(clips, number) {
  if (state !== "hurt") return;
  if (number >= clips.length) { goOnAfterHurt(); return; }
  const [from, to, rest, text] = clips[number];
  draw(text);
  const latest = Date.now() + (to - from + 2) * 1000;  // where a sound does not play, its words are read
  const start = () => { replies.currentTime = from; };
  if (replies.readyState) start(); else replies.addEventListener("loadedmetadata", start, { once: true });
  replies.play().catch(() => {});
  const wait = () => {
    if (state !== "hurt") return;
    const over = replies.currentTime >= to - 0.03 && replies.currentTime < to + 1;
    if (over || Date.now() > latest) {
      replies.pause();
      waits = setTimeout(() => reply(clips, number + 1), rest * 1000);
    } else waits = setTimeout(wait, 40);
  };
  wait();
}
function goOnAfterHurt() {
  stopWaiting();
  replies.pause();
  seek(session.onward ?? now());
  play();
}
function heedLeftOut(time) {
  const found = score.exercises.find(each => session.hurt.includes(each.key) && each.skip <= time && time < each.to - EDGE);
  if (!found) return false;
  seek(found.to);
  return true;
}

// The clock
let ticking = 0;
function tick() {
  cancelAnimationFrame(ticking);
  if (state !== "playing") return;
  advance();
  if (state === "playing") ticking = requestAnimationFrame(tick);
}
let lastSaved = 0;
function advance() {
  if (state !== "playing") return;
  const time = now();
  heardUntil(time);
  if (heedLeftOut(time) || heedHold(time) || heedRest(time)) return;
  if (Date.now() - lastSaved > 1000) { lastSaved = Date.now(); save(); position(); }
  draw();
}
audio.addEventListener("timeupdate", advance);  // also while the screen is locked, when nothing is drawn
audio.addEventListener("ended", () => { if (state === "playing") { heardUntil(score.length); finish(true); } });
audio.addEventListener("pause", () => {
  // By the headset or another program: the page itself changes its state first.
  if (state === "playing" && !audio.ended) pause();
});

// The stage
const stage = {};
function stageShown() {
  const part = (name, style, tag = "p") => stage[name] = el(tag, { class: style });
  const row = (style, ...inside) => el("div", { class: style }, ...inside);
  stage.whole = el("div", { class: "bar whole", "aria-hidden": "true" }, el("div"));
  stage.figure = el("div", { class: "figure", "aria-hidden": "true" });
  stage.shownFigure = "";
  stage.look = "";
  stage.phase = el("div", { class: "bar phase", "aria-hidden": "true" }, el("div"));
  stage.tap = button("", () => (state === "holding" ? release() : state === "hurt" ? goOnAfterHurt() : count()), "main large");
  stage.toggle = button(words.pause, toggle, "main");
  stage.more = button(words.more_rest, moreRest);
  stage.hurts = button(words.hurts, hurts, "hurt");
  stage.place = row("stage", stage.figure,
    row("band", part("mode", "mode"), part("word", "word fits")),
    row("number", part("count", "count fits"), stage.tap,
      row("about", part("side", "side fits"), part("which", "which fits"))),
    stage.phase, part("said", "said fits"));
  const exercises = sheet(words.exercises, exerciseList(each => { exercises.close(); goTo(each.at); }));
  const stop = sheet(words.when_to_stop, ...signsToStop());
  show(
    el("h1", { text: score.title, class: "unseen" }),
    row("head", part("title", "fits"), part("left", "left")),
    stage.whole, stage.place,
    row("controls", button(words.back, back), stage.toggle, button(words.next, next), button(words.repeat, repeat), stage.more, stage.hurts),
    row("links", button(words.exercises, () => exercises.showModal()), button(words.when_to_stop, () => stop.showModal()),
      button(words.end, () => finish(false))),
    exercises, stop,
  );
  app.className = "playing";
  new ResizeObserver(() => fitAll()).observe(stage.place);
}
function sheet(title, ...inside) {
  const made = el("dialog", { "aria-label": title }, ...inside,
    el("div", { class: "foot" }, button(words.close, () => made.close(), "main")));
  return made;
}

// Letters as large as their room allows, in steps, so that few words are read from far and many are not cut.
const SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.43, 0.37, 0.32];
function fit(part) {
  for (const size of SIZES) {
    part.style.setProperty("--fit", size);
    if (part.scrollHeight <= part.clientHeight && part.scrollWidth <= part.clientWidth) return;
  }
}
function fitAll() { app.querySelectorAll(".fits").forEach(fit); }
function set(part, text) {
  if (part.textContent === text) return;
  part.textContent = text;
  if (part.classList.contains("fits")) fit(part);
}
function fillBar(bar, share) { bar.firstChild.style.transform = `scaleX(${Math.min(Math.max(share, 0), 1)})`; }
function draw(more) {
  if (!stage.title || !app.contains(stage.title)) return;
  const time = now(), scene = momentAt(time), said = score.said[lastBefore(saidTimes, time)];
  const still = { paused: words.paused, counting: words.get_ready, resting: words.rest_more, hurt: words.hurt_title }[state];
  const left = scene.until === undefined ? NaN : Math.max(0, Math.ceil(scene.until - time - 0.001));
  const title = [scene.title, score.title].find(each => each && each !== scene.word);
  set(stage.title, [title, scene.sets, scene.rounds].filter(Boolean).join(" · "));
  set(stage.left, fill(words.left, { time: clockText(score.length - time) }));
  const saysMore = !OF_THE_WORD.has(scene.mode) && !scene.label.toUpperCase().includes(scene.word);
  const stopped = state === "paused" || state === "hurt";
  set(stage.mode, stopped ? "" : still ?? (saysMore ? scene.label : ""));
  set(stage.word, stopped ? still.toUpperCase() : scene.word);
  let counted = isNaN(left) || scene.starts ? "" : scene.clock ? clockText(left) : String(left);
  if (state === "counting") counted = String(more ?? "");
  if (state === "resting") counted = clockText((restEnds - Date.now()) / 1000);
  if (state === "paused" || state === "hurt" || state === "holding") counted = "";
  set(stage.count, counted);
  set(stage.side, state === "hurt" ? "" : scene.side ?? "");
  const starts = scene.starts && state === "playing" ? fill(scene.starts, { time: clockText(left) }) : "";
  const then = scene.then ? fill(words.then, { what: scene.then }) : "";
  const coming = scene.coming && scene.mode !== "change" ? fill(words.coming, { name: scene.coming }) : "";
  const detail = scene.detail === scene.label ? "" : scene.detail;
  const which = [scene.which, detail, starts || then || coming];
  set(stage.which, state === "hurt" ? "" : which.filter(Boolean).join("\n"));
  const inPlay = said && time < said[1] + 3;
  if (state === "hurt") { if (typeof more === "string") { set(stage.said, more); tell(more); } }
  else if (state === "holding") set(stage.said, within(score.holds, time)?.reminder ?? "");
  else set(stage.said, inPlay ? said[2] : "");
  const length = (scene.until ?? time) - scene.at, gone = length > 0 ? (time - scene.at) / length : 0;
  fillBar(stage.phase, scene.until === undefined ? 0 : scene.drains ? 1 - gone : gone);
  fillBar(stage.whole, time / score.length);
  drawFigure(time);
  const hold = state === "holding" ? within(score.holds, time) : null;
  const taps = hold?.button ?? (state === "hurt" ? words.go_on_now : scene.taps && state === "playing" ? words.count : "");
  stage.tap.hidden = !taps;
  if (taps) set(stage.tap, scene.taps && !hold && state === "playing" ? `${taps} (${countedNow()})` : taps);
  set(stage.toggle, state === "paused" ? words.go_on : words.pause);
  stage.toggle.disabled = state === "holding";
  stage.more.disabled = !within(score.rests, time);
  stage.hurts.disabled = state === "hurt" || !within(score.hurts, time);
  look(scene, time);
}
// The modes that the large word names: "HOLD" needs no "hold" above it.
const OF_THE_WORD = new Set(["move", "hold", "relax"]);
const LOOKS = { paused: "paused", counting: "ready", resting: "rest", hurt: "lost" };
function look(scene, time) {
  const shown = score.shown[lastBefore(shownTimes, time)], mode = LOOKS[state] ?? scene.mode;
  const bare = !(shown && time < shown.to), telling = stage.tap.hidden && (isNaN(scene.until) || !!scene.starts);
  const key = [mode, scene.rail, bare, telling, stage.mode.textContent, stage.tap.hidden].join();
  if (stage.look === key) return;
  stage.look = key;
  const { dataset, classList } = stage.place;
  dataset.mode = mode;
  dataset.rail = scene.rail ?? "";
  classList.toggle("bare", bare);
  classList.toggle("telling", telling);
  fitAll();
}
function drawFigure(time) {
  const shown = score.shown[lastBefore(shownTimes, time)];
  const name = shown && time < shown.to ? shown.figure : "";
  if (name !== stage.shownFigure) {
    stage.shownFigure = name;
    stage.figure.innerHTML = name ? score.figures[name] : "";
    stage.figure.querySelector("svg")?.pauseAnimations();
  }
  if (!name) return;
  const picture = stage.figure.querySelector("svg");
  const share = shown.to > shown.at ? (time - shown.at) / (shown.to - shown.at) : 0;
  picture.setCurrentTime(shown.svg_at + share * (shown.svg_to - shown.svg_at));
  stage.figure.classList.toggle("flipped", !!shown.flipped);
}
function countedNow() {
  const number = score.sets.findIndex(each => each.from <= now() && now() < each.to);
  return session.sets[number]?.counted ?? 0;
}
function count() {
  const number = score.sets.findIndex(each => each.from <= now() && now() < each.to);
  if (state === "playing" && session.sets[number] && momentAt(now()).taps) { session.sets[number].counted += 1; draw(); }
}
function exerciseList(press) {
  const told = each => [el("b", { text: each.title }), el("span", { text: each.dose })];
  const items = score.exercises.map(each => el("li", {},
    ...(press ? [el("button", { type: "button", press: () => press(each) }, ...told(each))] : told(each))));
  return el("ul", { class: "jumps" }, ...items);
}
function signsToStop() {
  return score.stop.flatMap(each => [el("h2", { text: each.title }), list(each.points)]);
}
const folded = (title, ...inside) => el("details", {}, el("summary", { text: title }), ...inside);

// The screens before and after
function welcome() {
  const known = kept(HOME), text = score.welcome;
  if (known.accepted !== text.version) {
    show(el("h1", { text: score.title }), ...text.notice.map(each => para(each)),
      el("div", { class: "row foot" }, el("h2", { text: text.accept }),
        button(words.yes, () => { keep(HOME, { ...kept(HOME), accepted: text.version }); accepted = true; emergency(); }, "main"),
        button(words.no, () => show(el("h1", { text: score.title }), para(text.declined), button(words.back, welcome)))));
    return;
  }
  emergency();
}
let accepted = false, ruledOut = false;
function emergency() {
  const known = kept(HOME), text = score.welcome, signs = `${score.region}:${text.version}`;
  if (known.signs === signs || ruledOut) { ready(); return; }
  show(el("h1", { text: text.emergency.title }), para(text.emergency.signs), list(text.emergency.points),
    el("h2", { text: text.emergency.ask }),
    el("div", { class: "row" },
      button(words.no, () => { keep(HOME, { ...kept(HOME), signs }); ruledOut = true; ready(); }, "main"),
      button(words.yes, () => show(el("h1", { text: text.emergency.title }), para(text.emergency_yes),
        button(words.back, emergency)), "hurt")));
}
// A session that nobody goes on with is a record all the same, as at the computer.
function closeLeft() {
  const place = kept(PLACE);
  forget(PLACE);
  if (!place.record) return;
  session = { ...place, how: "stopped", ended: isoAt(new Date(place.active)) };
  if (isWorth(rows())) noted();
  session = null;
}
// Tells whether a session is written down: something was done in it, or something hurt.
function isWorth(all) {
  return all.some(each => each.ending === "hurt" || ((each.reps || each.seconds >= 5) && each.ending !== "skipped"));
}
function ready() {
  const place = kept(PLACE), fresh = place.at > 5 && Date.now() - Date.parse(place.started) < OLDEST;
  if (!fresh) closeLeft();
  const records = kept(HOME).records ?? [];
  show(el("h1", { text: score.title }), score.about && para(score.about), para(fill(words.minutes, { n: score.minutes }), "soft"),
    fresh && button(words.go_on_there, () => goOn(place), place.hurt.length ? "large" : "main large"),
    button(fresh ? words.anew : words.start, () => ask("before", questions.start(), {}, begun), fresh ? "large" : "main large"),
    el("div", { class: "row" }), folded(words.when_to_stop, ...signsToStop()), folded(words.exercises, exerciseList()),
    records.length ? folded(words.records, ...records.slice().reverse().map(recordRow)) : null);
}
function goOn(place) {
  const on = () => { session = place; stageShown(); seek(resumeTime(place.at)); play(); };
  // The place is kept each time that the page is left, so it does not tell how long nothing was done.
  if (Date.now() - place.active < SOON && !place.hurt.length) on();
  else ask("before", questions.start(place.before), {}, end => means(end, words.go_on, on));
}
const questions = {
  start(before = {}) {
    // As far down as it was felt in the last session that says, or before this one, if it goes on.
    const limb = score.region === "neck" ? "arm" : "leg", starts = score.questions.before.start;
    const order = score.questions.asked[limb]?.answers.map(each => each.value) ?? [];
    const places = (kept(HOME).records ?? []).map(({ session: of }) => Math.max(order.indexOf(of.before[limb]), order.indexOf(of.after[limb])));
    const felt = [...places, order.indexOf(before[limb])].filter(each => each >= 0).at(-1);
    return starts[felt === undefined ? "" : order[felt]] ?? starts[""];
  },
  after() {
    const limb = score.region === "neck" ? "arm" : "leg";
    const { pain } = session.before, felt = session.before[limb] ?? "";
    return score.questions.after.start[`${pain ?? ""}/${felt}/${session.hurt.length ? "hurt" : ""}`];
  },
};
function ask(moment, number, said, then, asked = 1, earlier = []) {
  const node = score.questions[moment].nodes[number];
  if (!node.ask) { then(node, said); return; }
  const question = score.questions.asked[node.ask];
  const lead = index => (Array.isArray(node.next) ? node.next[index] : node.next);
  const answer = (value, index) => {
    const answered = value === undefined ? said : { ...said, [question.field]: value };
    ask(moment, lead(index), answered, then, asked + 1, [...earlier, [number, said]]);
  };
  const begunKeys = () => new Set(rows().map(row => row.written));
  const choices = question.answers.map((each, index) => ({ ...each, index }));
  const open = question.field === "named" ? choices.filter(each => !each.value || begunKeys().has(each.value)) : choices;
  show(para(fill(words.question, { n: asked }), "place"), el("h1", { text: question.text }),
    el("div", { class: question.scale ? "scale" : "answers" },
      ...open.map(each => button(each.label, () => answer(each.value, each.index)))),
    el("div", { class: "row" },
      earlier.length ? button(words.back, () => {
        const [before, answers] = earlier[earlier.length - 1];
        ask(moment, before, answers, then, asked - 1, earlier.slice(0, -1));
      }) : moment === "before" && button(words.back, ready),
      !question.required && button(words.skip, () => answer(undefined, question.answers.length))));
}
function begun(end, said) {
  const before = { ...score.record.before };
  for (const [name, value] of Object.entries(said)) before[name.split(".")[1]] = value;
  means(end, words.start, () => { closeLeft(); begin(before); stageShown(); seek(0); play(); });
}
// What the answers before a session mean; it starts with a tap, or at once where nothing is told.
function means(end, text, start) {
  if (end.starts && !end.say.length) { start(); return; }
  show(el("h1", { text: end.starts ? score.title : words.not_today }), ...end.say.map(each => para(each)),
    end.signs && list(score.welcome.emergency.points),
    el("div", { class: "row" }, end.starts && button(text, start, "main"), button(words.back, ready)));
}
function finish(whole) {
  if (!session || state === "over") return;
  waited();
  leftAt(now(), whole ? "skipped" : "stopped");
  stopWaiting();
  state = "over";
  audio.pause();
  replies.pause();
  letSleep();
  forget(PLACE);
  const all = rows();
  if (!isWorth(all)) { stage.title = null; ready(); return; }
  session.how = whole && all.some(each => each.ending === "done") ? "done" : "stopped";
  session.ended = isoAt(new Date(session.active));  // whoever ends it late had done with it by then
  noted();
  ask("after", questions.after(), {}, (end, said) => {
    for (const [name, value] of Object.entries(said)) {
      if (name === "named") session.named = value; else session.after[name.split(".")[1]] = value;
    }
    noted();
    done(end.say);
  });
}
function recordOf() {
  const all = rows();
  return {
    ...score.record, day: session.started.slice(0, 10), started: session.started, ended: session.ended,
    utc_offset: session.offset, how_it_ended: session.how, seconds: Math.round(session.heard * 10) / 10,
    sets_done: setsDone(all), before: session.before, after: session.after, named: session.named,
    comment: session.comment ?? "", sets: all, decisions: [], events: session.events,
  };
}
function noted() {
  const home = kept(HOME), record = { record: session.record, session: recordOf() };
  const others = (home.records ?? []).filter(each => each.record !== record.record);
  keep(HOME, { ...home, records: [...others, record].slice(-30) });
  return record;
}
function done(say) {
  stage.title = null;
  const comment = el("textarea", { id: "comment", rows: 3, maxlength: 1000 });
  comment.value = session.comment ?? "";
  const row = el("div"), alarm = el("p", { role: "status" });
  const renew = () => {
    session.comment = comment.value.trim();
    row.replaceChildren(recordRow(noted()));
    const told = say.join(" ").includes(score.comment.say);
    const alarmed = !told && namesASign(session.comment) ? score.comment.say : "";
    if (alarm.textContent !== alarmed) alarm.textContent = alarmed;  // said once
  };
  comment.addEventListener("input", renew);  // before a button is pressed, which it would replace
  renew();
  show(el("h1", { text: words.done }), ...say.map(each => para(each)),
    el("p", {}, el("label", { for: "comment", text: words.comment })), comment, alarm,
    el("h2", { text: words.record }), para(words.record_why), row,
    el("div", { class: "row" }, button(words.to_start, ready)));
}

// Whether one of the words stands in a comment of which a clinician should hear, and is not denied: "no numbness".
function namesASign(comment) {
  const spoken = ` ${(comment.toLowerCase().match(/[\p{L}\p{N}_']+/gu) ?? []).join(" ")} `;
  return score.comment.signs.some(sign => {
    for (let at = spoken.indexOf(` ${sign} `); at >= 0; at = spoken.indexOf(` ${sign} `, at + 1)) {
      const before = spoken.slice(0, at).split(" ").filter(Boolean).slice(-score.comment.words_before);
      if (!before.some(word => score.comment.denied.includes(word))) return true;
    }
    return false;
  });
}

// Records: a small file, or a code to paste
function textOf(record) {
  const text = JSON.stringify({ format: 1, page: 1, record: record.record, sessions: [record.session] });
  const sum = crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");
  return `${text.slice(0, -1)},"crc32":"${sum}"}`;
}
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
async function codeOf(record) {
  let bytes = new TextEncoder().encode(textOf(record)), head = "vc1.";
  if (typeof CompressionStream !== "undefined") {
    try {
      const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
      bytes = new Uint8Array(await new Response(packed).arrayBuffer());
      head = "vc1z.";
    } catch { /* a browser that cannot compress like that */ }
  }
  let raw = "";
  for (const byte of bytes) raw += String.fromCharCode(byte);
  return head + btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
function recordRow(record) {
  const told = el("p", { role: "status", class: "soft" }), place = el("div");
  const file = `voicecoach-${score.record.routine.replace(/[^\w-]+/g, "-")}-${record.session.day}.json`;
  const saveFile = () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([textOf(record)], { type: "application/json" })), download: file });
    link.click();
    told.textContent = fill(words.saved, { file });
  };
  const copy = async () => {
    const code = await codeOf(record);
    try {
      await navigator.clipboard.writeText(code);
      told.textContent = words.copied;
    } catch {
      const box = el("textarea", { class: "code", rows: 4, readonly: true, "aria-label": words.code });
      box.value = code;
      place.replaceChildren(box);
      box.select();
      told.textContent = words.copy_this;
    }
  };
  return el("div", {}, para(record.session.started.slice(0, 16).replace("T", " ")),
    el("div", { class: "row" }, button(words.save, saveFile, "main"), button(words.copy, copy)), place, told);
}

// The phone: lock screen, headset, and a screen that stays on
function position() {
  try { navigator.mediaSession?.setPositionState({ duration: score.length, position: Math.min(now(), score.length), playbackRate: 1 }); } catch { /* not here */ }
}
if ("mediaSession" in navigator) {
  navigator.mediaSession.metadata = new MediaMetadata({ title: score.title, artist: "voicecoach" });
  const handlers = {
    play: () => (state === "holding" ? release() : resume()), pause: () => pause(), stop: () => pause(),
    previoustrack: () => back(), nexttrack: () => (state === "holding" ? release() : next()),
  };
  for (const [name, handle] of Object.entries(handlers)) {
    try { navigator.mediaSession.setActionHandler(name, () => { if (session && state !== "over" && state !== "idle") handle(); }); } catch { /* not here */ }
  }
}
let lock = null;
function awake() {
  if (!navigator.wakeLock || document.hidden || lock) return;
  navigator.wakeLock.request("screen").then(found => {
    lock = found;
    found.addEventListener("release", () => { lock = null; });
  }).catch(() => {});
}
function letSleep() { lock?.release().catch(() => {}); }
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { save(); return; }
  if (state === "playing") { awake(); tick(); }
});
addEventListener("pagehide", save);
addEventListener("keydown", event => {
  if (!stage.title || event.ctrlKey || event.metaKey || event.altKey || /TEXTAREA|INPUT/.test(event.target.tagName)) return;
  if (app.querySelector("dialog[open]")) return;
  const onButton = event.target.closest("button, summary");
  if ((event.key === " " || event.key === "Enter") && onButton) return;
  const keys = {
    " ": toggle, n: next, b: back, r: repeat, x: hurts, "+": moreRest,
    Enter: () => (state === "holding" ? release() : state === "hurt" ? goOnAfterHurt() : count()),
  };
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

welcome();
})();
