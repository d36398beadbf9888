// The floor: the least an Electron program can do to show a caller. One hidden window, shown again for every POST.
/* global process, __dirname */
const { createServer } = require('node:http');
const path = require('node:path');
const { BrowserWindow, app, ipcMain } = require('electron');

async function start() {
  await app.whenReady();
  const window = new BrowserWindow({
    width: 440,
    height: 680,
    frame: false,
    show: process.argv.includes('--shown'),
    alwaysOnTop: true,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs'), backgroundThrottling: false },
  });
  await window.loadFile(path.join(__dirname, 'page.html'));

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      ipcMain.once('painted', (_event, at) => {
        response.end(JSON.stringify({ at }));
        window.hide();
      });
      window.webContents.send('caller', body);
      window.showInactive();
    });
  });
  server.listen(0, '127.0.0.1', () => {
    globalThis.floorPort = server.address().port;
  });
}

start().catch((error) => {
  process.stderr.write(`${String(error)}\n`);
  app.exit(1);
});
