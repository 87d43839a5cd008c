// Keys for the buttons, and the next item without a new page. Without this script the page works as a plain form.

// A key or click sooner than a person can have looked at the picture was meant for the one before (milliseconds).
const LOOK_MS = 200;

let shownAt = performance.now();
let working = false;

function show(main, title) {
  document.querySelector("main").replaceWith(main);
  document.title = title;
  document.querySelector("#said").textContent = main.querySelector(".said")?.textContent ?? "";
  main.querySelector("[data-focus]")?.focus();
  shownAt = performance.now();
}

async function send(form, button) {
  if (working || performance.now() - shownAt < LOOK_MS) return;
  working = true;
  const words = new URLSearchParams({ number: form.elements.number?.value ?? "", do: button.value });
  if (button.dataset.working) button.textContent = button.dataset.working;
  try {
    const response = await fetch("/", { method: "POST", body: words });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    show(document.adoptNode(page.querySelector("main")), page.title);
  } catch {
    document.querySelector("#lost").hidden = false;
  } finally {
    working = false;
  }
}

function aim(event) {
  const choice = event.target.closest?.("button[data-choice]")?.dataset.choice;
  for (const box of document.querySelectorAll(".box")) box.classList.toggle("aimed", box.dataset.choice === choice);
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button && !button.disabled) {
    event.preventDefault();
    button.click();
  }
});

for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, aim);
document.querySelector("[data-focus]")?.focus();
