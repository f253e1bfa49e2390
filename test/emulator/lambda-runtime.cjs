// Loaded into every function's process by the emulator's environment (NODE_OPTIONS): Lambda's own runtime looks for
// `handler.cjs` too, the emulator's only for what `require` finds by itself.
const { _extensions } = require('node:module');

_extensions['.cjs'] = _extensions['.js'];
