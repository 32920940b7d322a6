// Put before the scripts of every document where a driver has no console of its own: notes what a console would show.
{
  const seen = [];
  Object.defineProperty(window, Symbol.for('equipoise witness'), { value: seen });
  const words = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    try { return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value); } catch { return String(value); }
  };
  const levels = { error: 'SEVERE', assert: 'SEVERE', warn: 'WARNING', info: 'INFO', log: 'INFO', debug: 'DEBUG' };
  for (const [name, level] of Object.entries(levels)) {
    const real = console[name];
    console[name] = (...all) => {
      if (name !== 'assert' || !all[0]) seen.push([level, `${location.href} "${all.map(words).join(' ')}"`]);
      real.apply(console, all);
    };
  }
  addEventListener('error', (event) => {
    if (event.target !== window) return;
    seen.push(['SEVERE', `${event.filename} ${event.lineno}:${event.colno} Uncaught ${event.error ? words(event.error) : event.message}`]);
  }, true);
  addEventListener('unhandledrejection', (event) => {
    seen.push(['SEVERE', `${location.href} Uncaught (in promise) ${words(event.reason)}`]);
  }, true);
  addEventListener('securitypolicyviolation', (event) => {
    seen.push(['SEVERE', `${event.documentURI} Content Security Policy: ${event.effectiveDirective} blocked ${event.blockedURI}`]);
  }, true);
  // A clipboard without a screen, or without leave to be read, can't be asked for pictures: what was taken is noted.
  if (window.Clipboard) {
    const copied = Symbol.for('equipoise copied');
    const { write, writeText } = Clipboard.prototype;
    Object.assign(Clipboard.prototype, {
      async write(items) { await write.call(this, items); window[copied] = items; },
      async writeText(text) { await writeText.call(this, text); window[copied] = []; },
    });
  }
  document.currentScript?.remove();
}
