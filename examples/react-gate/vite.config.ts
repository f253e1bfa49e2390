import { defineConfig } from 'vite';

/** Two pages, for the two ways; an application needs one of them. */
export default defineConfig({
  build: { rolldownOptions: { input: ['index.html', 'hook.html'] } },
});
