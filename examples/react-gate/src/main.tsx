import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './lamplighter/lamplighter-gate.js';
import './app.css';

/** The first way: index.html has a gate around the root, and the application need not know of it. */
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
