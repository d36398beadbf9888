// Puts the caller's words into the page and says when they were painted, by the same rule as the desk's own window.
/* global document, requestAnimationFrame, performance */
const { ipcRenderer } = require('electron');

ipcRenderer.on('caller', (_event, body) => {
  const { call } = JSON.parse(body);
  document.querySelector('h1').textContent = call.contact_name;
  document.querySelector('p').textContent = call.conversation_summary;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => ipcRenderer.send('painted', performance.timeOrigin + performance.now())),
  );
});
