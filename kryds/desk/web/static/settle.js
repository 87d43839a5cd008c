// Keys for the buttons, and the next row there at once. Without this script the page works as a plain form.

// A key or click sooner than a person can have looked at the picture was meant for the one before (milliseconds).
const LOOK_MS = 150;
// Rows held ready besides the one that is shown.
const AHEAD = 3;

const place = document.querySelector("#settling");
const form = document.querySelector("#form");
const shown = document.querySelector("#row");
const csrf = document.querySelector("meta[name=csrf]").content;

let ready = []; // rows to come: {name, html}
let skipped = []; // rows to come again at the end
let past = []; // what undo brings back: {name, html, wasSkipped}
let underway = new Set(); // rows whose word is on its way
let current = null;
let shownAt = Infinity; // when the row was on the screen
let frame = 0; // what waits for that
let pressedAt = 0; // when the last key or click came, not when the page got round to it
let asking = null;
let line = Promise.resolve(); // words go one after another, in the order they were said
let leaving = false; // the person is done, and their last words may go first

function nameShown() {
  return shown.querySelector("[name=row]")?.value ?? null;
}

function say(words) {
  document.querySelector("#said").textContent = words;
  document.querySelector("#said-last").textContent = words;
}

function show(row) {
  current = row;
  shown.innerHTML = row.html;
  document.querySelector("#skip").hidden = false;
  document.querySelector("#finish").hidden = false;
  arrive();
}

function showEnd(id) {
  current = null;
  shown.replaceChildren(document.querySelector(`#${id}`).content.cloneNode(true));
  document.querySelector("#skip").hidden = true;
  document.querySelector("#finish").hidden = true;
  arrive();
}

function arrive() {
  shown.removeAttribute("aria-busy");
  document.querySelector("#undo").disabled = !past.length && !place.dataset.before;
  shown.querySelector("[data-focus]")?.focus({ preventScroll: true });
  unsee();
  // The frame after the next begins when the row has been painted.
  frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => (shownAt = performance.now()))));
}

// Until a row has been on the screen no key or click is meant for it.
function unsee() {
  cancelAnimationFrame(frame);
  shownAt = Infinity;
}

// The next picture is decoded before it is asked for.
function decode(row) {
  const found = /<image [^>]*href="(data:[^"]+)"/.exec(row.html);
  if (!found) return;
  const image = new Image();
  image.src = found[1];
  image.decode().catch(() => {});
}

function tell(news) {
  document.querySelector("#position").textContent = news.position;
  const bar = document.querySelector("#settled");
  bar.max = Math.max(news.total, 1);
  bar.value = news.settled;
}

async function ask(address, options = {}) {
  const response = await fetch(address, { ...options, headers: { "X-CSRF": csrf } });
  if (!response.ok) throw new Error(response.statusText);
  document.querySelector("#lost").hidden = true;
  return response.json();
}

function lost() {
  document.querySelector("#lost").hidden = false;
}

function have() {
  return [current, ...ready, ...skipped, ...[...underway].map((name) => ({ name }))].filter(Boolean).map((row) => row.name);
}

// Fetches more rows while there are few; whoever needs one now waits for it.
function fill() {
  if (asking || ready.length >= AHEAD) return asking ?? Promise.resolve();
  asking = ask(`${place.dataset.ahead}?have=${encodeURIComponent(have().join(","))}`)
    .then((news) => {
      tell(news);
      const known = new Set(have());
      const more = news.rows.filter((row) => !known.has(row.name));
      more.forEach(decode);
      ready.push(...more);
      return news;
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}

async function next() {
  if (!ready.length) {
    unsee(); // what is shown has been answered
    shown.setAttribute("aria-busy", "true");
    try {
      await line;
      if (asking) await asking; // asked before the last word was heard
      await fill();
    } catch {
      arrive();
      lost();
      return;
    }
  }
  if (!ready.length && skipped.length) ready.push(skipped.shift());
  if (ready.length) {
    show(ready.shift());
    fill().catch(lost);
    return;
  }
  const bar = document.querySelector("#settled");
  showEnd(bar.value < bar.max ? "end-others" : "end-all");
}

function decide(button) {
  const row = current ?? { name: nameShown(), html: shown.innerHTML };
  const words = new URLSearchParams(new FormData(form));
  words.set("do", button.value);
  const field = shown.querySelector("[name=number]");
  if (field && !isWritten(field)) return;
  if (field) ready = []; // the page comes to another sheet: what was ready may be another question now
  past.push({ ...row, wasSkipped: false });
  ready = ready.filter((each) => each.name !== row.name);
  underway.add(row.name);
  say(field ? button.dataset.said.replace("…", field.value) : button.dataset.said);
  line = line.then(async () => {
    try {
      const news = await ask(location.pathname, { method: "POST", body: words });
      tell(news);
      if (!news.heard) {
        say(place.dataset.elsewhere);
        past = past.filter((each) => each.name !== row.name);
      }
    } catch {
      // It is asked again: a word that may be lost is not a word.
      lost();
      past = past.filter((each) => each.name !== row.name);
      ready.unshift(row);
    } finally {
      underway.delete(row.name);
    }
  });
  next();
}

// Whether the field holds what can be a sheet's number; if not, it says so.
function isWritten(field) {
  field.value = field.value.replace(/\s/g, "").toUpperCase();
  const written = field.checkValidity();
  field.setAttribute("aria-invalid", String(!written));
  shown.querySelector("#misspelt").hidden = written;
  if (!written) field.select();
  return written;
}

function skip() {
  const row = current ?? { name: nameShown(), html: shown.innerHTML };
  if (!row.name) return;
  skipped.push(row);
  past.push({ ...row, wasSkipped: true });
  say(place.dataset.skipped);
  next();
}

function undo() {
  const before = past.pop();
  if (before?.wasSkipped) {
    skipped = skipped.filter((row) => row.name !== before.name);
    ready = ready.filter((row) => row.name !== before.name);
    if (current && current.name !== before.name) ready.unshift(current);
    say(place.dataset.undone);
    show(before);
    return;
  }
  const words = new URLSearchParams({ do: "undo", row: before?.name ?? "" });
  line = line.then(() => takeBack(words));
}

async function takeBack(words) {
  try {
    const news = await ask(location.pathname, { method: "POST", body: words });
    tell(news);
    if (!news.rows.length) {
      say(place.dataset.nothing);
      return;
    }
    if (news.rows[0].html.includes('name="number"')) ready = [];
    else if (current && current.name !== news.rows[0].name) ready.unshift(current);
    ready = ready.filter((row) => row.name !== news.rows[0].name);
    say(place.dataset.undone);
    show(news.rows[0]);
    fill().catch(lost);
  } catch {
    lost();
  }
}

// To the next page only when every word is written down: the browser breaks off what is on its way.
async function finish(button) {
  if (leaving) return;
  leaving = true;
  await line;
  leaving = false;
  if (document.querySelector("#lost").hidden) form.requestSubmit(button);
}

addEventListener("beforeunload", (event) => {
  if (underway.size) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && "plain" in button.dataset && !underway.size) return; // being done leads to another page
  event.preventDefault();
  if (!button) return;
  if ("plain" in button.dataset) {
    finish(button);
    return;
  }
  if (pressedAt - shownAt < LOOK_MS) {
    say(shownAt === Infinity ? place.dataset.coming : place.dataset.soon); // no word is dropped in silence
    return;
  }
  if (button.value === "skip") skip();
  else if (button.value === "undo") undo();
  else decide(button);
});

form.addEventListener("click", (event) => (pressedAt = event.timeStamp), { capture: true });

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("[name=number]") && event.key !== "Escape") return; // letters are written there
  const button = form.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button && !button.disabled && !button.hidden) {
    event.preventDefault();
    pressedAt = event.timeStamp;
    form.requestSubmit(button);
  }
});

// The category in focus is shown on the paper.
function aim(event) {
  const choice = event.target.closest?.("button[data-choice]")?.dataset.choice;
  for (const box of document.querySelectorAll(".box")) box.classList.toggle("aimed", box.dataset.choice === choice);
}
for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, aim);

place.dataset.before = document.querySelector("#undo").disabled ? "" : "1";
if (nameShown()) {
  current = { name: nameShown(), html: shown.innerHTML };
  fill().catch(lost);
}
arrive();
place.dataset.keys = "1"; // now the keys work, and are shown
