// Files go up in chunks and go on where they stopped; pages appear one by one while they are read.

const CHUNK_BYTES = 4_000_000;
// How long to wait before a chunk is sent again after the line was lost (milliseconds), longer each time.
const WAITS_MS = [500, 1000, 2000, 4000, 8000, 16000, 30000];

const csrf = document.querySelector("meta[name=csrf]").content;
const bring = document.querySelector("#bring");
const waiting = [];
let sending = false;

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  state.textContent = bring.dataset.waiting;
  bar.max = file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, state, bar);
  document.querySelector("#uploads").append(item);
  return {
    move(received) {
      bar.value = received;
      state.textContent = `${Math.floor((100 * received) / file.size)} %`;
    },
    end(words, failed) {
      state.textContent = words;
      state.classList.toggle("failed", failed);
      if (failed) bar.remove();
    },
  };
}

async function answer(address, options) {
  const response = await fetch(address, { ...options, headers: { "X-CSRF": csrf, ...options.headers } });
  const told = await response.json().catch(() => ({}));
  if (told.error) throw Object.assign(new Error(told.error), { final: true });
  if (!response.ok && response.status !== 409) throw new Error(response.statusText);
  return told;
}

async function send(file, shown) {
  const words = new URLSearchParams({ name: file.name, size: file.size });
  let { address, received } = await answer(bring.dataset.address, { method: "POST", body: words });
  let tries = 0;
  while (received < file.size) {
    shown.move(received);
    try {
      const body = file.slice(received, received + CHUNK_BYTES);
      const headers = { "Upload-Offset": String(received), "Content-Type": "application/octet-stream" };
      ({ received } = await answer(address, { method: "PATCH", body, headers }));
      tries = 0;
    } catch (error) {
      if (error.final || tries >= WAITS_MS.length) throw error;
      shown.end(bring.dataset.again, false);
      await wait(WAITS_MS[tries]);
      tries += 1;
      ({ received } = await answer(address, { method: "GET" }).catch(() => ({ received })));
    }
  }
}

async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    const { file, shown } = waiting.shift();
    try {
      await send(file, shown);
      shown.move(file.size);
      shown.end(bring.dataset.sent, false);
      follow();
    } catch (error) {
      shown.end(error.final ? error.message : bring.dataset.failed, true);
    }
  }
  sending = false;
  follow(); // once more: what was done while files were on their way left the page as it was
}

function take(files) {
  for (const file of files) waiting.push({ file, shown: line(file) });
  sendAll();
}

if (bring) {
  for (const input of bring.querySelectorAll("input[type=file]")) {
    const chosen = () => {
      take([...input.files]);
      input.value = "";
    };
    input.addEventListener("change", chosen);
    if (input.files.length) chosen(); // chosen before this script was there
  }
  // Anywhere on the page: what is dropped beside the card would otherwise take the page's place.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    bring.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) bring.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    bring.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
}

let stream = null;

function follow() {
  const card = document.querySelector("#progress");
  if (stream) return;
  card.hidden = false;
  stream = new EventSource(card.dataset.live);
  stream.onmessage = (event) => {
    const news = JSON.parse(event.data);
    const tiles = card.querySelector(".tiles");
    while (tiles.children.length < news.total) tiles.append(document.createElement("li"));
    for (const [place, state] of news.tiles) tiles.children[place].className = state;
    card.querySelector("h2").textContent = news.said;
    const bar = card.querySelector("progress");
    bar.max = Math.max(news.total, 1);
    bar.value = news.done;
    if (!news.busy) {
      stream.close();
      stream = null;
      if (!sending) location.reload();
    }
  };
}

if (document.querySelector("#progress").dataset.busy) follow();
