import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { WhileUp } from './while-up.tsx';
import './app.css';

/** The second way: the application asks how it is, and has a page of its own for when it is not. */
const root = document.getElementById('root');
if (!root) throw new Error('hook.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <WhileUp>
      <App />
    </WhileUp>
  </StrictMode>,
);
