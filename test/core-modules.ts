import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { afterAll } from '@jest/globals';

// Each test file has globals of its own, but those of one worker share Node's modules. A virtual clock that a test leaves
// there would keep the next file waiting for ever.
const modules = [http, https, net, timers, promises];
const real = modules.map((module) => ({ ...module }));
afterAll(() => {
  modules.forEach((module, index) => {
    for (const [name, value] of Object.entries(real[index] ?? {}))
      if (Reflect.get(module, name) !== value) Reflect.set(module, name, value);
  });
});
