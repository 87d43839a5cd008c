// The sheet beside what is written: a moment after the last key the page is asked for again, and its sheet shown here.
const QUIET_MS = 450;
const form = document.querySelector("form[data-live]");
let timer, asking;
// What was pressed last, until it is shown: what is typed meanwhile is not to overtake it.
let pressed = Promise.resolve();

/** The page as the server shows it for what is written now; null when a later question has overtaken this one. */
async function asked(wish) {
  asking?.abort();
  asking = new AbortController();
  const words = new URLSearchParams(new FormData(form));
  words.set("do", wish);
  document.getElementById("beside").classList.add("waits");
  try {
    const answer = await fetch(form.action, { method: "POST", body: words, signal: asking.signal });
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    document.getElementById("beside").classList.remove("waits");
    if (error.name !== "AbortError") throw error;
    return null;
  }
}

function showSheet(page) {
  const old = document.getElementById("beside");
  const fresh = page.getElementById("beside");
  if (!fresh) return;
  const top = old.scrollTop;
  old.replaceWith(fresh);
  fresh.scrollTop = top;
  const said = fresh.dataset.said ?? "";
  const status = document.getElementById("said");
  if (status.textContent !== said) status.textContent = said;
}

async function look() {
  await pressed;
  const page = await asked("show");
  if (page) showSheet(page);
}

/** Adds or takes out a row once those pressed before are shown. */
function reshape(wish) {
  const shown = pressed.then(() => reshaped(wish));
  pressed = shown.catch(() => null);
  return shown;
}

/** Adds or takes out a row and goes on where the hands are. */
async function reshaped(wish) {
  const page = await asked(wish);
  const fresh = page?.querySelector("form[data-live]");
  if (!fresh) return;
  form.replaceChildren(...fresh.childNodes);
  showSheet(page);
  const kind = wish.includes("option") ? ".option-row" : ".section-row";
  const rows = form.querySelectorAll(kind);
  const at = wish.startsWith("add-") ? rows.length - 1 : Math.min(Number(wish.split("-")[2]) - 1, rows.length - 1);
  rows[at]?.querySelector("input")?.focus();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, QUIET_MS);
}

/** A list as people save it: UTF-8, UTF-16 where it says so, else as an older Excel writes it. */
async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.id === "roster-file") return;
    if (["kind", "count", "first", "roster", "fillable"].includes(event.target.name)) return;
    later();
  });
  form.addEventListener("submit", (event) => {
    const wish = event.submitter?.value ?? "show";
    if (wish === "show") {
      event.preventDefault();
      look();
    } else if (/^(add|drop)-/.test(wish)) {
      event.preventDefault();
      reshape(wish);
    }
  });
  // Who was quicker than this script has written before anybody listened.
  if ([...form.querySelectorAll("input, textarea")].some((each) => each.value !== each.defaultValue)) later();
  for (const each of form.querySelectorAll("[data-scripted]")) each.hidden = false;
  document.getElementById("roster-file")?.addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (file) document.getElementById("roster").value = await textOf(file);
  });
}

document.addEventListener("click", (event) => {
  const line = Number(event.target.closest?.(".to-line")?.dataset.line);
  const text = document.getElementById("text");
  if (!line || !text) return;
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = Math.max(0, (line - 8) * (text.scrollHeight / lines.length));
});
