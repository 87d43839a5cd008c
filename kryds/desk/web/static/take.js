// Shows the files as soon as they are written.
const busy = document.querySelector("#busy");
if (busy) {
  const stream = new EventSource(busy.dataset.live);
  stream.onmessage = (event) => {
    if (!JSON.parse(event.data).busy) location.reload();
  };
}
